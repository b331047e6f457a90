// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/groups.hpp>
#include <presence_router/detail/number_grouper.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/detail/value_index.hpp>
#include <presence_router/for_each_route.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace presence_router::inline v0::detail {

/// For each of these states, the number of the first that equals it.
template <class State>
std::vector<std::uint32_t> first_equals(std::span<State const> states) {
    ValueIndex<State> index;
    auto const at = [states](std::uint32_t number) -> State const& { return states[number]; };
    std::vector<std::uint32_t> firsts;
    firsts.reserve(states.size());
    for (std::uint32_t number = 0; number < states.size(); ++number) {
        std::uint32_t const known = index.find(states[number], at);
        if (known == index.none) index.insert(states[number], number);
        firsts.push_back(known == index.none ? number : known);
    }
    return firsts;
}

/// Asks the router once whom it routes `batch` to, and calls `show(viewer, numbers)` for each of them, in the
/// order of their first coming, with the numbers of their states, each state once, in ascending order. A
/// viewer whom the router mapped to no state is shown with none. Requires: `firsts` are the batch's
/// `first_equals`.
template <class R, class Show>
void show_viewers(R const& router, std::span<state_t<R> const> batch, NumberedStates<state_t<R>>& states,
                  std::vector<std::uint32_t> const& firsts, Show const& show) {
    using Id = user_id_t<R>;
    using State = state_t<R>;
    struct Sink {
        void operator()(Id const& viewer, State const& state) {
            std::uint32_t const number = states.number_of(state);
            routes.add(viewer, number < firsts.size() ? firsts[number] : number);
        }
        void without_state(Id const& viewer) { routes.add_all(viewer, Groups::Numbers{}); }
        NumberedStates<State>& states;
        std::vector<std::uint32_t> const& firsts;
        NumberGrouper<Id> routes{};
    } sink{states, firsts};
    presence_router::for_each_route(router, batch, sink);
    for_each_distinct(sink.routes.groups(),
                      [&](std::size_t viewer, std::vector<std::uint32_t> const& numbers) {
                          show(sink.routes.keys().values()[viewer], numbers);
                      });
}

} // namespace presence_router::inline v0::detail
