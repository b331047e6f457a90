// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <utility>

namespace presence_router::inline v0::detail {

template <class T>
concept Ordered = requires(T const& a, T const& b) {
    { a < b } -> std::convertible_to<bool>;
};

template <class T>
concept Hashable = std::equality_comparable<T> && requires(T const& value) {
    { std::hash<T>{}(value) } -> std::convertible_to<std::size_t>;
};

template <class T>
inline constexpr bool nothrow_same_key = noexcept(std::declval<T const&>() < std::declval<T const&>());
template <std::equality_comparable T>
inline constexpr bool nothrow_same_key<T> = noexcept(std::declval<T const&>() == std::declval<T const&>());

/// Whether two values are one key of a set: `==` where there is one, else neither is less.
template <class T>
constexpr bool same_key(T const& a, T const& b) noexcept(nothrow_same_key<T>) {
    if constexpr (std::equality_comparable<T>) return a == b;
    else return !(a < b) && !(b < a);
}

} // namespace presence_router::inline v0::detail
