// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/input_range.hpp>

#include <concepts>
#include <initializer_list>
#include <memory>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

namespace detail {

template <class Range, class State>
concept ContiguousStates = std::ranges::contiguous_range<Range> && std::ranges::sized_range<Range> &&
                           std::same_as<std::remove_cvref_t<std::ranges::range_reference_t<Range>>, State>;

template <class Range, class State>
concept StateRange = InputRange<Range> && std::convertible_to<reference_t<Range>, State>;

} // namespace detail

/// The updates that a push question is about: a parameter type, made from any input range of states, or from
/// one state. Borrows states that lie in a row, and gathers all others once, so every router sees the same
/// span.
/// Complexity: constant, or linear if gathered.
/// Lifetime: that of the call it is an argument of. It is a view; do not keep one.
template <class State>
class Batch {
public:
    constexpr Batch(std::span<State const> states) noexcept : states_{states} {}

    constexpr Batch(State const& state) noexcept : states_{std::addressof(state), 1} {}

    constexpr Batch(std::initializer_list<State> states) noexcept : states_{states.begin(), states.size()} {}

    template <class Range>
        requires(!std::same_as<std::remove_cvref_t<Range>, Batch>) && detail::ContiguousStates<Range, State>
    constexpr Batch(Range&& states) noexcept(noexcept(std::ranges::data(states)))
        : states_{std::ranges::data(states), std::ranges::size(states)} {}

    // The default argument lives as long as the call for which this is made, and costs the other ways
    // nothing: as a member it would give every call a destructor.
    template <class Range>
        requires(!std::same_as<std::remove_cvref_t<Range>, Batch>) && detail::StateRange<Range, State> &&
                (!detail::ContiguousStates<Range, State>)
    constexpr Batch(Range&& states, std::vector<State>&& gathered = {}) {
        for (auto&& state : states) gathered.push_back(std::forward<decltype(state)>(state));
        states_ = gathered;
    }

    constexpr operator std::span<State const>() const noexcept { return states_; }
    [[nodiscard]] constexpr std::span<State const> states() const noexcept { return states_; }

private:
    std::span<State const> states_;
};

} // namespace presence_router::inline v0
