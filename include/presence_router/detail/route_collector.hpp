// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/containers.hpp>
#include <presence_router/detail/build_set.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/sort_by_value.hpp>
#include <presence_router/users_for_states.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// A sink that turns routes into `users_for_states_t`. The containers are built once, at the end and in their
/// own order, from routes kept as pairs of numbers: a node is made for what is in the result and for nothing
/// else, and no value is looked up in a tree.
template <class Id, class State>
class RouteCollector {
public:
    explicit RouteCollector(std::span<State const> batch) : states_{batch} { routes_.reserve(512); }

    void operator()(Id const& viewer, State const& state) {
        routes_.push_back({viewers_.assign(viewer), states_.number_of(state)});
    }

    void without_state(Id const& viewer) { viewers_.assign(viewer); }

    /// Complexity: linear in the routes, and sorting for the distinct viewers and the distinct states.
    BasicUsersForStates<Id, State> result() && {
        if constexpr (built_in_order<State>) rank_states();
        std::vector<std::uint32_t> const ends = group_by_viewer();
        std::vector<Id> viewers = std::move(viewers_).take();
        BasicUsersForStates<Id, State> result;
        for (std::uint32_t const viewer : in_order(viewers)) {
            set_for_t<State> states = states_of(
                {grouped_.begin() + (viewer == 0 ? 0 : ends[viewer - 1]), grouped_.begin() + ends[viewer]});
            if constexpr (Ordered<Id> && requires {
                              result.emplace_hint(result.end(), std::move(viewers[viewer]),
                                                  std::move(states));
                          })
                result.emplace_hint(result.end(), std::move(viewers[viewer]), std::move(states));
            else result.emplace(std::move(viewers[viewer]), std::move(states));
        }
        return result;
    }

private:
    struct Route {
        std::uint32_t viewer;
        std::uint32_t state;
    };

    /// Renumbers the states of the routes by their order, equal ones alike.
    void rank_states() {
        std::vector<bool> used(states_.size());
        for (Route const& route : routes_) used[route.state] = true;
        for (std::uint32_t state = 0; state < used.size(); ++state)
            if (used[state]) ordered_.push_back(state);
        sort_by_value<State>(ordered_,
                             [this](std::uint32_t state) -> State const& { return states_[state]; });
        std::vector<std::uint32_t> rank(states_.size());
        std::uint32_t last = 0;
        for (std::uint32_t place = 0; place < ordered_.size(); ++place) {
            if (states_[ordered_[last]] < states_[ordered_[place]]) last = place;
            rank[ordered_[place]] = last;
        }
        for (Route& route : routes_) route.state = rank[route.state];
    }

    /// Sorts the states of the routes into `grouped_` by viewer, counting; answers where each viewer's end.
    std::vector<std::uint32_t> group_by_viewer() {
        std::vector<std::uint32_t> at(viewers_.size() + 1);
        for (Route const& route : routes_) ++at[route.viewer + 1];
        std::partial_sum(at.begin(), at.end(), at.begin());
        grouped_.resize(routes_.size());
        for (Route const& route : routes_) grouped_[at[route.viewer]++] = route.state;
        return at;
    }

    std::vector<std::uint32_t> in_order(std::vector<Id> const& viewers) const {
        std::vector<std::uint32_t> order(viewers.size());
        std::iota(order.begin(), order.end(), std::uint32_t{0});
        if constexpr (Ordered<Id>)
            sort_by_value<Id>(order, [&](std::uint32_t viewer) -> Id const& { return viewers[viewer]; });
        return order;
    }

    set_for_t<State> states_of(std::span<std::uint32_t> numbers) const {
        set_for_t<State> set;
        if constexpr (built_in_order<State>) {
            std::sort(numbers.begin(), numbers.end());
            auto const end = std::unique(numbers.begin(), numbers.end());
            for (auto rank = numbers.begin(); rank != end; ++rank)
                append<State>(set, states_[ordered_[*rank]]);
        } else {
            for (std::uint32_t const number : numbers) append<State>(set, states_[number]);
        }
        return set;
    }

    Numbering<Id> viewers_;
    NumberedStates<State> states_;
    std::vector<Route> routes_;
    std::vector<std::uint32_t> ordered_; // rank -> state
    std::vector<std::uint32_t> grouped_; // states (their ranks, where they have an order) by viewer
};

} // namespace presence_router::inline v0::detail
