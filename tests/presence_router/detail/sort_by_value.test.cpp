// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/sort_by_value.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace presence_router;
using namespace std::string_literals;
using detail::key_of;
using detail::sort_by_value;

namespace {

static_assert(key_of("abcdefgh", 0) == 0x6162'6364'6566'6768);
static_assert(key_of("abc", 0) == 0x6162'6300'0000'0000);
static_assert(key_of("abc", 2) == 0x6300'0000'0000'0000);
static_assert(key_of("abc", 3) == 0);
static_assert(key_of("xabcdefghi", 1) == key_of("abcdefgh", 0));
static_assert(key_of("\xFF", 0) > key_of("\x7F", 0), "bytes are not signed");

// Only types whose order begins with their text, and which hold it.
static_assert(detail::HasLeadingText<std::string> && detail::HasLeadingText<UserId>);
static_assert(detail::HasLeadingText<UserPresenceState>);
static_assert(!detail::HasLeadingText<char const*>, "ordered by address; the text would be a temporary");
static_assert(!detail::HasLeadingText<std::string_view> && !detail::HasLeadingText<int>);

template <class T>
bool sorts(std::vector<T> const& values) {
    std::vector<std::uint32_t> numbers(values.size());
    std::iota(numbers.begin(), numbers.end(), std::uint32_t{0});
    sort_by_value<T>(numbers, [&](std::uint32_t number) -> T const& { return values[number]; });
    std::vector<T> sorted;
    for (std::uint32_t const number : numbers) sorted.push_back(values[number]);
    return std::is_sorted(sorted.begin(), sorted.end()) &&
           std::is_permutation(sorted.begin(), sorted.end(), values.begin());
}

TEST_CASE("values are sorted by their own order", "[sort_by_value]") {
    CHECK(sorts<int>({}));
    CHECK(sorts<int>({3, -1, 2, 3}));
    CHECK(sorts<std::string>({}));
    CHECK(sorts<std::string>({"b", "", "a", "b", ""}));
    CHECK(sorts<std::string>({"prefix", "prefi", "prefix of all", "prefix"}));
    CHECK(sorts<std::string>({"a\0b"s, "a"s, "a\0"s, "a\0a"s, "a\0\0"s}));
    CHECK(sorts<std::string>({"\x7F", "\x80", "\xFF", "\x01"}));
    CHECK(sorts<std::string>({"12345678b", "12345678a", "12345678", "1234567"}));
    CHECK(sorts<UserId>({"@b:x"_user, "@a:x"_user, "@ab:x"_user, "@a:x"_user, "@a:w"_user}));
    CHECK(sorts<UserPresenceState>({{.user_id = "@b:x"_user},
                                    {.user_id = "@a:x"_user, .state = PresenceState::online},
                                    {.user_id = "@a:x"_user},
                                    {.user_id = "@a:x"_user, .status_msg = "text"}}));
}

TEST_CASE("texts of any bytes are sorted", "[sort_by_value]") {
    std::mt19937 random{5};
    for (int round = 0; round < 50; ++round) {
        std::vector<std::string> texts(100, std::string(random() % 12, 'p'));
        for (std::string& text : texts)
            for (std::size_t more = random() % 12; more > 0; --more)
                text += "\0\x01"
                        "az\x7F\x80\xFF"[random() % 7];
        CHECK(sorts(texts));
    }
}

TEST_CASE("many texts are sorted, also those that agree in pieces or end within one", "[sort_by_value]") {
    std::mt19937 random{7};
    for (std::size_t const size : {1'023U, 1'024U, 5'000U}) {
        std::vector<std::string> texts;
        while (texts.size() < size) {
            std::string text = "@";
            for (std::size_t piece = random() % 4; piece > 0; --piece)
                text += std::array{"12345678", "1234567", "abcdefghijklmnopq"}[random() % 3];
            for (std::size_t more = random() % 4; more > 0; --more) text += "\0a\xFF"[random() % 3];
            texts.push_back(text);
        }
        CHECK(sorts(texts));
    }
}

TEST_CASE("many states of few users are sorted by all their fields", "[sort_by_value]") {
    std::mt19937 random{9};
    std::vector<UserPresenceState> states;
    while (states.size() < 3'000)
        states.push_back({.user_id = random() % 2 ? "@a:x"_user : "@a.with.a.longer.name:x"_user,
                          .last_active_ts = Timestamp{std::chrono::milliseconds{random() % 500}}});
    CHECK(sorts(states));
}

} // namespace
