// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/elapsed.hpp>
#include <presence_router/presence_of.hpp>
#include <presence_router/presence_state.hpp>

#include <chrono>
#include <type_traits>

namespace presence_router::inline v0 {

/// Whether remote servers, and nobody else, are told of `state` again although nothing changed: whom they
/// hear nothing of for half an hour they take for offline. True at `now` if more than `interval` went by
/// since `state.last_federation_update_ts`, unless the user is offline anyway. Then set that time to `now`.
/// A state of one's own has this member, and answers to `presence_of`; where its times are none of
/// std::chrono, `interval` has to be named.
/// Requires: `should_notify` gave no reason to tell everybody; the user is one of this server's.
/// Complexity: constant.   Source: Synapse's `handle_update`.
template <class State>
[[nodiscard]] constexpr bool federation_ping_due(
    State const& state, std::type_identity_t<decltype(State::last_federation_update_ts)> now,
    detail::elapsed_t<decltype(State::last_federation_update_ts)> interval = std::chrono::minutes{25}) {
    return ::presence_router::presence_of(state) != PresenceState::offline &&
           detail::elapsed(state.last_federation_update_ts, now) > interval;
}

} // namespace presence_router::inline v0
