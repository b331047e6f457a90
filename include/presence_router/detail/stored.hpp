// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

/// A value without state that can be made from nothing: it is made anew where it is used, and takes no room.
/// [[no_unique_address]] alone would give two of one type two addresses.
template <class T>
inline constexpr bool made_anew =
    std::is_empty_v<T> && std::is_trivially_default_constructible_v<T> && std::is_trivially_copyable_v<T>;

/// Base that holds a part of a chain or an adaptor; `At` keeps two parts of one type apart.
template <std::size_t At, class T>
class Stored {
public:
    Stored() = default;
    constexpr explicit Stored(T&& value) : value_(std::move(value)) {}
    constexpr T const& get() const noexcept { return value_; }

private:
    T value_;
};

template <std::size_t At, class T>
    requires made_anew<T>
class Stored<At, T> {
public:
    Stored() = default;
    constexpr explicit Stored(T&&) noexcept {}
    static constexpr T get() noexcept { return T(); }
};

} // namespace presence_router::inline v0::detail
