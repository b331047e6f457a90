// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/distinct.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

using namespace presence_router;

namespace {

template <std::size_t hashes>
struct Hashed { // some have one hash
    int number = 0;
    friend bool operator==(Hashed, Hashed) = default;
};

struct Less {
    int number = 0;
    friend bool operator<(Less a, Less b) { return a.number < b.number; }
};

struct Equal {
    int number = 0;
    friend bool operator==(Equal, Equal) = default;
};

} // namespace

template <std::size_t hashes>
struct std::hash<Hashed<hashes>> {
    std::size_t operator()(Hashed<hashes> value) const noexcept {
        return static_cast<std::size_t>(value.number) % hashes;
    }
};

namespace {

template <class T>
auto in_order(std::vector<T> const& values) {
    return [&values](auto const& use) {
        for (T const& value : values) use(value);
    };
}

/// What is shown of `repeats` times the numbers below `numbers`, sorted.
template <class T>
std::vector<int> shown(detail::Distinct<T>& distinct, int numbers, int repeats, std::size_t count) {
    std::vector<T> values;
    for (int repeat = 0; repeat < repeats; ++repeat)
        for (int number = 0; number < numbers; ++number)
            values.push_back(T{(number + 31 * repeat) % numbers});
    std::vector<int> result;
    CHECK(distinct.show(count, in_order(values), [&](T const& value) {
        result.push_back(value.number);
        return true;
    }));
    std::sort(result.begin(), result.end());
    return result;
}

std::vector<int> below(int numbers) {
    std::vector<int> result;
    for (int number = 0; number < numbers; ++number) result.push_back(number);
    return result;
}

template <class T>
void each_is_shown_once(std::vector<int> const& sizes) {
    detail::Distinct<T> distinct; // one for all: what is left of a time before must not show
    for (int const numbers : sizes)
        for (int const repeats : {1, 2, 5}) {
            CAPTURE(numbers, repeats);
            auto const exact = static_cast<std::size_t>(numbers * repeats);
            CHECK(shown(distinct, numbers, repeats, exact) == below(numbers));
            CHECK(shown(distinct, numbers, repeats, 0) == below(numbers)); // the count is only a hint
        }
}

} // namespace

TEST_CASE("each value is shown once, with a hash, with few, with none") {
    each_is_shown_once<Hashed<1'000'000>>({0, 1, 2, 700, 3, 5'000, 1'023, 1'025, 40'000, 10});
    each_is_shown_once<Hashed<3>>({0, 1, 2, 700, 3});
    each_is_shown_once<Hashed<1>>({0, 1, 300, 2});
    each_is_shown_once<Less>({0, 1, 2, 700, 3});
    each_is_shown_once<Equal>({0, 1, 2, 700, 3});
}

TEST_CASE("values whose hashes are the same are told apart over all buckets") {
    std::vector<std::string> values;
    for (int round = 0; round < 3; ++round)
        for (int number = 0; number < 20'000; ++number)
            values.push_back("a name of a user " + std::to_string(number));
    std::multiset<std::string> shown;
    detail::Distinct<std::string> distinct;
    distinct.show(values.size(), in_order(values), [&](std::string const& value) {
        shown.insert(value);
        return true;
    });
    CHECK(shown.size() == 20'000);
    CHECK(std::set(shown.begin(), shown.end()).size() == 20'000);
}

TEST_CASE("a value is shown where it is, the first or another of its equals") {
    std::vector<std::string> const values{"b", "a", "b"};
    detail::Distinct<std::string> distinct;
    distinct.show(3, in_order(values), [&](std::string const& value) {
        CHECK(std::any_of(values.begin(), values.end(),
                          [&](std::string const& own) { return &own == &value; }));
        return true;
    });
}

namespace {

template <class T>
void a_sink_ends_it() {
    std::vector<T> values;
    for (int number = 0; number < 3'000; ++number) values.push_back({number % 1'500});
    detail::Distinct<T> distinct;
    for (int const enough : {1, 2, 1'499, 1'500}) {
        int shown = 0;
        CHECK_FALSE(distinct.show(values.size(), in_order(values), [&](T) { return ++shown < enough; }));
        CHECK(shown == enough);
    }
    int shown = 0;
    CHECK(distinct.show(values.size(), in_order(values), [&](T) { return ++shown > 0; }));
    CHECK(shown == 1'500);
}

} // namespace

TEST_CASE("a sink that answers false is not called again, and show tells") {
    a_sink_ends_it<Hashed<1'000'000>>();
    a_sink_ends_it<Less>();
    a_sink_ends_it<Equal>();
}
