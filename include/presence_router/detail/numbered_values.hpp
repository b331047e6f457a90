// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <ranges>
#include <span>

namespace presence_router::inline v0::detail {

/// Reads from `values` by number.
template <class T>
struct ValueAt {
    T const* values;
    T const& operator()(std::uint32_t number) const noexcept { return values[number]; }
};

/// Those of an array of values that have one of these numbers, read when the range is gone through. A view.
template <class T>
class NumberedValues : public std::ranges::transform_view<std::span<std::uint32_t const>, ValueAt<T>> {
public:
    NumberedValues(T const* values, std::span<std::uint32_t const> numbers) noexcept
        : std::ranges::transform_view<std::span<std::uint32_t const>, ValueAt<T>>(numbers,
                                                                                  ValueAt<T>{values}),
          values_{values} {}

    [[nodiscard]] T const* values() const noexcept { return values_; }
    [[nodiscard]] std::span<std::uint32_t const> numbers() const noexcept { return this->base(); }

private:
    T const* values_;
};

/// Shows each of `users` to `sink`, with `more`, until it answers false, and tells whether it did not. A sink
/// that is dear to call may take them all at once.
template <class Sink, class Id, class... More>
constexpr bool show_each(Sink const& sink, NumberedValues<Id> const& users, More const&... more) {
    if constexpr (requires { sink.show_each(users, more...); }) {
        return sink.show_each(users, more...);
    } else {
        for (Id const& user : users)
            if (!sink(user, more...)) return false;
        return true;
    }
}

} // namespace presence_router::inline v0::detail
