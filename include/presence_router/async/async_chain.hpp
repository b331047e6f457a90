// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/async/borrowed_batch.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/async_routers_in_order.hpp>
#include <presence_router/detail/chain_vocabulary.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/route_collector.hpp>
#include <presence_router/detail/subject_collector.hpp>
#include <presence_router/detail/when_all.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// A chain of routers that may wait, over the host's own coroutine type: `Task<T>` is what its coroutines
/// return, awaitable for a `T`. The union of its routers, as PresenceRouterChain, with the same rules: asked
/// in the order written, each once a call, none after one that answers all users. Plain routers are called,
/// without a coroutine; those that wait are awaited one after the other. Itself a router that waits, so it
/// nests in another one.
/// Requires: `Ms` are routers of one vocabulary (see AsyncPresenceRouter), and a coroutine of `Task` can
/// await those that wait.
/// Ensures: an exception of a router reaches who awaits; if the task is destroyed while a router waits, so is
/// the router's, and nothing of the answer was shown to anybody.
/// Lifetime: the chain outlives the task and stays in its place, its routers with it: to ask a temporary one
/// does not compile, to move one away while it is asked is undefined, as it is for its routers. The batch is
/// borrowed until the task is done or gone; the viewer is kept in the task.
/// Thread safety: as its routers, when called through const.
template <template <class...> class Task, class... Ms>
class AsyncPresenceRouterChain {
    using Routers = detail::AsyncRoutersInOrder<std::index_sequence_for<Ms...>, Ms...>;
    using Vocabulary = detail::ChainVocabulary<Ms...>;

public:
    using user_id_type = typename Vocabulary::user_id_type;
    using state_type = typename Vocabulary::state_type;

    AsyncPresenceRouterChain() = default;
    constexpr explicit(sizeof...(Ms) == 1) AsyncPresenceRouterChain(Ms... routers)
        requires(sizeof...(Ms) > 0)
        : routers_(std::move(routers)...) {}

    /// Who receives which of these states: for each viewer the union of what every router routed to them.
    /// Complexity: the routers', linear in their routes, and sorting of distinct viewers and states; one
    /// coroutine frame.
    [[nodiscard]] Task<BasicUsersForStates<user_id_type, state_type>>
    get_users_for_states(BorrowedBatch<state_type> batch) const& {
        return push(routers_, batch.states(), detail::OneByOne{}, typename Routers::Waiting{});
    }

    /// The same, but the routers that wait are asked at once. The plain ones are asked before; the answer is
    /// that of asking one after the other.
    /// Requires: `when_all(awaitables...)`, called as a const object with what the routers answered, in their
    /// order, gives an awaitable of the std::tuple of what they wait for, which is done when all are, even if
    /// one throws, and then throws what one threw. Routers that hold others are handed it too.
    template <class WhenAll>
    [[nodiscard]] Task<BasicUsersForStates<user_id_type, state_type>>
    get_users_for_states(BorrowedBatch<state_type> batch, WhenAll when_all) const& {
        return push(routers_, batch.states(), std::move(when_all), typename Routers::Waiting{});
    }

    // A temporary chain would be gone before the task is done.
    void get_users_for_states(BorrowedBatch<state_type> batch) const&& = delete;
    template <class WhenAll>
    void get_users_for_states(BorrowedBatch<state_type> batch, WhenAll when_all) const&& = delete;

    /// Whose presence `viewer` receives: the union of the routers' sets, or all users as soon as a router
    /// says so; the routers after it are then not even started.
    /// Complexity: the routers', and sorting of the subjects; one coroutine frame.
    [[nodiscard]] Task<BasicInterestedUsers<user_id_type>> get_interested_users(user_id_type viewer) const& {
        return pull(routers_, std::move(viewer), typename Routers::Waiting{});
    }
    void get_interested_users(user_id_type viewer) const&& = delete;

private:
    using Id = user_id_type;
    using State = state_type;
    static_assert(detail::check_coroutine<Task<BasicInterestedUsers<Id>>, Routers const&, Id,
                                          typename Routers::Waiting>());

