// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <range/v3/range/concepts.hpp>
#include <ranges>

namespace presence_router::inline v0::detail {

/// An input range in the sense of range-v3 or of the standard library: its lazy views are not all ranges in
/// the other's, as range-v3 wants iterators that can be copied, and the standard's may be move-only.
template <class Range>
concept InputRange = ranges::input_range<Range> || std::ranges::input_range<Range>;

template <class Range>
struct ReferenceOf {
    using type = std::ranges::range_reference_t<Range>;
};
template <ranges::input_range Range>
struct ReferenceOf<Range> {
    using type = ranges::range_reference_t<Range>;
};

/// What reading an element of the range gives.
template <InputRange Range>
using reference_t = typename ReferenceOf<Range>::type;

} // namespace presence_router::inline v0::detail
