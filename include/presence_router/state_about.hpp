// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace presence_router::inline v0 {

namespace detail {

void state_about() = delete; // hides the function object below, so that only ADL finds a user's overload

template <class State, class Id>
concept HasStateAbout = requires(Id const& id) {
    { state_about(id) } -> std::convertible_to<State>;
};

template <class State, class Id>
concept DesignatesUserId = requires(Id const& id) { State{.user_id = id}; };

template <class State, class Id>
concept Probeable =
    HasStateAbout<State, Id> || DesignatesUserId<State, Id> || requires(Id const& id) { State{id}; };

template <class State>
struct state_about_fn {
    template <class Id>
        requires Probeable<State, Id>
    [[nodiscard]] constexpr State operator()(Id const& id) const {
        if constexpr (HasStateAbout<State, Id>) {
            return state_about(id);
        } else if constexpr (DesignatesUserId<State, Id>) {
// The other members of somebody else's aggregate keep their defaults on purpose.
#if defined(__GNUC__)
#    pragma GCC diagnostic push
#    pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif
            return State{.user_id = id};
#if defined(__GNUC__)
#    pragma GCC diagnostic pop
#endif
        } else {
            return State{id};
        }
    }
};

} // namespace detail

/// Some state about the user `id`, to ask "who would be told of them?". A customisation point: a function
/// `state_about(id)` found by argument-dependent lookup, else `State{.user_id = id}`, else `State{id}`.
template <class State>
inline constexpr detail::state_about_fn<State> state_about{};

} // namespace presence_router::inline v0
