// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/async/await_result.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <span>
#include <utility>

// Which callbacks of a router wait: answer an awaitable of what they could answer. `R` as in
// router_members.hpp.
namespace presence_router::inline v0::detail {

template <class R>
using push_asked_t =
    decltype(std::declval<R&>().get_users_for_states(std::declval<std::span<state_t<R> const>>()));
template <class R>
using pull_asked_t = decltype(std::declval<R&>().get_interested_users(std::declval<user_id_t<R> const&>()));

template <class R>
using push_awaited_t = await_result_t<push_asked_t<R>>;
template <class R>
using pull_awaited_t = await_result_t<pull_asked_t<R>>;

template <class R>
concept PushWaits = requires { typename push_awaited_t<R>; };
template <class R>
concept PullWaits = requires { typename pull_awaited_t<R>; };

/// A router that has to be awaited, whether it is as it should be or not.
template <class R>
concept Waits = PushWaits<R> || PullWaits<R>;

template <class R>
concept PushWaitsForAnswer = PushWaits<R> && PushAnswer<push_awaited_t<R>, user_id_t<R>, state_t<R>>;
template <class R>
concept PullWaitsForAnswer = PullWaits<R> && PullAnswer<pull_awaited_t<R>, user_id_t<R>>;

} // namespace presence_router::inline v0::detail
