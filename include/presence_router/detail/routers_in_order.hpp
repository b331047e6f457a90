// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/chain_vocabulary.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/router_at.hpp>

#include <cstddef>
#include <utility>

namespace presence_router::inline v0::detail {

/// What a chain holds: its routers, each a base that knows its position.
template <class Indices, class... Ms>
class RoutersInOrder;

template <std::size_t... At, class... Ms>
class RoutersInOrder<std::index_sequence<At...>, Ms...> : public RouterAt<At, Ms>... {
    static_assert((check_vocabulary<At, Ms, ChainVocabulary<Ms...>>() && ...));

public:
    RoutersInOrder() = default;
    constexpr explicit RoutersInOrder(Ms&&... routers)
        requires(sizeof...(Ms) > 0)
        : RouterAt<At, Ms>(std::move(routers))... {}

    /// Whether `ask(router)` is true for all routers, asked in order and no further than the first false.
    /// Routers that route nobody are passed over: they may speak of other types.
    template <class Ask>
    constexpr bool all_of(Ask const& ask) const {
        return (ask_at<At, Ms>(ask) && ...);
    }

private:
    template <std::size_t I, class M, class Ask>
    constexpr bool ask_at(Ask const& ask) const {
        // What was refused is not asked: it would only add errors to the one that tells.
        using V = ChainVocabulary<Ms...>;
        if constexpr (!Storable<M> || !IsRouter<M> || !SpeaksUserId<M, V> || !SpeaksState<M, V>) return true;
        else if constexpr (routes_nobody<unwrapped_t<M>>) return true;
        else return ask(static_cast<RouterAt<I, M> const&>(*this).get());
    }
};

} // namespace presence_router::inline v0::detail
