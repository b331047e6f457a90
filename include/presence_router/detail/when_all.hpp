// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/waits.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

/// Stands for the host's when_all where routers are awaited one after the other.
struct OneByOne {};

/// Asks a router that waits; one that holds several, as a chain does, takes `when_all` for them.
template <class R, class WhenAll>
constexpr auto push_asked(R& router, std::span<state_t<R> const> batch, WhenAll const& when_all) {
    if constexpr (requires { router.get_users_for_states(batch, when_all); })
        return router.get_users_for_states(batch, when_all);
    else return router.get_users_for_states(batch);
}

template <class R, class WhenAll>
using push_asked_by_t = decltype(detail::push_asked(
    std::declval<R&>(), std::declval<std::span<state_t<R> const>>(), std::declval<WhenAll const&>()));

template <class Tuple, class Id, class State, class Indices>
inline constexpr bool is_tuple_of_push_answers = false;
template <class Tuple, class Id, class State, std::size_t... I>
    requires(std::tuple_size<Tuple>::value == sizeof...(I))
inline constexpr bool is_tuple_of_push_answers<Tuple, Id, State, std::index_sequence<I...>> =
    (PushAnswer<std::tuple_element_t<I, Tuple>, Id, State> && ...);

template <class WhenAll, class Id, class State, class... Awaitables>
concept WaitsForAll = is_tuple_of_push_answers<
    std::remove_cvref_t<await_result_t<std::invoke_result_t<WhenAll const&, Awaitables...>>>, Id, State,
    std::index_sequence_for<Awaitables...>>;

/// Refuses at compile time what cannot wait for all of these.
template <class WhenAll, class Id, class State, class... Awaitables>
consteval bool check_when_all() {
    constexpr bool fits = WaitsForAll<WhenAll, Id, State, Awaitables...>;
    static_assert(fits,
                  "presence_router: when_all is called as a const object with what the routers that wait "
                  "answer to get_users_for_states, when_all(Awaitable...), and answers an awaitable of the "
                  "std::tuple of what they wait for, in that order.");
    return fits;
}

} // namespace presence_router::inline v0::detail
