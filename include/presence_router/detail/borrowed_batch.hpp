// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>

#include <concepts>
#include <memory>
#include <ranges>
#include <span>
#include <type_traits>

namespace presence_router::inline v0::detail {

/// States that lie in a row, and one state, which are still there when the call is over.
template <class B, class State>
concept BorrowableBatch = (std::is_lvalue_reference_v<B> && std::same_as<std::remove_cvref_t<B>, State>) ||
                          (ContiguousStates<B, State> && std::ranges::borrowed_range<B>); // an lvalue is one

/// Refuses at compile time a batch that would dangle, with the one sentence that tells what to do.
template <class B, class State>
consteval bool check_borrowed_batch() {
    constexpr bool fits = BorrowableBatch<B, State>;
    static_assert(
        fits, "presence_router: a delivery plan borrows its batch, so the batch has to be there as long as "
              "the plan is used: pass a variable whose states lie in a row (a vector or an array of "
              "state_type), a std::span, or one state, and nothing temporary.");
    return fits;
}

/// Of a `batch` that is a BorrowableBatch, as it came.
template <class State, class B>
constexpr std::span<State const> borrowed_states(B& batch) noexcept {
    if constexpr (std::same_as<std::remove_cvref_t<B>, State>) return {std::addressof(batch), 1};
    else return {std::ranges::data(batch), std::ranges::size(batch)};
}

} // namespace presence_router::inline v0::detail
