// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/place_iterator.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>

namespace presence_router::inline v0 {

/// Some of the states of a delivery plan: a random access range of `State const&`.
/// Lifetime: until the plan is filled again or gone; moving the plan leaves it valid.
template <class State>
class PlannedStates : public std::ranges::view_interface<PlannedStates<State>> {
    struct Source {
        State const& operator[](std::size_t place) const noexcept { return *states[places[place]]; }
        State const* const* states = nullptr;
        std::uint32_t const* places = nullptr;
    };

public:
    using iterator = detail::PlaceIterator<Source>;

    PlannedStates() = default;
    /// The states at these places among `states`.
    PlannedStates(State const* const* states, std::span<std::uint32_t const> places) noexcept
        : states_{states}, places_{places} {}

    [[nodiscard]] iterator begin() const noexcept { return {{states_, places_.data()}, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {{states_, places_.data()}, places_.size()}; }

    [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }

    /// At most `size` of them, from the one at `from` on. Requires: from <= size().
    [[nodiscard]] PlannedStates part(std::size_t from, std::size_t size) const noexcept {
        return {states_, places_.subspan(from, (std::min)(size, places_.size() - from))};
    }

    /// Where they stand among the plan's `states()`, in ascending order: what was made once of each of those,
    /// its JSON say, is found by it.
    [[nodiscard]] std::span<std::uint32_t const> places() const noexcept { return places_; }

private:
    State const* const* states_ = nullptr;
    std::span<std::uint32_t const> places_;
};

} // namespace presence_router::inline v0

template <class State>
inline constexpr bool std::ranges::enable_borrowed_range<presence_router::PlannedStates<State>> = true;
