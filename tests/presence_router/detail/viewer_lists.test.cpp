// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/viewer_lists.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

using Lists = presence_router::detail::ViewerLists<std::allocator<std::byte>>;

namespace {

std::vector<std::uint32_t> list(Lists const& lists, std::uint32_t state) {
    std::vector<std::uint32_t> result;
    lists.for_each(state, [&](std::uint32_t viewer) { result.push_back(viewer); });
    std::sort(result.begin(), result.end());
    return result;
}

TEST_CASE("viewers are listed by state, in several runs", "[viewer_lists]") {
    Lists lists;
    lists.assign(3);
    lists.open(1);
    lists.add(7);
    lists.add(8);
    lists.open(0);
    lists.add(7);
    lists.open(1);
    lists.add(7);
    lists.open(1); // which is open already
    lists.open(5); // a new one
    lists.add(9);
    lists.close();
    CHECK(lists.size() == 6);
    CHECK(list(lists, 0) == std::vector<std::uint32_t>{7});
    CHECK(list(lists, 1) == std::vector<std::uint32_t>{7, 7, 8});
    CHECK(list(lists, 2).empty());
    CHECK(list(lists, 5) == std::vector<std::uint32_t>{9});
    CHECK(lists.last_opened(2) == lists.none);
    CHECK(lists.last_opened(0) < lists.last_opened(1));
    CHECK(lists.last_opened(1) < lists.last_opened(5));

    lists.assign(1);
    lists.close();
    CHECK(lists.size() == 1);
    CHECK(list(lists, 0).empty());
}

TEST_CASE("lists of any length, over many blocks and fillings", "[viewer_lists]") {
    std::mt19937 random{3};
    Lists lists;
    for (unsigned const words : {1'000U, 1'023U, 1'024U, 1'025U, 66'000U, 300'000U, 10U}) {
        std::vector<std::vector<std::uint32_t>> expected(9);
        lists.assign(expected.size());
        for (std::size_t written = 0; written < words;) {
            auto const state = static_cast<std::uint32_t>(random() % expected.size());
            std::size_t const run = random() % 5 == 0 ? random() % 3'000 : random() % 3;
            lists.open(state);
            for (std::size_t at = 0; at < run; ++at) {
                auto const viewer = static_cast<std::uint32_t>(random() % 50'000);
                lists.add(viewer);
                expected[state].push_back(viewer);
            }
            written += run + 1;
        }
        lists.close();
        for (std::uint32_t state = 0; state < expected.size(); ++state) {
            std::sort(expected[state].begin(), expected[state].end());
            CHECK(list(lists, state) == expected[state]);
        }
    }
}

} // namespace
