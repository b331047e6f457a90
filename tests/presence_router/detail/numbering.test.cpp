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

} // namespace
