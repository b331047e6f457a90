// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/borrowed_batch.hpp>

#include <concepts>
#include <initializer_list>
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
    template <class B>
        requires(!std::same_as<std::remove_cvref_t<B>, BorrowedBatch>) && detail::BorrowableBatch<B, State>
    constexpr BorrowedBatch(B&& states) noexcept : states_{detail::borrowed_states<State>(states)} {}

    // A temporary would be gone.
    template <class Range>
        requires detail::ContiguousStates<Range, State> && (!detail::BorrowableBatch<Range, State>)
    BorrowedBatch(Range&& states) = delete;
    BorrowedBatch(State const&& state) = delete;
    BorrowedBatch(std::initializer_list<State> states) = delete;

    constexpr operator std::span<State const>() const noexcept { return states_; }
    [[nodiscard]] constexpr std::span<State const> states() const noexcept { return states_; }

private:
    std::span<State const> states_;
};

} // namespace presence_router::inline v0
