// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/interop/json_problem.hpp>
#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace route_presence {

/// Who receives whose presence; what the routers of the program are made from.
struct Config {
    presence_router::RouteTable routes;
    std::vector<presence_router::UserId> receive_all;
    std::vector<presence_router::UserId> exclude; // subjects whose presence nobody receives
    std::optional<std::vector<presence_router::Glob>>
        allow_servers;                                  // of viewers; all, if there is no such key
    std::vector<presence_router::Glob> deny_servers;    // of viewers; beats `allow_servers`
    std::unordered_set<presence_router::UserId> users;  // who is named by their id
    std::vector<presence_router::JsonProblem> problems; // all that is wrong; the rest is as good as it can be
};

/// `{"routes": {viewer: [subject, ...], ...}, "receive_all": [viewer, ...], "exclude": [subject, ...],
/// "allow_servers": [glob, ...], "deny_servers": [glob, ...]}`, as the program's help explains.
Config read_config(std::string_view text);

/// A predicate on users by the name of the keys that it stands for, as explanations show it.
template <class P>
struct Rule {
    std::string_view name;
    P predicate;
    bool operator()(presence_router::UserId const& user) const { return predicate(user); }
};

/// The whole of it as one router, which refers to `config`.
[[nodiscard]] inline auto make_policy(Config const& config) {
    using namespace presence_router;
    auto const is_told = [&config](UserId const& viewer) {
        auto const fits = [&](Glob const& servers) { return servers.matches(viewer.server_name()); };
        return (!config.allow_servers || std::ranges::any_of(*config.allow_servers, fits)) &&
               std::ranges::none_of(config.deny_servers, fits);
    };
    // The filters go around the chain: inside one router they would not deny what the other grants.
    return PresenceRouterChain{std::ref(config.routes), Broadcast{config.receive_all}} |
           without_subjects(Rule{"exclude", one_of(config.exclude)}) |
           only_viewers(Rule{"allow_servers, deny_servers", is_told});
}

} // namespace route_presence
