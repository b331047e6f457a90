// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/value_index.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace presence_router::inline v0::detail {

/// Distinct values in the order of their first coming, each with its place as number. A custom set of its
/// own, because a vector is what is wanted in the end.
/// Complexity: constant on average for values with a hash, else logarithmic.
template <class T>
class Numbering {
public:
    static constexpr std::uint32_t none = ValueIndex<T>::none;

    /// The number of `value`, or `none`.
    constexpr std::uint32_t find(T const& value) const {
        return index_.find(value, [this](std::uint32_t number) -> T const& { return values_[number]; });
    }

    /// The number of `value`, a new one if it has none. Strong guarantee.
    constexpr std::uint32_t assign(T const& value) {
        if (std::uint32_t const known = find(value); known != none) return known;
        auto const number = static_cast<std::uint32_t>(values_.size());
        values_.push_back(value);
        struct Undo { // without try, which -fno-exceptions refuses
            std::vector<T>* values;
            constexpr ~Undo() {
                if (values) values->pop_back();
            }
        } undo{&values_};
        index_.insert(value, number);
        undo.values = nullptr;
        return number;
    }

    constexpr std::size_t size() const noexcept { return values_.size(); }
    constexpr std::vector<T> const& values() const noexcept { return values_; }
    constexpr std::vector<T> take() && noexcept { return static_cast<std::vector<T>&&>(values_); }

private:
    std::vector<T> values_;
    ValueIndex<T> index_;
};

} // namespace presence_router::inline v0::detail
