// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace presence_router::inline v0::detail {

/// What points to a `T` or to nothing, such as a pointer or a std::optional.
template <class Answer, class T>
concept PointsTo = requires(Answer&& answer) {
    static_cast<bool>(answer);
    { *answer } -> std::convertible_to<T const&>;
};

} // namespace presence_router::inline v0::detail
