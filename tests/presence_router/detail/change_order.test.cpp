// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/change_order.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <ranges>
#include <type_traits>
#include <vector>

using presence_router::detail::ChangeOrder;

namespace {

using Numbers = std::vector<std::uint32_t>;
using Since = decltype(std::declval<ChangeOrder const&>().since(0));

static_assert(std::ranges::forward_range<Since> && std::ranges::view<Since>);
static_assert(std::is_nothrow_move_constructible_v<ChangeOrder>);

Numbers since(ChangeOrder const& order, ChangeOrder::Time time) {
    Numbers numbers;
    for (std::uint32_t const number : order.since(time)) numbers.push_back(number);
    return numbers;
}

TEST_CASE("numbers stand in the order of their last change, each once", "[change_order]") {
    ChangeOrder order;
    CHECK(since(order, 0).empty());
    order.make_room(3);
    CHECK(since(order, 0).empty());
    order.touch(0, 1);
    order.touch(1, 2);
    order.touch(2, 5);
    CHECK(since(order, 0) == Numbers{2, 1, 0});
    CHECK(since(order, 1) == Numbers{2, 1});
    CHECK(since(order, 2) == Numbers{2});
    CHECK(since(order, 4) == Numbers{2});
    CHECK(since(order, 5).empty());
    CHECK(since(order, 99).empty());
    order.touch(0, 6); // the oldest
    CHECK(since(order, 0) == Numbers{0, 2, 1});
    order.touch(0, 7); // the newest
    CHECK(since(order, 0) == Numbers{0, 2, 1});
    order.touch(2, 8); // one between
    CHECK(since(order, 0) == Numbers{2, 0, 1});
    CHECK(since(order, 7) == Numbers{2});
}

TEST_CASE("a copy of a change order goes its own way", "[change_order]") {
    ChangeOrder order;
    order.make_room(2);
    order.touch(0, 1);
    ChangeOrder copy = order;
    copy.touch(1, 2);
    CHECK(since(order, 0) == Numbers{0});
    CHECK(since(copy, 0) == Numbers{1, 0});
}

TEST_CASE("a change order is one by times, whatever is touched", "[change_order]") {
    std::mt19937 random{7};
    constexpr std::uint32_t size = 20;
    for (int round = 0; round < 50; ++round) {
        ChangeOrder order;
        order.make_room(size);
        std::vector<ChangeOrder::Time> changed(size);
        ChangeOrder::Time now = 0;
        for (int step = 0; step < 60; ++step) {
            auto const number = static_cast<std::uint32_t>(random() % size);
            now += 1 + random() % 3;
            order.touch(number, now);
            changed[number] = now;
            ChangeOrder::Time const asked = random() % (now + 2);
            Numbers expected;
            for (std::uint32_t other = 0; other < size; ++other)
                if (changed[other] > asked) expected.push_back(other);
            std::sort(expected.begin(), expected.end(),
                      [&](auto a, auto b) { return changed[a] > changed[b]; });
            REQUIRE(since(order, asked) == expected);
        }
    }
}

} // namespace
