// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/sort_by_key.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

using presence_router::detail::Keyed;
using presence_router::detail::sort_by_key;

namespace {

/// Sorts keys that differ in the bits of `mask`; each number is a function of its key, so it has to stay beside it.
bool sorts(std::size_t size, std::uint64_t mask, std::vector<Keyed>& scratch) {
    std::mt19937_64 random{size};
    std::vector<Keyed> values;
    std::vector<std::uint64_t> keys;
    for (std::size_t at = 0; at < size; ++at) {
        std::uint64_t const key = (random() & mask) | 0x0100'0000'0000'0001;
        values.push_back({key, static_cast<std::uint32_t>(key % 1'000'003)});
        keys.push_back(key);
    }
    sort_by_key(values, scratch);
    std::sort(keys.begin(), keys.end());
    return std::equal(values.begin(), values.end(), keys.begin(), keys.end(),
                      [](Keyed const& value, std::uint64_t key) {
                          return value.key == key && value.number == key % 1'000'003;
                      });
}

} // namespace

TEST_CASE("sort_by_key sorts, whichever bytes the keys differ in", "[sort_by_key]") {
    std::vector<Keyed> scratch;
    for (std::size_t const size : {0U, 1U, 2U, 300U, 5'000U, 10U})
        for (std::uint64_t const mask :
             {0ULL, ~0ULL, 0xFFULL, 0xFFULL << 56, 0xFF00'00FF'0000ULL, 0x8080'8080'8080'8080ULL}) {
            CAPTURE(size, mask);
            CHECK(sorts(size, mask, scratch));
        }
}
