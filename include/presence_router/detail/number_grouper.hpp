// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/groups.hpp>
#include <presence_router/detail/numbering.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Gathers numbers by key; keys are in the order of their first coming.
template <class Key>
class NumberGrouper {
public:
    void add(Key const& key, std::uint32_t number) { pairs_.emplace_back(keys_.assign(key), number); }

    template <class Numbers>
    void add_all(Key const& key, Numbers const& numbers) {
        std::uint32_t const group = keys_.assign(key);
        for (std::uint32_t const number : numbers) pairs_.emplace_back(group, number);
    }

    [[nodiscard]] Groups groups() const { return Groups::of(pairs_, keys_.size()); }
    [[nodiscard]] Numbering<Key> const& keys() const noexcept { return keys_; }
    [[nodiscard]] Numbering<Key> take_keys() && noexcept { return std::move(keys_); }

private:
    Numbering<Key> keys_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_; // of a key and a number
};

} // namespace presence_router::inline v0::detail
