// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/number_set.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <random>
#include <set>

using presence_router::detail::NumberSet;

namespace {

constexpr void insert(NumberSet& set, std::uint32_t value) {
    set.reserve_one();
    set.insert(value);
}

constexpr bool holds_what_was_put_into_it(std::uint32_t count) {
    NumberSet set;
    for (std::uint32_t value = 0; value < count; ++value) {
        if (set.contains(value) || set.erase(value)) return false;
        insert(set, value);
        if (!set.contains(value) || set.size() != value + 1) return false;
    }
    for (std::uint32_t value = 0; value < count; value += 2)
        if (!set.erase(value) || set.erase(value)) return false;
    for (std::uint32_t value = 0; value < count; ++value)
        if (set.contains(value) != (value % 2 == 1)) return false;
    for (std::uint32_t value = 0; value < count; value += 2) insert(set, value);
    for (std::uint32_t value = count; value-- > 0;)
        if (!set.erase(value)) return false;
    return set.empty();
}
static_assert(holds_what_was_put_into_it(5));
static_assert(holds_what_was_put_into_it(70), "more than are looked through");

TEST_CASE("a set of numbers holds what was put into it, few or many", "[number_set]") {
    for (std::uint32_t const count : {0U, 1U, 2U, 63U, 64U, 65U, 66U, 1000U}) {
        CAPTURE(count);
        CHECK(holds_what_was_put_into_it(count));
    }
}

TEST_CASE("room that is made may stay unused", "[number_set]") {
    NumberSet set;
    for (std::uint32_t value = 0; value < 200; ++value) {
        set.reserve_one();
        set.reserve_one();
        insert(set, value);
    }
    CHECK(set.size() == 200);
    CHECK(set.contains(199));
}

TEST_CASE("a set of numbers of any history is a set", "[number_set]") {
    std::mt19937 random{11};
    NumberSet set;
    std::set<std::uint32_t> expected;
    std::size_t mistakes = 0;
    for (int step = 0; step < 40'000; ++step) {
        auto const value =
            static_cast<std::uint32_t>(random() % 130); // about half are in it: around the limit of 64
        mistakes += set.contains(value) != expected.contains(value);
        if (set.erase(value)) {
            mistakes += expected.erase(value) != 1;
        } else {
            insert(set, value);
            mistakes += !expected.insert(value).second;
        }
    }
    CHECK(mistakes == 0);
    CHECK(std::set<std::uint32_t>(set.values().begin(), set.values().end()) == expected);
    CHECK(set.size() == expected.size());
}

} // namespace
