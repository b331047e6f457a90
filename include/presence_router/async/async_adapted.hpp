// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/async/await_cancelled.hpp>
#include <presence_router/async/borrowed_batch.hpp>
#include <presence_router/config.hpp>
#include <presence_router/detail/async_router_at.hpp>
#include <presence_router/detail/awaited_router.hpp>
#include <presence_router/detail/stored.hpp>
#include <presence_router/detail/when_all.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>

#include <coroutine>
#include <exception>
#include <functional>
#include <span>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

/// `Task<T, More...>` for what is a `Task<Any, More...>`.
template <class Awaitable, class T>
struct TaskOf {};
template <template <class...> class Task, class Any, class... More, class T>
struct TaskOf<Task<Any, More...>, T> {
    using type = Task<T, More...>;
};

template <class Awaitable, class T>
using task_of_t = typename TaskOf<std::remove_cvref_t<Awaitable>, T>::type;

/// What the callbacks of an adaptor on `R` answer; what was refused answers nothing.
template <class R>
struct AdaptedTasks {
    using Push = void;
    using Pull = void;
};
template <AwaitableRouter R>
    requires requires {
        typename task_of_t<push_asked_t<R>, int>;
        typename task_of_t<pull_asked_t<R>, int>;
    }
struct AdaptedTasks<R> {
    using Push = task_of_t<push_asked_t<R>, users_for_states_t<R>>;
    using Pull = task_of_t<pull_asked_t<R>, interested_users_t<R>>;
};

/// Refuses at compile time a router whose awaitable tells of no coroutine type to answer with.
template <class R>
consteval bool check_task() {
    constexpr bool is_task = !AwaitableRouter<R> || !std::is_void_v<typename AdaptedTasks<R>::Push>;
    static_assert(is_task,
                  "presence_router: an adaptor on a router that waits answers with a coroutine of the type "
                  "of the router's, Task<Answer>. The router's callbacks answer an awaitable that is no such "
                  "template: make them coroutines.");
    return true;
}

/// Has the adaptor check its argument when it is put on, and not when it is first asked.
template <class R, template <class> class AdaptorOn>
consteval bool check_adaptor() {
    if constexpr (AwaitableRouter<R>) return sizeof(AdaptorOn<push_awaited_t<R>>) > 0;
    return true;
}

/// What an adaptor is made of for one call: it refers to the argument of the one that is kept.
template <class Argument>
constexpr auto borrow(Argument const& argument) noexcept {
    if constexpr (made_anew<Argument>) return argument;
    else if constexpr (requires { argument.borrowed(); }) return argument.borrowed();
    else return std::cref(argument);
}

} // namespace detail

/// What `Adaptor<R, Argument>` is for a router `R` that waits, made by the same closures: the router is
/// awaited, and the adaptor is put on what it answered. So a rule stands in one place, for both.
/// Models: AsyncPresenceRouter; its coroutines are of the type of the router's.
/// Complexity: as the adaptor on the canonical lane, and one coroutine frame a call. A viewer whom a filter
/// on viewers refuses is not asked about.
/// Lifetime: as of AsyncPresenceRouterChain.
template <template <class, class> class Adaptor, class R, class Argument>
class AsyncAdapted : detail::AsyncRouterAt<0, R>, detail::Stored<1, Argument> {
    using Asked = detail::unwrapped_t<R>;
    static_assert(detail::check_task<Asked>());

    template <class Awaited>
    using Answered = detail::AwaitedRouter<user_id_t<R>, state_t<R>, std::remove_cvref_t<Awaited>>;
    template <class Awaited>
    using AdaptorOn = Adaptor<std::reference_wrapper<Answered<Awaited>>,
                              decltype(detail::borrow(std::declval<Argument const&>()))>;
    static_assert(detail::check_adaptor<Asked, AdaptorOn>());

    using PushTask = typename detail::AdaptedTasks<Asked>::Push;
    using PullTask = typename detail::AdaptedTasks<Asked>::Pull;

public:
    using user_id_type = user_id_t<R>;
    using state_type = state_t<R>;

    AsyncAdapted() = default;
    constexpr AsyncAdapted(R router, Argument argument)
        : detail::AsyncRouterAt<0, R>(std::move(router)), detail::Stored<1, Argument>(std::move(argument)) {}

