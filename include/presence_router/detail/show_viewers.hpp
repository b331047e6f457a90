// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/groups.hpp>
#include <presence_router/detail/number_grouper.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/for_each_route.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace presence_router::inline v0::detail {

/// Asks the router once whom it routes `batch` to, and calls `show(viewer, numbers)` for each of them, in the
/// order of their first coming, with the numbers of their states, each state once, in ascending order. A
/// viewer whom the router mapped to no state is shown with none.
template <class R, class Show>
void show_viewers(R const& router, std::span<state_t<R> const> batch, NumberedStates<state_t<R>>& states,
                  Show const& show) {
    using Id = user_id_t<R>;
    using State = state_t<R>;
    struct Sink {
        void operator()(Id const& viewer, State const& state) {
            routes.add(viewer, states.distinct_number_of(state));
        }
        void without_state(Id const& viewer) { routes.add_all(viewer, Groups::Numbers{}); }
        NumberedStates<State>& states;
        NumberGrouper<Id> routes{};
    } sink{states};
    presence_router::for_each_route(router, batch, sink);
    for_each_distinct(sink.routes.groups(),
                      [&](std::size_t viewer, std::vector<std::uint32_t> const& numbers) {
                          show(sink.routes.keys().values()[viewer], numbers);
                      });
}

} // namespace presence_router::inline v0::detail