    template <std::size_t I>
    using WaitingAt = std::remove_reference_t<decltype(std::declval<Routers const&>().template waiting<I>())>;

    // Static, so that all a frame refers to is named here.
    template <class WhenAll, std::size_t... W>
    static Task<BasicUsersForStates<Id, State>> push(Routers const& routers, std::span<State const> batch,
                                                     [[maybe_unused]] WhenAll when_all,
                                                     std::index_sequence<W...>) {
        detail::RouteCollector<Id, State> collector{batch};
        detail::Gate<detail::RouteCollector<Id, State>, Id, State> gate{collector};
        auto const ask = [batch, sink = gate.sink()](auto const& router) {
            presence_router::for_each_route(router, batch, sink);
            return true;
        };
        [[maybe_unused]] auto const show = [sink = gate.sink()](auto&&... answers) {
            (detail::show_routes<Id, State>(answers, sink), ...);
        };
        if constexpr (sizeof...(W) > 1 && !std::same_as<WhenAll, detail::OneByOne>) {
            (void(routers.template all_plain_before<W>(ask)), ...);
            routers.all_plain_at_end(ask);
            // What was refused is not called: it would only add errors to the one that tells.
            if constexpr (detail::check_when_all<WhenAll, Id, State,
                                                 detail::push_asked_by_t<WaitingAt<W>, WhenAll>...>()) {
                std::tuple<detail::push_asked_by_t<WaitingAt<W>, WhenAll>...> asked{
                    // braces: in their order
                    detail::push_asked(routers.template waiting<W>(), batch, when_all)...};
                std::apply(show, co_await std::apply(std::as_const(when_all), std::move(asked)));
            }
        } else {
            ((void(routers.template all_plain_before<W>(ask)),
              show(co_await detail::push_asked(routers.template waiting<W>(), batch, when_all))),
             ...);
            routers.all_plain_at_end(ask);
        }
        co_return std::move(collector).result();
    }

    template <std::size_t... W>
    static Task<BasicInterestedUsers<Id>> pull(Routers const& routers, Id viewer, std::index_sequence<W...>) {
        detail::SubjectCollector<Id> collector;
        detail::Gate<detail::SubjectCollector<Id>, Id> gate{collector};
        std::optional<AllUsers> everybody;
        auto const ask = [&viewer, &everybody, sink = gate.sink()](auto const& router) {
            if (!everybody) everybody = presence_router::for_each_subject(router, viewer, sink);
            return !everybody;
        };
        [[maybe_unused]] auto const show = [&everybody, sink = gate.sink()](auto&& answer) {
            everybody = detail::show_subjects<Id>(answer, sink);
        };
        // GCC 12 miscompiles co_await right of ||: every router would be started.
        ((void(routers.template all_plain_before<W>(ask)),
          everybody ? void() : show(co_await routers.template waiting<W>().get_interested_users(viewer))),
         ...);
        routers.all_plain_at_end(ask);
        if (everybody) co_return *everybody;
        co_return std::move(collector).result();
    }

    PRESENCE_ROUTER_NO_UNIQUE_ADDRESS Routers routers_;
};

/// The chain of these routers over the host's coroutine type: `async_chain<Task>(a, b, c)`. Holds them by
/// value; pass `std::ref(router)` to refer to one.
template <template <class...> class Task, class... Ms>
[[nodiscard]] constexpr AsyncPresenceRouterChain<Task, Ms...> async_chain(Ms... routers) {
    return AsyncPresenceRouterChain<Task, Ms...>(std::move(routers)...);
}

namespace detail {

template <template <class...> class Task, class... Ms>
inline constexpr bool routes_nobody<AsyncPresenceRouterChain<Task, Ms...>> =
    (routes_nobody<unwrapped_t<Ms>> && ...);

} // namespace detail

} // namespace presence_router::inline v0
