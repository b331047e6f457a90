// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/numbering.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace only {

struct Less {
    int value = 0;
    friend bool operator<(Less a, Less b) { return a.value < b.value; }
};
struct Equal { // such a type has come with a set of its own
    int value = 0;
    friend constexpr bool operator==(Equal, Equal) = default;
};

} // namespace only

using presence_router::detail::Numbering;

namespace {

template <class T, class Make>
void check_numbering(Make make) {
    Numbering<T> numbers;
    CHECK(numbers.find(make(1)) == Numbering<T>::none);
    CHECK(numbers.assign(make(5)) == 0);
    CHECK(numbers.assign(make(3)) == 1);
    CHECK(numbers.assign(make(5)) == 0);
    for (int value = 10; value < 200; ++value)
        CHECK(numbers.assign(make(value)) == static_cast<std::uint32_t>(value - 8));
    CHECK(numbers.size() == 192);
    CHECK(numbers.find(make(3)) == 1);
    CHECK(numbers.find(make(199)) == 191);
    CHECK(numbers.find(make(4)) == Numbering<T>::none);

    Numbering<T> copy = numbers;
    CHECK(copy.assign(make(4)) == 192);
    CHECK(numbers.find(make(4)) == Numbering<T>::none);

    std::vector<T> const values = std::move(numbers).take();
    CHECK(values.size() == 192);
}

TEST_CASE("values are numbered in the order of their first coming", "[numbering]") {
    check_numbering<int>([](int value) { return value; });
    check_numbering<std::string>([](int value) { return std::to_string(value); });
    check_numbering<only::Less>([](int value) { return only::Less{value}; });
    check_numbering<only::Equal>([](int value) { return only::Equal{value}; });

    Numbering<std::string> numbers;
    for (char const* const word : {"b", "a", "b", "c"}) numbers.assign(word);
    CHECK(numbers.values() == std::vector<std::string>{"b", "a", "c"});
}

template <class T, class Make>
void check_forgetting(Make make) {
    Numbering<T> numbers;
    for (int round = 0; round < 3; ++round) { // many, then few in the memory of many
        for (int const count : {400, 3, 0, 40}) {
            for (int value = 0; value < count; ++value)
                CHECK(numbers.assign(make(value * 7)) == static_cast<std::uint32_t>(value));
            CHECK(numbers.find(make(7 * count)) == Numbering<T>::none);
            numbers.clear();
            CHECK(numbers.size() == 0);
            for (int value = 0; value < count; ++value)
                CHECK(numbers.find(make(value * 7)) == Numbering<T>::none);
        }
    }
}

TEST_CASE("a numbering forgets all, and can be used again", "[numbering]") {
    check_forgetting<std::uint64_t>([](int value) { return static_cast<std::uint64_t>(value); });
    check_forgetting<std::string>([](int value) { return std::to_string(value); });
    check_forgetting<only::Less>([](int value) { return only::Less{value}; });
    check_forgetting<only::Equal>([](int value) { return only::Equal{value}; });
}

} // namespace
