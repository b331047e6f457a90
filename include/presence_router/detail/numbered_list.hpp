// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/place_iterator.hpp>

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <utility>

namespace presence_router::inline v0::detail {

/// A random access range of what `values[number]` gives for each of some numbers; `Values` is cheap to copy.
template <class Values>
class NumberedList : public std::ranges::view_interface<NumberedList<Values>> {
    struct Source {
        decltype(auto) operator[](std::size_t place) const noexcept { return values[numbers[place]]; }
        Values values{};
        std::uint32_t const* numbers = nullptr;
    };

public:
    using iterator = PlaceIterator<Source>;

    NumberedList() = default;
    NumberedList(Values values, std::span<std::uint32_t const> numbers) noexcept
        : source_{values, numbers.data()}, size_{numbers.size()} {}

    [[nodiscard]] iterator begin() const noexcept { return {source_, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {source_, size_}; }
    // What view_interface makes of a difference is signed in some libraries.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] decltype(auto) operator[](std::size_t place) const noexcept { return source_[place]; }

private:
    Source source_{};
    std::size_t size_ = 0;
};

} // namespace presence_router::inline v0::detail

template <class Values>
inline constexpr bool std::ranges::enable_borrowed_range<presence_router::detail::NumberedList<Values>> =
    true;
