// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/elapsed.hpp>
#include <presence_router/presence_of.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/user_presence_state.hpp>

#include <optional>
#include <type_traits>

namespace presence_router::inline v0 {

/// What the content of an `m.presence` event says, in Matrix's names; what is left out is nullopt. The types
/// are those of the state: of its members `state` and `status_msg`, and of a difference of its times.
template <class State>
struct BasicPresenceContent {
    decltype(State::state) presence{};
    std::optional<detail::elapsed_t<decltype(State::last_active_ts)>> last_active_ago{};
    decltype(State::status_msg) status_msg{};
    std::optional<bool> currently_active{};

    friend bool operator==(BasicPresenceContent const&, BasicPresenceContent const&) = default;
};

/// Of `PresenceState`, `std::optional<std::chrono::milliseconds>`, `std::optional<SharedText>` and
/// `std::optional<bool>`.
using PresenceContent = BasicPresenceContent<UserPresenceState>;

/// What is told of `state` to those it is sent to at `now`. `last_active_ago` is left out of a user who was
/// never active, `status_msg` when it is empty, `currently_active` of a user who is not online.
/// `last_active_ago` is `now - state.last_active_ts`: negative when the clock of the state is ahead, as it is
/// in Synapse, and the nearest value there is when the difference would overflow. The Matrix specification
/// knows no negative one: cut it off at zero where it is written to the wire.
/// A state of one's own has members of the names used here, `status_msg` being an optional text, and answers
/// to `presence_of`.
/// Complexity: constant.   Source: Synapse's `format_user_presence_state`.
template <class State>
[[nodiscard]] constexpr BasicPresenceContent<State>
presence_content(State const& state, std::type_identity_t<decltype(State::last_active_ts)> now) {
    BasicPresenceContent<State> result{.presence = state.state};
    if (state.last_active_ts != decltype(State::last_active_ts){})
        result.last_active_ago = detail::elapsed(state.last_active_ts, now);
    if (state.status_msg && *state.status_msg != "") result.status_msg = state.status_msg;
    if (::presence_router::presence_of(state) == PresenceState::online)
        result.currently_active = state.currently_active;
    return result;
}

} // namespace presence_router::inline v0
