// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

/// What `co_await` asks: the value of an `operator co_await`, or else the awaitable itself.
template <class A>
constexpr decltype(auto) awaiter_of(A&& awaitable) {
    if constexpr (requires { std::forward<A>(awaitable).operator co_await(); })
        return std::forward<A>(awaitable).operator co_await();
    else if constexpr (requires { operator co_await(std::forward<A>(awaitable)); })
        return operator co_await(std::forward<A>(awaitable));
    else return std::forward<A>(awaitable);
}

template <class A>
using awaiter_t = decltype(awaiter_of(std::declval<A>()));

template <class A>
concept HasAwaiter = requires(awaiter_t<A> awaiter) {
    static_cast<bool>(awaiter.await_ready());
    awaiter.await_resume();
};

} // namespace detail

/// What `co_await` gives for an awaitable `A`: the member `type`, and no such member if `A` is none.
/// Specialise it for an awaitable that only the coroutines of its own library can await, by their
/// `await_transform`.
template <class A>
struct AwaitResult {};

template <detail::HasAwaiter A>
struct AwaitResult<A> {
    using type = decltype(std::declval<detail::awaiter_t<A>&>().await_resume());
};

/// What `co_await` gives for an awaitable `A`.
template <class A>
using await_result_t = typename AwaitResult<std::remove_cvref_t<A>>::type;

} // namespace presence_router::inline v0
