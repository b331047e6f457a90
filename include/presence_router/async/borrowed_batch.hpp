// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>

#include <concepts>
#include <initializer_list>
#include <memory>
#include <ranges>
#include <span>
#include <type_traits>

namespace presence_router::inline v0 {

/// The updates that a push question to a waiting router is about: a parameter type. It borrows states that
/// lie in a row, or one state. A range that is temporary does not convert to it, since the question outlives
/// the call; nor does one that would have to be gathered: gather it where it lives until the answer is there.
/// Lifetime: the states live, and stay in their place, until the awaitable of the question is done or gone.
template <class State>
class BorrowedBatch {
public:
    constexpr BorrowedBatch(std::span<State const> states) noexcept : states_{states} {}

    constexpr BorrowedBatch(State const& state) noexcept : states_{std::addressof(state), 1} {}
    BorrowedBatch(State const&& state) = delete; // a temporary would be gone
    BorrowedBatch(std::initializer_list<State> states) = delete;

    template <class Range>
        requires(!std::same_as<std::remove_cvref_t<Range>, BorrowedBatch>) &&
                detail::ContiguousStates<Range, State> && std::ranges::borrowed_range<Range>
    constexpr BorrowedBatch(Range&& states) noexcept(noexcept(std::ranges::data(states)))
        : states_{std::ranges::data(states), std::ranges::size(states)} {}

    template <class Range>
        requires(!std::same_as<std::remove_cvref_t<Range>, BorrowedBatch>) &&
                    detail::ContiguousStates<Range, State> && (!std::ranges::borrowed_range<Range>)
    BorrowedBatch(Range&& states) = delete; // a temporary would be gone

    constexpr operator std::span<State const>() const noexcept { return states_; }
    [[nodiscard]] constexpr std::span<State const> states() const noexcept { return states_; }

private:
    std::span<State const> states_;
};

} // namespace presence_router::inline v0
