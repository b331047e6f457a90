// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/input_range.hpp>

#include <concepts>
#include <iterator>
#include <memory>
#include <optional>
#include <range/v3/range/concepts.hpp>
#include <ranges>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

/// Holds what a function answered with: the range itself, or a pointer if the answer refers to one.
template <class Answer>
class HeldRange {
public:
    using type = std::remove_cvref_t<Answer>;
    explicit HeldRange(Answer&& answer) : range_(std::forward<Answer>(answer)) {}
    type& get() noexcept { return range_; }

private:
    type range_;
};

template <class Range>
class HeldRange<Range&> {
public:
    using type = Range;
    explicit HeldRange(Range& range) noexcept : range_{std::addressof(range)} {}
    Range& get() noexcept { return *range_; }

private:
    Range* range_;
};

template <class Range>
concept MultiPass = ranges::forward_range<Range> || std::ranges::forward_range<Range>;

/// Do the elements stay where they are as long as the range does, as `T`s?
template <class Range, class T>
concept RangeOfPlaces = MultiPass<Range> && std::is_lvalue_reference_v<reference_t<Range>> &&
                        std::convertible_to<std::add_pointer_t<reference_t<Range>>, T const*>;

} // namespace presence_router::inline v0::detail
