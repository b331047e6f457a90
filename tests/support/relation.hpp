// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace support {

/// The first lane of `router` that does not answer as the relation `expected(viewer, subject)` among `users`; "" if
/// all do. Streaming has to show each user once, and to stop when it is told to.
template <class R, class Expected>
std::string first_difference(R const& router, std::vector<presence_router::UserId> const& users,
                             Expected const& expected) {
    using namespace presence_router;
    std::ostringstream out;
    std::vector<UserPresenceState> batch;
    for (UserId const& user : users) batch.push_back({.user_id = user, .state = PresenceState::online});
    auto const pushed = router.get_users_for_states(batch);
    std::multiset<std::pair<UserId, UserId>> streamed;
    router.for_each_route(batch, [&](UserId const& viewer, UserPresenceState const& update) {
        streamed.emplace(viewer, update.user_id);
        return true;
    });
    std::size_t routes = 0;
    for (UserId const& viewer : users) {
        auto const pulled = std::get<std::set<UserId>>(router.get_interested_users(viewer));
        std::multiset<UserId> subjects;
        std::optional<AllUsers> const all = router.for_each_subject(viewer, [&](UserId const& subject) {
            subjects.insert(subject);
            return true;
        });
        if (all || subjects != std::multiset<UserId>(pulled.begin(), pulled.end()))
            out << "for_each_subject(" << viewer << ") is not the pull set, each once; ";
        if (!subjects.empty()) {
            std::size_t shown = 0;
            router.for_each_subject(viewer, [&](UserId const&) { return ++shown == 0; });
            if (shown != 1) out << "for_each_subject(" << viewer << ") does not stop; ";
        }
        auto const states = router.states_for_user(viewer, batch);
        auto const routed = pushed.find(viewer);
        for (UserPresenceState const& update : batch) {
            UserId const& subject = update.user_id;
            bool const wanted = expected(viewer, subject);
            routes += wanted;
            auto const check = [&](char const* lane, bool given) {
                if (given != wanted)
                    out << lane << " of " << viewer << " about " << subject << " is " << given << "; ";
            };
            check("sees", router.sees(viewer, subject));
            check("pull", pulled.contains(subject));
            check("states_for_user", states.contains(update));
            check("push", routed != pushed.end() && routed->second.contains(update));
            check("for_each_route", streamed.count({viewer, subject}) == 1);
        }
    }
    if (streamed.size() != routes)
        out << "for_each_route shows " << streamed.size() << " routes, not " << routes << "; ";
    if (routes > 1) {
        std::size_t shown = 0;
        router.for_each_route(batch, [&](UserId const&, UserPresenceState const&) { return ++shown < 2; });
        if (shown != 2) out << "for_each_route does not stop; ";
    }
    return out.str();
}

} // namespace support
