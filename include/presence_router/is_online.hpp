// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/presence_state.hpp>

#include <concepts>
#include <string_view>

namespace presence_router::inline v0 {

namespace detail {

void is_online() = delete; // hides the function object below, so that only ADL finds a user's overload

template <class State>
concept HasIsOnline = requires(State const& state) {
    { is_online(state) } -> std::convertible_to<bool>;
};

template <class State>
concept StatesPresence = requires(State const& state) {
    { state.state == PresenceState::online } -> std::convertible_to<bool>;
};

template <class State>
concept NamesPresence = requires(State const& state) {
    { state.state } -> std::convertible_to<std::string_view>;
};

struct is_online_fn {
    template <class State>
        requires HasIsOnline<State> || StatesPresence<State> || NamesPresence<State>
    [[nodiscard]] constexpr bool operator()(State const& state) const noexcept(nothrow<State>) {
        if constexpr (HasIsOnline<State>) return is_online(state);
        else if constexpr (StatesPresence<State>) return state.state == PresenceState::online;
        else return std::string_view(state.state) == to_string_view(PresenceState::online);
    }

private:
    template <class State>
    static constexpr bool nothrow = [] {
        if constexpr (HasIsOnline<State>)
            return requires(State const& state) {
                { is_online(state) } noexcept;
            };
        else if constexpr (StatesPresence<State>)
            return requires(State const& state) {
                { state.state == PresenceState::online } noexcept;
            };
        else
            return requires(State const& state) {
                { std::string_view(state.state) } noexcept;
            };
    }();
};

} // namespace detail

/// Whether `state` says that its user is online. A customisation point: a function `is_online(state)` found
/// by argument-dependent lookup, else `state.state == PresenceState::online`, else whether the text
/// `state.state` is "online". Busy is not online.
inline constexpr detail::is_online_fn is_online{};

} // namespace presence_router::inline v0
