// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/leading_text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace presence_router::inline v0::detail {

/// The 8 bytes of `text` from `begin`, as a number of the same order; what lies behind its end counts as 0.
constexpr std::uint64_t key_of(std::string_view text, std::size_t begin) noexcept {
    std::uint64_t key = 0;
    if (text.size() >= begin + 8) { // without a branch in the loop it is one load
        for (std::size_t at = begin; at < begin + 8; ++at)
            key = key << 8 | static_cast<unsigned char>(text[at]);
    } else {
        for (std::size_t at = begin; at < begin + 8; ++at)
            key = key << 8 | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0U);
    }
    return key;
}

/// Sorts `numbers` by the values that `at(number)` gives. Values that begin with a text are sorted by a piece
/// of it first, kept beside the number: a comparison then seldom has to fetch the two texts, which lie
/// anywhere.
template <class T, class At>
void sort_by_value(std::vector<std::uint32_t>& numbers, At at) {
    if constexpr (HasLeadingText<T>) {
        if (numbers.empty()) return;
        std::string_view common = leading_text(at(numbers.front()));
        for (std::uint32_t const number : numbers) {
            std::string_view const text = leading_text(at(number));
            common = common.substr(
                0, static_cast<std::size_t>(
                       std::mismatch(common.begin(), common.end(), text.begin(), text.end()).first -
                       common.begin()));
        }
        struct Keyed {
            std::uint64_t key;
            std::uint32_t number;
        };
        std::vector<Keyed> keyed;
        keyed.reserve(numbers.size());
        for (std::uint32_t const number : numbers)
            keyed.push_back({key_of(leading_text(at(number)), common.size()), number});
        std::sort(keyed.begin(), keyed.end(), [&](Keyed const& a, Keyed const& b) {
            return a.key != b.key ? a.key < b.key : at(a.number) < at(b.number);
        });
        std::transform(keyed.begin(), keyed.end(), numbers.begin(),
                       [](Keyed const& sorted) { return sorted.number; });
    } else {
        std::sort(numbers.begin(), numbers.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return at(a) < at(b); });
    }
}

} // namespace presence_router::inline v0::detail
