// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ranges>
#include <type_traits>

namespace presence_router::inline v0::detail {

/// Can going through the range not throw? Asked of the standard's ranges only, false for others.
template <class Range>
concept NothrowRange =
    std::ranges::range<Range> && std::is_nothrow_destructible_v<std::remove_reference_t<Range>> &&
    requires(Range& range, std::ranges::iterator_t<Range>& at, std::ranges::sentinel_t<Range> const& end) {
        { std::ranges::begin(range) } noexcept;
        { std::ranges::end(range) } noexcept;
        { at != end } noexcept;
        { ++at } noexcept;
        { *at } noexcept;
    };

} // namespace presence_router::inline v0::detail
