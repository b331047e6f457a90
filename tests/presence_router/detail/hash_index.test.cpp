// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/hash_index.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <unordered_map>
#include <vector>

using presence_router::detail::HashIndex;

namespace {

// Numbers 0, 1, 2 ... found by the hash that `hash` gives them.
template <class Hash>
constexpr bool works_with(Hash hash, std::uint32_t count) {
    HashIndex index;
    auto const found = [&](std::uint32_t wanted) {
        return index.find(hash(wanted), [&](std::uint32_t number) { return number == wanted; }) == wanted;
    };
    for (std::uint32_t number = 0; number < count; ++number) {
        if (found(number)) return false;
        index.reserve_one();
        index.insert(hash(number), number);
    }
    for (std::uint32_t number = 0; number < count; ++number)
        if (!found(number)) return false;
    for (std::uint32_t number = 0; number < count; number += 3) index.erase(hash(number), number);
    for (std::uint32_t number = 0; number < count; ++number)
        if (found(number) != (number % 3 != 0)) return false;
    for (std::uint32_t number = 0; number < count; number += 3) {
        index.reserve_one();
        index.insert(hash(number), number);
    }
    for (std::uint32_t number = count; number-- > 0;) {
        if (!found(number)) return false;
        index.erase(hash(number), number);
        if (found(number)) return false;
    }
    return true;
}

constexpr std::size_t itself(std::uint32_t number) { return number; }
constexpr std::size_t colliding(std::uint32_t) { return 42; }
constexpr std::size_t in_the_high_bits(std::uint32_t number) {
    return static_cast<std::size_t>(number) << (std::numeric_limits<std::size_t>::digits - 16);
}
constexpr std::size_t all_bits(std::uint32_t number) { return ~static_cast<std::size_t>(number); }

static_assert(works_with(itself, 40));
static_assert(works_with(colliding, 20));
static_assert(works_with(in_the_high_bits, 30));
static_assert(works_with(all_bits, 30));

TEST_CASE("numbers are found by any hash", "[hash_index]") {
    CHECK(works_with(itself, 20'000));
    CHECK(works_with(colliding, 500));
    CHECK(works_with(in_the_high_bits, 20'000));
    CHECK(works_with(all_bits, 20'000));
}

TEST_CASE("an index nothing was put into finds nothing", "[hash_index]") {
    HashIndex const index;
    CHECK(index.find(1, [](std::uint32_t) { return true; }) == HashIndex::none);
}

TEST_CASE("numbers under one hash are told apart by what they stand for", "[hash_index]") {
    HashIndex index;
    for (std::uint32_t const number : {5U, 6U}) {
        index.reserve_one();
        index.insert(1, number);
    }
    index.erase(1, 5);
    CHECK(index.find(1, [](std::uint32_t number) { return number == 6; }) == 6);
    CHECK(index.find(1, [](std::uint32_t number) { return number == 5; }) == HashIndex::none);
    CHECK(index.find(2, [](std::uint32_t) { return true; }) == HashIndex::none);
}

TEST_CASE("an index of any history finds what is in it", "[hash_index]") {
    std::mt19937 random{7};
    HashIndex index;
    std::unordered_map<std::uint32_t, std::size_t> expected;
    std::size_t mistakes = 0;
    for (int step = 0; step < 40'000; ++step) {
        auto const number = static_cast<std::uint32_t>(random() % 300);
        std::size_t const hash = number % 40; // long runs
        auto const same = [&](std::uint32_t other) { return other == number; };
        bool const known = expected.count(number) == 1;
        mistakes += (index.find(hash, same) == number) != known;
        if (known) {
            index.erase(hash, number);
            expected.erase(number);
        } else {
            index.reserve_one();
            index.insert(hash, number);
            expected.emplace(number, hash);
        }
    }
    for (auto const& [number, hash] : expected)
        mistakes +=
            index.find(hash, [wanted = number](std::uint32_t other) { return other == wanted; }) != number;
    CHECK(mistakes == 0);
}

TEST_CASE("an index that is cleared keeps its memory and finds nothing", "[hash_index]") {
    HashIndex index;
    for (std::uint32_t number = 0; number < 1000; ++number) {
        index.reserve_one();
        index.insert(number, number);
    }
    std::size_t const capacity = index.capacity();
    index.clear();
    CHECK(index.capacity() == capacity);
    CHECK(index.find(7, [](std::uint32_t) { return true; }) == HashIndex::none);
    index.reserve_one();
    index.insert(7, 3);
    CHECK(index.find(7, [](std::uint32_t number) { return number == 3; }) == 3);
}

} // namespace
