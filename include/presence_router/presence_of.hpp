// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/presence_state.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

void presence_of() = delete; // hides the function object below, so that only ADL finds a user's overload

template <class State>
concept HasPresenceOf = requires(State const& state) {
    { presence_of(state) } -> std::convertible_to<std::optional<PresenceState>>;
};

template <class State>
concept HasPresenceState = requires(State const& state) {
    { state.state } -> std::convertible_to<std::optional<PresenceState>>;
};

template <class State>
concept HasPresenceName = requires(State const& state) {
    { state.state } -> std::convertible_to<std::string_view>;
};

struct presence_of_fn {
    template <class State>
        requires HasPresenceOf<State> || HasPresenceState<State> || HasPresenceName<State>
    [[nodiscard]] constexpr std::optional<PresenceState> operator()(State const& state) const
        noexcept(nothrow<State>) {
        if constexpr (HasPresenceOf<State>) return presence_of(state);
        else if constexpr (HasPresenceState<State>) return state.state;
        else return parse_presence_state(state.state);
    }

private:
    template <class Answer>
    static constexpr bool nothrow_answer =
        std::is_nothrow_convertible_v<Answer, PresenceState> ||
        std::is_nothrow_convertible_v<Answer, std::optional<PresenceState>>;

    template <class State>
    static constexpr bool nothrow = [] {
        using Const = State const&;
        if constexpr (HasPresenceOf<State>)
            return noexcept(presence_of(std::declval<Const>())) &&
                   nothrow_answer<decltype(presence_of(std::declval<Const>()))>;
        else if constexpr (HasPresenceState<State>)
            return nothrow_answer<decltype((std::declval<Const>().state))>;
        else return std::is_nothrow_convertible_v<decltype((std::declval<Const>().state)), std::string_view>;
    }();
};

} // namespace detail

/// Which of Matrix's presences `state` says, nullopt if it is none. A customisation point: a function
/// `presence_of(state)` found by argument-dependent lookup, else the member `state.state`, a PresenceState or
/// the name of one.
inline constexpr detail::presence_of_fn presence_of{};

} // namespace presence_router::inline v0
