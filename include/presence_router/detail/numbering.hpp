// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/rebound.hpp>
#include <presence_router/detail/value_index.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace presence_router::inline v0::detail {

/// Distinct values in the order of their first coming, each with its place as number. A custom set of its
/// own, because a vector is what is wanted in the end.
/// Complexity: constant on average for values with a hash, else logarithmic.
template <class T, class Allocator = DefaultAllocator>
class Numbering {
public:
    static constexpr std::uint32_t none = ValueIndex<T>::none;

    Numbering() = default;
    constexpr explicit Numbering(Allocator const& allocator) : values_(allocator), index_{allocator} {}

    /// The number of `value`, or `none`.
    constexpr std::uint32_t find(T const& value) const { return index_.find(value, at()); }

    /// The number of `value`, a new one if it has none. Strong guarantee.
    constexpr std::uint32_t assign(T const& value) {
        if (std::uint32_t const known = find(value); known != none) return known;
        auto const number = static_cast<std::uint32_t>(values_.size());
        values_.push_back(value);
        struct Undo { // without try, which -fno-exceptions refuses
            vector_t<T, Allocator>* values;
            constexpr ~Undo() {
                if (values) values->pop_back();
            }
        } undo{&values_};
        index_.insert(value, number);
        undo.values = nullptr;
        return number;
    }

    /// Forgets all values, and keeps the memory.
    constexpr void clear() noexcept {
        constexpr bool may_point = std::is_class_v<T> && std::is_trivially_destructible_v<T>;
        if constexpr (may_point) index_.clear(); // to what is gone by now, so they must not be looked at
        else index_.clear(static_cast<std::uint32_t>(values_.size()), at());
        values_.clear();
    }

    constexpr std::size_t size() const noexcept { return values_.size(); }
    constexpr vector_t<T, Allocator> const& values() const noexcept { return values_; }
    constexpr vector_t<T, Allocator> take() && noexcept {
        return static_cast<vector_t<T, Allocator>&&>(values_);
    }

private:
    constexpr auto at() const noexcept {
        return [this](std::uint32_t number) -> T const& { return values_[number]; };
    }

    vector_t<T, Allocator> values_;
    ValueIndex<T, Allocator> index_;
};

} // namespace presence_router::inline v0::detail
