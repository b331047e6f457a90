// SPDX-License-Identifier: BSL-1.0
#include <presence_router/shared_text.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

using namespace presence_router;

namespace {

static_assert(sizeof(SharedText) == sizeof(void*));
static_assert(std::is_nothrow_default_constructible_v<SharedText>);
static_assert(std::is_nothrow_copy_constructible_v<SharedText>);
static_assert(std::is_nothrow_move_constructible_v<SharedText>);
static_assert(std::is_nothrow_copy_assignable_v<SharedText>);
static_assert(std::is_nothrow_move_assignable_v<SharedText>);
static_assert(std::is_nothrow_swappable_v<SharedText>);
static_assert(std::is_nothrow_destructible_v<SharedText>);

static_assert(std::convertible_to<char const (&)[5], SharedText>);
static_assert(std::convertible_to<char const*, SharedText>);
static_assert(std::convertible_to<std::string, SharedText>);
static_assert(std::convertible_to<std::string_view, SharedText>);
static_assert(!std::convertible_to<SharedText, std::string_view>);
static_assert(!std::convertible_to<SharedText, std::string>);
static_assert(!std::constructible_from<SharedText, std::nullptr_t>);
static_assert(!std::constructible_from<SharedText, int>);
static_assert(!std::constructible_from<SharedText, char>);
static_assert(!std::constructible_from<SharedText, std::nullopt_t>);
static_assert(!std::constructible_from<SharedText, std::optional<std::string>>);

static_assert(std::totally_ordered<SharedText>);
static_assert(std::same_as<std::compare_three_way_result_t<SharedText>, std::strong_ordering>);
static_assert(noexcept(std::declval<SharedText const&>() == std::declval<SharedText const&>()));
static_assert(noexcept(std::declval<SharedText const&>() <=> std::declval<SharedText const&>()));
static_assert(noexcept(std::declval<SharedText const&>().str()));
static_assert(noexcept(std::hash<SharedText>{}(std::declval<SharedText const&>())));

template <class A, class B>
concept Comparable = requires(A const& a, B const& b) { a == b; };
static_assert(!Comparable<SharedText, int>);
static_assert(!Comparable<SharedText, std::nullptr_t>);
static_assert(!Comparable<SharedText, std::nullopt_t>);

constinit SharedText const no_text;

// Text of the user's own: converts to std::string_view and is otherwise unrelated.
struct OwnText {
    std::string text;
    operator std::string_view() const { return text; }
};

struct OwnTraits : std::char_traits<char> {};

TEST_CASE("the default text is empty", "[shared_text]") {
    SharedText const text;
    CHECK(text.str().empty());
    CHECK(text.str().data() != nullptr);
    CHECK(text == "");
    CHECK(text == SharedText{});
    CHECK(text == SharedText{""});
    CHECK(text == no_text);
    CHECK(text.hash() == std::hash<std::string_view>{}(""));
    CHECK(SharedText{std::string_view{}}.hash() == text.hash());
}

TEST_CASE("a text is made from all that is text", "[shared_text]") {
    char const* const pointer = "hello";
    std::string const string = "hello";
    CHECK(SharedText{"hello"} == SharedText{pointer});
    CHECK(SharedText{"hello"} == SharedText{string});
    CHECK(SharedText{"hello"} == SharedText{std::string_view{string}});
    CHECK(SharedText{"hello"} == SharedText{OwnText{string}});

    SharedText assigned;
    assigned = "hello";
    CHECK(assigned == "hello");
    assigned = string + "!";
    CHECK(assigned == "hello!");
    assigned = {};
    CHECK(assigned == "");
}

TEST_CASE("the text owns its characters", "[shared_text]") {
    std::string source = "before";
    SharedText const text = source;
    source = "after!";
    CHECK(text == "before");
}

TEST_CASE("any byte is text", "[shared_text]") {
    using namespace std::string_view_literals;
    SharedText const text = "a\0b\xFF"sv;
    CHECK(text.str().size() == 4);
    CHECK(text == "a\0b\xFF"sv);
    CHECK(text != "a");
    CHECK(SharedText{std::string(100'000, 'x')}.str() == std::string(100'000, 'x'));
}

TEST_CASE("a copy shares, a move leaves the empty text", "[shared_text]") {
    SharedText const original = "shared";
    SharedText copy = original;
    CHECK(copy.str().data() == original.str().data());

    SharedText const moved = std::move(copy);
    CHECK(moved.str().data() == original.str().data());
    CHECK(copy == ""); // NOLINT(bugprone-use-after-move): this is what is tested
    CHECK(copy.hash() == SharedText{}.hash());

    copy = moved;
    CHECK(copy == "shared");
    copy = SharedText{"other"};
    CHECK(copy == "other");
    CHECK(original == "shared");
}

TEST_CASE("a text survives the one it was copied from", "[shared_text]") {
    SharedText survivor;
    std::string_view characters;
    {
        SharedText const original = "long lived";
        characters = original.str();
        survivor = original;
    }
    CHECK(survivor == "long lived");
    CHECK(survivor.str().data() == characters.data());
}

TEST_CASE("assignment to itself changes nothing", "[shared_text]") {
    SharedText text = "same";
    SharedText& alias = text;
    text = alias;
    CHECK(text == "same");
    text = std::move(alias);
    CHECK(text == "same");
    text = text.str();
    CHECK(text == "same");
    std::swap(text, alias);
    CHECK(text == "same");
}

TEST_CASE("texts are ordered by their bytes", "[shared_text]") {
    std::vector<std::string> const ordered{"", std::string(1, '\0'), "A", "AA", "B", "a", "ab", "b", "\x7F",
                                           "\x80", "\xC3\xA9", "\xFF"};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        for (std::size_t j = 0; j < ordered.size(); ++j) {
            SharedText const a = ordered[i];
            SharedText const b = ordered[j];
            CAPTURE(i, j);
            CHECK((a <=> b) == (i <=> j));
            CHECK((a <=> ordered[j]) == (i <=> j));
            CHECK((ordered[i] <=> b) == (i <=> j));
            CHECK((a == b) == (i == j));
            CHECK((a == ordered[j]) == (i == j));
            CHECK((ordered[i] != b) == (i != j));
            CHECK((a < b) == (i < j));
        }
    }
    SharedText const text = "same";
    SharedText const copy = text;
    CHECK((text <=> copy) == std::strong_ordering::equal);
}

TEST_CASE("equal texts have equal hashes, those of std::string_view", "[shared_text]") {
    for (std::string const& text : {std::string{}, std::string{"a"}, std::string(1000, 'x')}) {
        CHECK(SharedText{text}.hash() == std::hash<std::string_view>{}(text));
        CHECK(std::hash<SharedText>{}(SharedText{text}) == std::hash<std::string>{}(text));
    }
    std::unordered_set<SharedText> const set{"a", "b", "a", ""};
    CHECK(set.size() == 3);
    CHECK(set.contains(std::string{"b"}));
    CHECK(std::set<SharedText>{"b", "a", "b"}.size() == 2);
}

TEST_CASE("a text compares with whatever is text, from either side", "[shared_text]") {
    SharedText const text = "text";
    std::string const string = "text";
    std::string_view const view = string;
    char const* const pointer = string.c_str();
    CHECK((text == "text" && "text" == text));
    CHECK((text == string && string == text));
    CHECK((text == view && view == text));
    CHECK((text == pointer && pointer == text));
    CHECK((text == OwnText{"text"} && OwnText{"text"} == text));
    CHECK((text != "other" && "other" != text));
    CHECK((text < "u" && "s" < text && text >= view && string <= text));
}

TEST_CASE("an optional text is used like a text", "[shared_text]") {
    std::string const string = "text";
    std::string_view const view = string;
    std::optional<SharedText> none;
    std::optional<SharedText> some = "text";

    CHECK((none == std::nullopt && std::nullopt == none));
    CHECK((some != std::nullopt && std::nullopt != some));
    CHECK((none != "text" && "text" != none && none != "" && none != string && none != view));
    CHECK((some == "text" && "text" == some && some != "" && some != "other"));
    CHECK((some == string && string == some && some == view && view == some));
    CHECK((some == SharedText{"text"} && SharedText{"text"} == some));
    CHECK((some == std::optional<SharedText>{string} && some != none && none < some));
    CHECK((some == std::optional<std::string>{string} && none == std::optional<std::string>{}));
    CHECK((some < "u" && some > string.substr(0, 1) && some >= view));

    none = "assigned";
    CHECK(none == "assigned");
    none = string;
    CHECK(none == string);
    none = view;
    CHECK(none == view);
    none = std::optional<std::string>{"converted"};
    CHECK(none == "converted");
    none = std::nullopt;
    CHECK(none == std::nullopt);
    none = {};
    CHECK(none == std::nullopt);
    CHECK(std::hash<std::optional<SharedText>>{}(some) == some->hash());
}

TEST_CASE("an optional text is a member that takes a literal", "[shared_text]") {
    struct Aggregate {
        std::optional<SharedText> message{};
        int number = 0;
    };
    std::string const string = "text";
    CHECK(Aggregate{.message = "text"}.message == "text");
    CHECK(Aggregate{.message = string}.message == "text");
    CHECK(Aggregate{.message = std::string_view{string}}.message == "text");
    CHECK(Aggregate{.message = std::nullopt}.message == std::nullopt);
    CHECK(Aggregate{.number = 1}.message == std::nullopt);
}

TEST_CASE("a text is printed as it is, and obeys the stream", "[shared_text]") {
    std::ostringstream out;
    out << SharedText{"a text"} << '|' << SharedText{} << '|';
    out.width(6);
    out << SharedText{"right"};
    CHECK(out.str() == "a text|| right");

    std::basic_ostringstream<char, OwnTraits> own;
    own << SharedText{"own traits"};
    CHECK(std::string_view{own.str().data(), own.str().size()} == "own traits");
}

TEST_CASE("copies of one text live and die in many threads", "[shared_text][threads]") {
    SharedText const original = "used from everywhere";
    std::atomic<int> wrong = 0;
    std::array<std::thread, 4> threads;
    for (auto& thread : threads) {
        thread = std::thread{[&wrong, mine = original] {
            for (int round = 0; round < 2000; ++round) {
                std::vector<SharedText> copies(8, mine);
                SharedText const last = std::move(copies.back());
                copies.front() = "another";
                wrong += std::count(copies.begin(), copies.end(), mine) != 6 || last.hash() != mine.hash();
            }
        }};
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(wrong == 0);
    CHECK(original == "used from everywhere");
}

TEST_CASE("the last copy may die in any thread", "[shared_text][threads]") {
    for (int round = 0; round < 200; ++round) {
        SharedText text = std::to_string(round) + " is owned by two threads";
        std::thread other{[copy = text]() mutable { copy = {}; }};
        text = {};
        other.join();
    }
    SUCCEED("a sanitizer sees a double or missing release");
}

} // namespace
