// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "users.hpp"

#include <presence_router/presence_router.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synapse_module {

/// The rules of one configuration, as texts. Globs know `*` and `?`.
struct Rules {
    std::vector<std::pair<std::string, std::vector<std::string>>> routes; // viewer, subjects
    std::vector<std::string> receive_all;                                 // viewers
    std::vector<std::string> exclude;                                     // subjects
    std::optional<std::vector<std::string>> allow_servers, allow_users;   // of viewers; all, if there is none
    std::vector<std::string> deny_servers, deny_users;                    // of viewers; beat what allows
};

/// The rules as a router that owns what it refers to, in terms of users' numbers.
class RuleTables {
public:
    RuleTables(Rules const& rules, Users& users)
        : receive_all_{numbers(rules.receive_all, users)}, exclude_{numbers(rules.exclude, users)} {
        for (auto const& [viewer, subjects] : rules.routes)
            for (std::string const& subject : subjects)
                routes_.add(users.assign(viewer), users.assign(subject));
        for (std::string const& name : users.names()) is_told_.push_back(is_told(rules, name));
    }

    [[nodiscard]] auto router() const {
        using namespace presence_router;
        auto const told = [this](User viewer) { return viewer < is_told_.size() && is_told_[viewer]; };
        // The filters go around the chain: inside one router they would not deny what the other grants.
        return PresenceRouterChain{std::ref(routes_), BasicBroadcast<User, Update>{receive_all_}} |
               without_subjects(one_of(exclude_)) | only_viewers(told);
    }

private:
    static std::vector<User> numbers(std::vector<std::string> const& names, Users& users) {
        std::vector<User> result;
        for (std::string const& name : names) result.push_back(users.assign(name));
        return result;
    }

    /// What the rules on viewers say, once for each user, so that no glob is matched while routing.
    static bool is_told(Rules const& rules, std::string_view viewer) {
        std::string_view const server = presence_router::server_name_of(viewer).value_or("");
        return (!rules.allow_users || any_fits(*rules.allow_users, viewer)) &&
               (!rules.allow_servers || any_fits(*rules.allow_servers, server)) &&
               !any_fits(rules.deny_users, viewer) && !any_fits(rules.deny_servers, server);
    }

    static bool any_fits(std::vector<std::string> const& globs, std::string_view text) {
        return std::ranges::any_of(
            globs, [&](std::string const& glob) { return presence_router::Glob{glob}.matches(text); });
    }

    presence_router::BasicRouteTable<User, Update> routes_;
    std::vector<User> receive_all_;
    std::vector<User> exclude_;
    std::vector<bool> is_told_;
};

} // namespace synapse_module
