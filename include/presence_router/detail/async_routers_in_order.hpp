// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/async_router_at.hpp>
#include <presence_router/detail/chain_vocabulary.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace presence_router::inline v0::detail {

// What was refused is neither asked nor awaited: it would only add errors to the one that tells.
template <class M, class V>
concept AskedInChain = Storable<M> && IsAsyncRouter<M> && SpeaksUserId<M, V> && SpeaksState<M, V> &&
                       !routes_nobody<unwrapped_t<M>>;

/// What a chain that may wait holds: its routers, each a base that knows its position. Those that wait are
/// awaited by the chain's coroutine, one by one; the plain ones in between are asked as in any chain.
template <class Indices, class... Ms>
class AsyncRoutersInOrder;

template <std::size_t... At, class... Ms>
class AsyncRoutersInOrder<std::index_sequence<At...>, Ms...> : public AsyncRouterAt<At, Ms>... {
    using V = ChainVocabulary<Ms...>;
    static_assert((check_vocabulary<At, Ms, V>() && ...));

    static constexpr std::size_t count = sizeof...(Ms);
    static constexpr std::array<bool, count> waits{(AskedInChain<Ms, V> && Waits<unwrapped_t<Ms>>)...};

    template <std::size_t Nth>
    static consteval std::size_t position_of_waiting() {
        std::size_t before = Nth;
        for (std::size_t at = 0; at < count; ++at)
            if (waits[at] && before-- == 0) return at;
        return count;
    }

    template <std::size_t... Nth>
    static std::index_sequence<position_of_waiting<Nth>()...> positions(std::index_sequence<Nth...>);

    static constexpr std::size_t waiting_count =
        static_cast<std::size_t>(std::count(waits.begin(), waits.end(), true));

public:
    /// The positions of those that wait, as a std::index_sequence.
    using Waiting = decltype(positions(std::make_index_sequence<waiting_count>()));

    AsyncRoutersInOrder() = default;
    constexpr explicit AsyncRoutersInOrder(Ms&&... routers)
        requires(sizeof...(Ms) > 0)
        : AsyncRouterAt<At, Ms>(std::move(routers))... {}

    /// The router at the position `I`, which waits.
    template <std::size_t I>
    constexpr auto& waiting() const noexcept {
        using M = std::tuple_element_t<I, std::tuple<Ms...>>;
        return unwrap(static_cast<AsyncRouterAt<I, M> const&>(*this).get());
    }

    /// Whether `ask(router)` is true for all plain routers between the waiting one at `I` and the waiting one
    /// before it; asked in order and no further than the first false.
    template <std::size_t I, class Ask>
    constexpr bool all_plain_before(Ask const& ask) const {
        return (ask_plain<I, At, Ms>(ask) && ...);
    }
    template <class Ask>
    constexpr bool all_plain_at_end(Ask const& ask) const {
        return all_plain_before<count>(ask);
    }

private:
    static constexpr std::size_t next_waiting(std::size_t at) {
        while (at < count && !waits[at]) ++at;
        return at;
    }

    template <std::size_t I, std::size_t Here, class M, class Ask>
    constexpr bool ask_plain(Ask const& ask) const {
        if constexpr (!AskedInChain<M, V> || Waits<unwrapped_t<M>> || next_waiting(Here) != I) return true;
        else return ask(static_cast<AsyncRouterAt<Here, M> const&>(*this).get());
    }
};

} // namespace presence_router::inline v0::detail