    [[nodiscard]] PushTask get_users_for_states(BorrowedBatch<state_type> batch) const& {
        return push(*this, batch.states(), detail::OneByOne{});
    }

    /// Hands `when_all` to `R`, which is a chain, or an adaptor on one.
    template <class WhenAll>
        requires requires(Asked& asked, std::span<state_t<R> const> states, WhenAll const& when_all) {
            asked.get_users_for_states(states, when_all);
        }
    [[nodiscard]] PushTask get_users_for_states(BorrowedBatch<state_type> batch, WhenAll when_all) const& {
        return push(*this, batch.states(), std::move(when_all));
    }

    // A temporary router would be gone before the task is done.
    void get_users_for_states(BorrowedBatch<state_type> batch) const&& = delete;
    template <class WhenAll>
    void get_users_for_states(BorrowedBatch<state_type> batch, WhenAll when_all) const&& = delete;

    [[nodiscard]] PullTask get_interested_users(user_id_type viewer) const& {
        return pull(*this, std::move(viewer));
    }
    void get_interested_users(user_id_type viewer) const&& = delete;

private:
    template <class WhenAll>
    static PushTask push(AsyncAdapted const& self, std::span<state_type const> batch, WhenAll when_all) {
        Answered<detail::push_awaited_t<Asked>> answered;
#if PRESENCE_ROUTER_EXCEPTIONS
        try {
            answered.set_answer(co_await detail::push_asked(self.router(), batch, when_all));
        } catch (...) {
            set_error<detail::push_asked_t<Asked>>(answered);
        }
#else
        answered.set_answer(co_await detail::push_asked(self.router(), batch, when_all));
#endif
        co_return presence_router::get_users_for_states(
            self.template adapted<detail::push_awaited_t<Asked>>(answered), batch);
    }

    static PullTask pull(AsyncAdapted const& self, user_id_type viewer) {
        if (!self.asks_about(viewer)) co_return interested_users_t<R>{};
        Answered<detail::pull_awaited_t<Asked>> answered;
#if PRESENCE_ROUTER_EXCEPTIONS
        try {
            answered.set_answer(co_await self.router().get_interested_users(viewer));
        } catch (...) {
            set_error<detail::pull_asked_t<Asked>>(answered);
        }
#else
        answered.set_answer(co_await self.router().get_interested_users(viewer));
#endif
        co_return presence_router::get_interested_users(
            self.template adapted<detail::pull_awaited_t<Asked>>(answered), viewer);
    }

    /// To be called in the handler.
    template <class Awaitable, class Answer>
    static void set_error(Answer& answered) {
        std::exception_ptr error = std::current_exception();
        bool const is_cancellation = AwaitCancelled<std::remove_cvref_t<Awaitable>>::by(error);
        answered.set_error(std::move(error), is_cancellation);
    }

    bool asks_about(user_id_type const& viewer) const {
        if constexpr (requires(Argument const& rule) { rule.allows_viewer(viewer); })
            return detail::Stored<1, Argument>::get().allows_viewer(viewer);
        else return true;
    }

    template <class Awaited>
    AdaptorOn<Awaited> adapted(Answered<Awaited>& answered) const {
        decltype(auto) argument = detail::Stored<1, Argument>::get();
        return {std::ref(answered), detail::borrow(argument)};
    }

    constexpr auto& router() const noexcept { return detail::unwrap(detail::AsyncRouterAt<0, R>::get()); }
};

namespace detail {

template <template <class, class> class Adaptor, class R, class Argument>
inline constexpr bool routes_nobody<AsyncAdapted<Adaptor, R, Argument>> = routes_nobody<unwrapped_t<R>>;

template <template <class, class> class Adaptor, class R, class Argument>
struct Adapted {
    using type = Adaptor<R, Argument>;
};
template <template <class, class> class Adaptor, class R, class Argument>
    requires Waits<unwrapped_t<R>>
struct Adapted<Adaptor, R, Argument> {
    using type = AsyncAdapted<Adaptor, R, Argument>;
};

/// The adaptor on `R`, whether it waits or not.
template <template <class, class> class Adaptor, class R, class Argument>
using adapted_t = typename Adapted<Adaptor, R, Argument>::type;

} // namespace detail

} // namespace presence_router::inline v0
