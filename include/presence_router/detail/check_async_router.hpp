// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/waits.hpp>

#include <coroutine>
#include <type_traits>

namespace presence_router::inline v0::detail {

enum class AsyncRouterFault {
    none,
    no_router, // and check_router tells why
    unseen,
    not_const,
    push_alone,
    pull_alone,
    push_awaited,
    pull_awaited,
};

/// A coroutine's type of which nothing tells what it answers to who awaits it.
template <class Answer>
concept UnseenAwaiter = requires { typename std::coroutine_traits<Answer>::promise_type; } &&
                        !requires { typename await_result_t<Answer>; };

template <class R>
concept AnswersUnseen = UnseenAwaiter<push_asked_t<R>> || UnseenAwaiter<pull_asked_t<R>>;

/// The first thing that keeps `R` from being a router that may wait; `R` as in router_members.hpp.
template <class R>
consteval AsyncRouterFault async_router_fault() {
    using Bare = std::remove_const_t<R>;
    using enum AsyncRouterFault;
    constexpr RouterFault fault = router_fault<R>();
    if constexpr (fault == RouterFault::none) return none;
    else if constexpr (AnswersUnseen<Bare>) return unseen;
    else if constexpr (fault == RouterFault::push_missing || fault == RouterFault::pull_missing ||
                       !Waits<Bare>)
        return no_router;
    else if constexpr (PushWaits<R> != PushWaits<Bare> || PullWaits<R> != PullWaits<Bare>) return not_const;
    else if constexpr (!PullWaits<R>) return push_alone;
    else if constexpr (!PushWaits<R>) return pull_alone;
    else if constexpr (!PushWaitsForAnswer<R>) return push_awaited;
    else if constexpr (!PullWaitsForAnswer<R>) return pull_awaited;
    else return none;
}

/// A router to be awaited, and one that can be.
template <class R>
concept AwaitableRouter = !routes_nobody<R> && Waits<R> && async_router_fault<R>() == AsyncRouterFault::none;

/// Refuses at compile time what is no router, waiting or not, with the one sentence that tells what to do.
template <class R>
consteval bool check_async_router() {
    constexpr AsyncRouterFault fault = async_router_fault<R>();
    if constexpr (fault == AsyncRouterFault::no_router) check_router<R>();
    static_assert(
        fault != AsyncRouterFault::unseen,
        "presence_router: a callback answers with a coroutine whose awaiter is not to be seen: it has "
        "no operator co_await. If coroutines of its own library can await it, specialise "
        "presence_router::AwaitResult, which tells what they get.");
    static_assert(fault != AsyncRouterFault::not_const,
                  "presence_router: a callback that waits is not const. Make it const, or pass the router by "
                  "std::ref.");
    static_assert(fault != AsyncRouterFault::push_alone,
                  "presence_router: get_users_for_states waits, and get_interested_users does not: it is "
                  "called with user_id_type and answers an awaitable too. Make it a coroutine, which may "
                  "answer at once.");
    static_assert(fault != AsyncRouterFault::pull_alone,
                  "presence_router: get_interested_users waits, and get_users_for_states does not: it is "
                  "called with std::span<state_type const> and answers an awaitable too. Make it a "
                  "coroutine, which may answer at once.");
    static_assert(
        fault != AsyncRouterFault::push_awaited,
        "presence_router: what get_users_for_states waits for does not fit: it is users_for_states_t<R>, "
        "or an input range of pairs of a viewer and a state or a range of states.");
    static_assert(
        fault != AsyncRouterFault::pull_awaited,
        "presence_router: what get_interested_users waits for does not fit: it is interested_users_t<R>, "
        "AllUsers, an input range of ids, or a variant of these.");
    return true;
}

/// Refuses at compile time what no coroutine can be, as which `Task` a chain that waits answers with.
template <class Task, class... Parameters>
consteval bool check_coroutine() {
    constexpr bool fits = requires { typename std::coroutine_traits<Task, Parameters...>::promise_type; };
    static_assert(
        fits, "presence_router: async_chain<Task> answers with coroutines of the host's, and Task<Answer> "
              "is no type that a coroutine can return: it has no promise_type. Pass the host's template, "
              "such as asio::awaitable.");
    return true;
}

} // namespace presence_router::inline v0::detail
