// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/waits.hpp>
#include <presence_router/router.hpp>

#include <type_traits>

namespace presence_router::inline v0 {

/// A router that may wait: a PresenceRouter, or one whose two callbacks both answer an awaitable, such as a
/// coroutine of the host's, of what those of a PresenceRouter answer:
///   get_users_for_states(std::span<state_t<R> const>) const   borrows the span until the awaitable is done
///   get_interested_users(user_id_t<R>) const                  takes the viewer by value
/// A router waits on both sides or on none. AwaitResult tells what an awaitable answers.
/// Lifetime: who asks keeps the router and the batch in their places until the awaitable is done or gone.
template <class R>
concept AsyncPresenceRouter =
    PresenceRouter<R> ||
    (std::is_object_v<R> && detail::PushWaitsForAnswer<R const> && detail::PullWaitsForAnswer<R const>);

} // namespace presence_router::inline v0
