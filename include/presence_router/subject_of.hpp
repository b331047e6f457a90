// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace presence_router::inline v0 {

namespace detail {

void subject_of() = delete; // hides the function object below, so that only ADL finds a user's overload

template <class State>
concept HasSubjectOf = requires(State const& state) { subject_of(state); };

struct subject_of_fn {
    template <class State>
        requires HasSubjectOf<State> || requires(State const& state) { state.user_id; }
    [[nodiscard]] constexpr decltype(auto) operator()(State const& state) const noexcept(nothrow<State>) {
        if constexpr (HasSubjectOf<State>) return subject_of(state);
        else return (state.user_id);
    }

private:
    template <class State>
    static constexpr bool nothrow = !HasSubjectOf<State> || requires(State const& state) {
        { subject_of(state) } noexcept;
    };
};

} // namespace detail

/// The user whose presence `state` is. A customisation point: a function `subject_of(state)` found by
/// argument-dependent lookup, else the member `state.user_id`.
inline constexpr detail::subject_of_fn subject_of{};

} // namespace presence_router::inline v0
