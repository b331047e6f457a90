// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/router_vocabulary.hpp>

#include <concepts>
#include <cstddef>

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

template <class M, class V>
concept SpeaksUserId = routes_nobody<unwrapped_t<M>> || std::same_as<user_id_t<M>, typename V::user_id_type>;

template <class M, class V>
concept SpeaksState = routes_nobody<unwrapped_t<M>> || std::same_as<state_t<M>, typename V::state_type>;

/// Refuses at compile time a router `M`, at the position `At`, of another vocabulary than `V`, the chain's.
template <std::size_t At, class M, class V>
consteval bool check_vocabulary() {
    static_assert(SpeaksUserId<M, V>, "presence_router: routers of two vocabularies in one chain: this "
                                      "router's user_id_type is not that of the "
                                      "chain's first router. Without the member type user_id_type a router "
                                      "speaks of presence_router::UserId.");
    static_assert(SpeaksState<M, V>, "presence_router: routers of two vocabularies in one chain: this "
                                     "router's state_type is not that of the chain's "
                                     "first router. Without the member type state_type a router speaks of "
                                     "presence_router::UserPresenceState.");
    return true;
}

} // namespace presence_router::inline v0::detail
