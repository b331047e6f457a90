// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/planned_states.hpp>
#include <presence_router/detail/place_iterator.hpp>

#include <cstddef>

namespace presence_router::inline v0 {

/// How many states one m.presence EDU holds at most.   Source: Synapse's `MAX_PRESENCE_STATES_PER_EDU`.
inline constexpr std::size_t max_presence_states_per_edu = 50;

/// States in batches as they are sent: a random access range of PlannedStates, each of at most
/// `max_presence_states_per_edu`. Lifetime: as the states.
template <class State>
class PresenceEdus {
    struct Source {
        PlannedStates<State> operator[](std::size_t number) const noexcept {
            return states.part(number * max_presence_states_per_edu, max_presence_states_per_edu);
        }
        PlannedStates<State> states{};
    };

public:
    using iterator = detail::PlaceIterator<Source>;

    explicit PresenceEdus(PlannedStates<State> states) noexcept : states_{states} {}

    [[nodiscard]] iterator begin() const noexcept { return {{states_}, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {{states_}, size()}; }
    [[nodiscard]] std::size_t size() const noexcept {
        return (states_.size() + max_presence_states_per_edu - 1) / max_presence_states_per_edu;
    }

private:
    PlannedStates<State> states_;
};

} // namespace presence_router::inline v0
