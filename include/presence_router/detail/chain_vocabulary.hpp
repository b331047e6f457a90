// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_async_router.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace presence_router::inline v0::detail {

template <class Id, class State>
struct Vocabulary {
    using user_id_type = Id;
    using state_type = State;
};

/// The vocabulary of the first router that has one of its own; else that of Matrix.
template <class... Ms>
struct ChainVocabulary : Vocabulary<UserId, UserPresenceState> {};

template <class M, class... Ms>
struct ChainVocabulary<M, Ms...> : Vocabulary<user_id_t<M>, state_t<M>> {};

template <class M, class... Ms>
    requires routes_nobody<unwrapped_t<M>>
struct ChainVocabulary<M, Ms...> : ChainVocabulary<Ms...> {};

// What is no router speaks no vocabulary, and is refused for that alone.
template <class M>
concept IsRouter = std::is_object_v<M> && router_fault<unwrapped_t<M>>() == RouterFault::none;
template <class M>
concept IsAsyncRouter = std::is_object_v<M> && async_router_fault<unwrapped_t<M>>() == AsyncRouterFault::none;

template <class M, class V>
concept SpeaksUserId = !IsAsyncRouter<M> || routes_nobody<unwrapped_t<M>> ||
                       std::same_as<user_id_t<M>, typename V::user_id_type>;

template <class M, class V>
concept SpeaksState =
    !IsAsyncRouter<M> || routes_nobody<unwrapped_t<M>> || std::same_as<state_t<M>, typename V::state_type>;

/// Refuses at compile time a router `M`, at the position `At`, of another vocabulary than `V`, the chain's.
template <std::size_t At, class M, class V>
consteval bool check_vocabulary() {
    // Not the concepts themselves, whose parts a compiler would list.
    constexpr bool same_ids = SpeaksUserId<M, V>;
    constexpr bool same_states = SpeaksState<M, V>;
    static_assert(same_ids, "presence_router: routers of two vocabularies in one chain: this "
                            "router's user_id_type is not that of the "
                            "chain's first router. Without the member type user_id_type a router "
                            "speaks of presence_router::UserId.");
    static_assert(same_states, "presence_router: routers of two vocabularies in one chain: this "
                               "router's state_type is not that of the chain's "
                               "first router. Without the member type state_type a router speaks of "
                               "presence_router::UserPresenceState.");
    return true;
}

} // namespace presence_router::inline v0::detail
