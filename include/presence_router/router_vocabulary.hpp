// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/unwrap.hpp>
#include <presence_router/interested_users.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>
#include <presence_router/users_for_states.hpp>

#include <concepts>

namespace presence_router::inline v0 {

namespace detail {

template <class R>
struct UserIdOf {
    using type = UserId;
};
template <class R>
    requires requires { typename R::user_id_type; }
struct UserIdOf<R> {
    using type = typename R::user_id_type;
};

template <class R>
struct StateOf {
    using type = UserPresenceState;
};
template <class R>
    requires requires { typename R::state_type; }
struct StateOf<R> {
    using type = typename R::state_type;
};

/// True for a router that routes nobody in every vocabulary: the empty chain, and what is made of empty
/// chains.
template <class R>
inline constexpr bool routes_nobody = false;
template <class R>
inline constexpr bool routes_nobody<R const> = routes_nobody<R>;

} // namespace detail

/// The id type a router speaks of: its `user_id_type`, else `UserId`.
template <class R>
using user_id_t = typename detail::UserIdOf<detail::unwrapped_t<R>>::type;

/// The presence state type a router speaks of: its `state_type`, else `UserPresenceState`.
template <class R>
using state_t = typename detail::StateOf<detail::unwrapped_t<R>>::type;

/// What `get_interested_users` answers in the vocabulary of the router `R`.
template <class R>
using interested_users_t = BasicInterestedUsers<user_id_t<R>>;

/// What `get_users_for_states` answers in the vocabulary of the router `R`.
template <class R>
using users_for_states_t = BasicUsersForStates<user_id_t<R>, state_t<R>>;

} // namespace presence_router::inline v0
