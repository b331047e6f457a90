// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/chain_vocabulary.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/route_collector.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/insight/routing_difference.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

namespace detail {

/// Refuses at compile time two routers that cannot be asked the same.
template <class A, class B>
consteval bool check_compared() {
    check_router<unwrapped_t<A>>();
    check_router<unwrapped_t<B>>();
    using V = ChainVocabulary<A, B>;
    constexpr bool same_vocabulary = SpeaksUserId<B, V> && SpeaksState<B, V>;
    static_assert(same_vocabulary,
                  "presence_router: compare takes two routers of one vocabulary: their "
                  "user_id_type and their state_type are the same. Without these member types "
                  "a router speaks of presence_router::UserId and UserPresenceState.");
    return true;
}

/// Takes down who is routed what of a batch, by numbers: equal routes of two routers are equal pairs.
template <class Id, class State>
class RoutesByNumber {
public:
    using Route = std::pair<std::uint32_t, std::uint32_t>; // viewer, state
    using Routes = std::vector<Route>;

    /// Requires: no two of the states are equal, and they outlive this.
    explicit RoutesByNumber(std::span<State const> batch) : batch_{batch}, states_{batch} {}

    /// In order, each once.
    template <class R>
    Routes of(R const& router) {
        Routes routes;
        if constexpr (!routes_nobody<unwrapped_t<R>>) // which may speak of other types
            presence_router::for_each_route(router, batch_, [&](Id const& viewer, State const& state) {
                routes.emplace_back(viewers_.assign(viewer), states_.number_of(state));
            });
        std::sort(routes.begin(), routes.end());
        routes.erase(std::unique(routes.begin(), routes.end()), routes.end());
        return routes;
    }

    /// The routes of `these` that are not among `those`.
    BasicUsersForStates<Id, State> without(Routes const& these, Routes const& those) const {
        Routes left;
        std::set_difference(these.begin(), these.end(), those.begin(), those.end(), std::back_inserter(left));
        RouteCollector<Id, State> collector{batch_};
        for (auto const& [viewer, state] : left) collector(viewers_.values()[viewer], states_[state]);
        return std::move(collector).result();
    }

private:
    std::span<State const> batch_;
    Numbering<Id> viewers_;
    NumberedStates<State> states_;
};

struct compare_fn {
    template <class A, class B, class V = ChainVocabulary<A, B>>
    [[nodiscard]] BasicRoutingDifference<typename V::user_id_type, typename V::state_type>
    operator()(A const& a, B const& b, Batch<typename V::state_type> batch) const {
        static_assert(check_compared<A, B>());
        if constexpr (SpeaksUserId<B, V> && SpeaksState<B, V>) {
            Numbering<typename V::state_type> distinct;
            for (auto const& state : batch.states()) distinct.assign(state);
            RoutesByNumber<typename V::user_id_type, typename V::state_type> numbers{distinct.values()};
            auto const by_a = numbers.of(a);
            auto const by_b = numbers.of(b);
            return {numbers.without(by_a, by_b), numbers.without(by_b, by_a)};
        }
        return {};
    }
};

} // namespace detail

/// Who gains and who loses what of these states by router `b` in place of `a`: for trying a policy beside the
/// live one. The push sides are asked, whole, each once; states are compared on all fields.
///   if (auto const difference = compare(policy, tried, batch); !difference.empty()) log << difference;
/// Requires: two routers of one vocabulary, or `std::ref` of such. `batch` is any input range of states, one
/// state, or a list in braces; what comes twice counts once.
/// Ensures: the result is empty if and only if both route the same. It owns what it holds.
/// Throws: what the routers throw.
/// Complexity: one streaming of each router; O(routes log routes) more.
inline constexpr detail::compare_fn compare{};

} // namespace presence_router::inline v0
