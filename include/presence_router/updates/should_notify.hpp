// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/elapsed.hpp>
#include <presence_router/presence_of.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/updates/notify_reason.hpp>

#include <chrono>
#include <optional>

namespace presence_router::inline v0 {

/// Why others are told that a user's state went from `old` to `now`, or nullopt if they are not: another
/// message, another presence, and of the user's activity what others do not know yet. One who is online and
/// active is known to be active until now; of all others it is told when the time of last activity moved on
/// by more than `granularity`. The other times are no reason.
/// A state of one's own has members of the names used here, and answers to `presence_of`; where its times are
/// none of std::chrono, `granularity` has to be named.
/// Requires: both are of one user; `granularity` is not negative.
/// Complexity: constant; allocates nothing.   Source: Synapse's `should_notify`.
template <class State>
[[nodiscard]] constexpr std::optional<NotifyReason>
should_notify(State const& old, State const& now,
              detail::elapsed_t<decltype(State::last_active_ts)> granularity = std::chrono::seconds{60}) {
    if (old.status_msg != now.status_msg) return NotifyReason::status_msg_change;
    if (old.state != now.state) return NotifyReason::state_change;
    bool const is_online = ::presence_router::presence_of(now) == PresenceState::online;
    if (is_online && old.currently_active != now.currently_active) return NotifyReason::current_active_change;
    if (!(detail::elapsed(old.last_active_ts, now.last_active_ts) > granularity)) return std::nullopt;
    if (!is_online) return NotifyReason::last_active_change_not_online;
    if (!now.currently_active) return NotifyReason::last_active_change_online;
    return std::nullopt;
}

} // namespace presence_router::inline v0
