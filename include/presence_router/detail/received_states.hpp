// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/containers.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/states_for_user.hpp>
#include <presence_router/subject_of.hpp>

namespace presence_router::inline v0::detail {

/// What `viewer`, who asks, is given of these states: what push would give them, and their own presence in
/// any case, as it is if the router does not route it to them.
template <class State, class R, class Id>
constexpr set_for_t<State> received_states(R const& router, Id const& viewer, Batch<State> batch) {
    set_for_t<State> received;
    if (batch.states().empty()) return received;
    if constexpr (!asks_nobody<unwrapped_t<R>>)
        received = presence_router::states_for_user(router, viewer, batch.states());
    auto const is_own = [&](State const& state) {
        return detail::same_key<Id>(presence_router::subject_of(state), viewer);
    };
    for (State const& own : batch.states()) {
        if (!is_own(own)) continue;
        bool is_routed = false;
        for (State const& state : received) is_routed = is_routed || is_own(state);
        if (!is_routed) received.insert(own);
        break;
    }
    return received;
}

} // namespace presence_router::inline v0::detail
