// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <concepts>
#include <limits>

namespace presence_router::inline v0::detail {

/// What of `to - from` its type can hold: the nearest it has for a difference that would overflow.
template <std::integral Number>
[[nodiscard]] constexpr Number elapsed(Number from, Number to) noexcept {
    using Limits = std::numeric_limits<Number>;
    Number const zero{};
    if (from < zero && to > (Limits::max)() + from) return (Limits::max)();
    if (from > zero && to < (Limits::min)() + from) return (Limits::min)();
    return static_cast<Number>(to - from);
}

template <std::floating_point Number>
[[nodiscard]] constexpr Number elapsed(Number from, Number to) noexcept {
    return to - from;
}

template <class Clock, class Duration>
[[nodiscard]] constexpr Duration elapsed(std::chrono::time_point<Clock, Duration> from,
                                         std::chrono::time_point<Clock, Duration> to) noexcept {
    return Duration{elapsed(from.time_since_epoch().count(), to.time_since_epoch().count())};
}

/// What a difference of two of these times is.
template <class Time>
using elapsed_t = decltype(detail::elapsed(Time{}, Time{}));

} // namespace presence_router::inline v0::detail
