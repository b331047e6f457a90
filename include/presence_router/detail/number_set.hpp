// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/hash_index.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// A set of numbers that lie in a row. Few are found by looking through them, which takes no memory beside
/// them; more than `scanned` by an index of their places. Complexity: constant on average. The order is
/// arbitrary, and changes when a number is erased.
class NumberSet {
public:
    [[nodiscard]] constexpr std::vector<std::uint32_t> const& values() const noexcept { return values_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return values_.size(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return values_.empty(); }

    [[nodiscard]] constexpr bool contains(std::uint32_t value) const noexcept {
        return place_of(value) != none;
    }

    /// Makes room for one more number; `insert` then cannot fail.
    constexpr void reserve_one() {
        // Growing by half and not by two: millions of these sets are the memory of a route table.
        if (values_.size() == values_.capacity())
            values_.reserve((std::max)(std::size_t{2}, values_.size() * 3 / 2));
        if (values_.size() == scanned && !indexed_) {
            HashIndex places; // an index half made must not stay
            for (std::uint32_t place = 0; place < values_.size(); ++place) {
                places.reserve_one();
                places.insert(values_[place], place);
            }
            places_ = std::move(places);
            indexed_ = true;
        }
        if (indexed_) places_.reserve_one();
    }

    /// Requires: room for it; `value` is not there.
    constexpr void insert(std::uint32_t value) noexcept {
        if (indexed_) places_.insert(value, static_cast<std::uint32_t>(values_.size()));
        values_.push_back(value);
    }

    /// Whether `value` was there.
    constexpr bool erase(std::uint32_t value) noexcept {
        std::uint32_t const place = place_of(value);
        if (place == none) return false;
        auto const last = static_cast<std::uint32_t>(values_.size() - 1);
        if (indexed_) {
            places_.erase(value, place);
            if (place != last) {
                places_.erase(values_[last], last);
                places_.insert(values_[last], place);
            }
        }
        values_[place] = values_[last];
        values_.pop_back();
        return true;
    }

private:
    static constexpr std::uint32_t none = HashIndex::none;
    static constexpr std::size_t scanned = 64;

    constexpr std::uint32_t place_of(std::uint32_t value) const noexcept {
        if (indexed_)
            return places_.find(value, [&](std::uint32_t place) { return values_[place] == value; });
        auto const found = std::find(values_.begin(), values_.end(), value);
        return found == values_.end() ? none : static_cast<std::uint32_t>(found - values_.begin());
    }

    std::vector<std::uint32_t> values_;
    HashIndex places_; // value -> its place in values_
    bool indexed_ = false;
};

} // namespace presence_router::inline v0::detail
