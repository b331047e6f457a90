// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/router_members.hpp>

#include <type_traits>

namespace presence_router::inline v0 {

/// A presence router: both callbacks, or it is none.
///   get_users_for_states(std::span<state_t<R> const>) const   who receives these updates?
///       -> users_for_states_t<R>, or any input range of pairs of a viewer and a state or a range of states
///   get_interested_users(user_id_t<R> const&) const           whose presence does this viewer receive?
///       -> interested_users_t<R>, AllUsers, any input range of ids, or a variant of these
/// It may state `user_id_type` and `state_type`; without them it speaks of UserId and UserPresenceState.
/// It may have the members `for_each_route`, `for_each_subject`, `states_for_user` and `sees`, as
/// RouterInterface shows them, which then speak for it; one whose signature does not fit makes it no router.
/// Source of the two callbacks: Synapse's presence router callbacks.
template <class R>
concept PresenceRouter = std::is_object_v<R> && detail::Answers<R const>;

} // namespace presence_router::inline v0
