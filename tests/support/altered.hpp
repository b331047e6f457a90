// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/routers/route_table.hpp>
#include <presence_router/vocabulary.hpp>

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <variant>

namespace support {

/// Lawful, but for the answers that a test replaces. The other lanes of a side follow its canonical answer.
class Altered {
    using UserId = presence_router::UserId;
    using State = presence_router::UserPresenceState;
    using States = std::span<State const>;
    using Push = std::function<presence_router::UsersForStates(States)>;
    using Pull = std::function<presence_router::InterestedUsers(UserId const&)>;

public:
    explicit Altered(presence_router::RouteTable routes) : lawful{std::move(routes)} {}

    presence_router::RouteTable lawful;
    Push push{}, streamed_push{}, pointwise_push{};
    Pull pull{}, streamed_pull{};
    std::function<bool(UserId const&, UserId const&)> granted{};

    presence_router::UsersForStates get_users_for_states(States batch) const {
        return push ? push(batch) : lawful.get_users_for_states(batch);
    }
    void for_each_route(States batch, auto&& sink) const {
        auto const routes = streamed_push ? streamed_push(batch) : get_users_for_states(batch);
        for (auto const& [viewer, states] : routes) {
            for (State const& state : states) sink(viewer, state);
            if constexpr (requires { sink.without_state(viewer); })
                if (states.empty()) sink.without_state(viewer);
        }
    }
    std::set<State> states_for_user(UserId const& viewer, States batch) const {
        return (pointwise_push ? pointwise_push(batch) : get_users_for_states(batch))[viewer];
    }

    presence_router::InterestedUsers get_interested_users(UserId const& viewer) const {
        return pull ? pull(viewer) : lawful.get_interested_users(viewer);
    }
    std::optional<presence_router::AllUsers> for_each_subject(UserId const& viewer, auto&& sink) const {
        auto const interest = streamed_pull ? streamed_pull(viewer) : get_interested_users(viewer);
        auto const* const subjects = std::get_if<0>(&interest);
        if (!subjects) return presence_router::all_users;
        for (UserId const& subject : *subjects) sink(subject);
        return std::nullopt;
    }
    bool sees(UserId const& viewer, UserId const& subject) const {
        return granted ? granted(viewer, subject) : lawful.sees(viewer, subject);
    }
};

} // namespace support
