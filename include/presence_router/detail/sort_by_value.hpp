// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/leading_text.hpp>
#include <presence_router/detail/sort_by_key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace presence_router::inline v0::detail {

/// The 8 bytes of `text` from `begin`, as a number of the same order; what lies
/// behind its end counts as 0.
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

/// Sorts numbers by the values that `at(number)` gives, which begin with a
/// text. A piece of it is kept beside the number: a comparison then seldom has
/// to fetch the two texts, which lie anywhere. Many are sorted by that piece
/// without comparisons, and those that agree in it by the next piece.
template <class T, class At>
class TextSorter {
public:
    explicit TextSorter(At const& at) : at_{at} {}

    /// Requires: the texts agree in their first `agreed` bytes, and have them.
    void sort(std::span<Keyed> numbers, std::size_t agreed) {
        if (numbers.size() < 2) return;
        std::size_t const begin = agreed + common_prefix(numbers, agreed);
        for (Keyed& numbered : numbers) numbered.key = key_of(text_of(numbered), begin);
        if (numbers.size() < many) {
            std::sort(numbers.begin(), numbers.end(), [this](Keyed const& a, Keyed const& b) {
                return a.key != b.key ? a.key < b.key : at_(a.number) < at_(b.number);
            });
            return;
        }
        sort_by_key(numbers, scratch_);
        for (auto run = numbers.begin(); run != numbers.end();) {
            auto const end =
                std::find_if(run, numbers.end(), [&](Keyed const& other) { return other.key != run->key; });
            sort_alike(std::span(run, end), begin + 8);
            run = end;
        }
    }

private:
    static constexpr std::size_t many = 1024; // from which on counting costs less than comparing

    /// Of texts that agree in `agreed` bytes, where zeros count as following one
    /// that ends before.
    void sort_alike(std::span<Keyed> numbers, std::size_t agreed) {
        if (numbers.size() < 2) return;
        if (std::all_of(numbers.begin(), numbers.end(),
                        [&](Keyed const& numbered) { return text_of(numbered).size() >= agreed; }))
            sort(numbers, agreed);
        else
            std::sort(numbers.begin(), numbers.end(),
                      [this](Keyed const& a, Keyed const& b) { return at_(a.number) < at_(b.number); });
    }

    /// How many bytes more than `agreed` all texts have in common.
    std::size_t common_prefix(std::span<Keyed const> numbers, std::size_t agreed) const {
        std::string_view common = text_of(numbers.front()).substr(agreed);
        for (Keyed const& numbered : numbers) {
            std::string_view const text = text_of(numbered).substr(agreed);
            auto const end = std::mismatch(common.begin(), common.end(), text.begin(), text.end()).first;
            common = common.substr(0, static_cast<std::size_t>(end - common.begin()));
        }
        return common.size();
    }

    std::string_view text_of(Keyed const& numbered) const { return leading_text(at_(numbered.number)); }

    At const& at_;
    std::vector<Keyed> scratch_;
};

/// Sorts `numbers` by the values that `at(number)` gives.
template <class T, class At>
void sort_by_value(std::vector<std::uint32_t>& numbers, At at) {
    if constexpr (HasLeadingText<T>) {
        std::vector<Keyed> keyed;
        keyed.reserve(numbers.size());
        for (std::uint32_t const number : numbers) keyed.push_back({0, number});
        TextSorter<T, At>{at}.sort(keyed, 0);
        std::transform(keyed.begin(), keyed.end(), numbers.begin(),
                       [](Keyed const& sorted) { return sorted.number; });
    } else {
        std::sort(numbers.begin(), numbers.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return at(a) < at(b); });
    }
}

} // namespace presence_router::inline v0::detail
