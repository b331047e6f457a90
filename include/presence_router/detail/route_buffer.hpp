// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/numbered_states.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace presence_router::inline v0::detail {

/// A sink that keeps routes, to show them again in their order. States that do not lie in the batch are
/// copied: the router may have made them for the length of the call only.
template <class Id, class State>
class RouteBuffer {
public:
    explicit RouteBuffer(std::span<State const> batch) : states_{batch} {}

    void operator()(Id const& viewer, State const& state) {
        routes_.push_back({viewer, states_.number_of(state)});
    }

    void without_state(Id const& viewer) { routes_.push_back({viewer, no_state}); }

    template <class Sink>
    void replay(Sink const& sink) const {
        for (auto const& [viewer, state] : routes_) {
            if (state == no_state) sink.without_state(viewer);
            else if (!sink(viewer, states_[state])) return;
        }
    }

private:
    static constexpr std::uint32_t no_state = 0xffff'ffff;
    struct Route {
        Id viewer;
        std::uint32_t state;
    };
    NumberedStates<State> states_;
    std::vector<Route> routes_;
};

} // namespace presence_router::inline v0::detail
