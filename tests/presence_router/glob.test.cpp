// SPDX-License-Identifier: BSL-1.0
#include <presence_router/glob.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>

using namespace presence_router;

namespace {

static_assert(std::is_nothrow_copy_constructible_v<Glob> && std::is_nothrow_move_constructible_v<Glob>);
static_assert(!std::is_convertible_v<std::string_view, Glob> && !std::is_default_constructible_v<Glob>);
static_assert(noexcept(std::declval<Glob const&>().matches(std::string_view{})) &&
              noexcept(glob_matches(std::string_view{}, std::string_view{})));

constexpr bool literals() {
    return glob_matches("", "") && !glob_matches("", "a") && !glob_matches("a", "") &&
           glob_matches("abc", "abc") && !glob_matches("abc", "ab") && !glob_matches("ab", "abc") &&
           !glob_matches("abc", "abd") && !glob_matches("abc", "ABC");
}
static_assert(literals());

constexpr bool stars() {
    return glob_matches("*", "") && glob_matches("*", "anything:at all") && glob_matches("**", "") &&
           glob_matches("a*", "a") && glob_matches("*a", "ba") && !glob_matches("*a", "ab") &&
           !glob_matches("a*", "ba") && glob_matches("a*c", "abcbc") && !glob_matches("a*c", "abcb") &&
           glob_matches("*a*b*", "xxaxxbxx") && !glob_matches("*b*a*", "xxaxxbxx") &&
           glob_matches("***a", "aa") && glob_matches("a*b", "ab") && !glob_matches("a*ba", "aba1");
}
static_assert(stars());

constexpr bool question_marks() {
    return glob_matches("?", "a") && !glob_matches("?", "") && !glob_matches("?", "ab") &&
           glob_matches("a?c", "abc") && glob_matches("a?c", "a:c") && glob_matches("?*", "a") &&
           !glob_matches("?*", "") && glob_matches("*?", "abc") && glob_matches("*?*?*", "ab") &&
           !glob_matches("*?*?*", "a");
}
static_assert(question_marks());

// U+00E9, U+20AC and U+1F600, in two, three and four bytes.
constexpr bool code_points() {
    return glob_matches("?", "\xC3\xA9") && glob_matches("?", "\xE2\x82\xAC") &&
           glob_matches("?", "\xF0\x9F\x98\x80") && !glob_matches("??", "\xC3\xA9") &&
           !glob_matches("*?*?", "\xC3\xA9") && glob_matches("*?", "\xC3\xA9\xC3\xA9") &&
           glob_matches("\xC3\xA9*", "\xC3\xA9x") && !glob_matches("\xC3*", "\xC3\xA9") &&
           !glob_matches("*\xA9", "\xC3\xA9") && glob_matches("??", "\xC3x") && glob_matches("?", "\xFF");
}
static_assert(code_points());

TEST_CASE("a glob is anchored, knows * and ?, and nothing else") {
    CHECK(literals());
    CHECK(stars());
    CHECK(question_marks());
    CHECK(glob_matches("[ab]", "[ab]"));
    CHECK_FALSE(glob_matches("[ab]", "a"));
    CHECK_FALSE(glob_matches("{a,b}", "a"));
    CHECK(glob_matches("\\*", "\\x"));
    CHECK_FALSE(glob_matches("\\*", "*"));
    CHECK(glob_matches(std::string_view{"a\0*", 3}, std::string_view{"a\0b", 3}));
    CHECK_FALSE(glob_matches("a", std::string_view{"a\0", 2}));
}

TEST_CASE("a question mark is one code point, or one byte that belongs to none") { CHECK(code_points()); }

TEST_CASE("a glob for a server, and for everybody") {
    Glob const server{"@*:example.org"};
    CHECK(server.matches("@alice:example.org"));
    CHECK(server.matches("@:example.org"));
    CHECK_FALSE(server.matches("@alice:example.org.evil.net"));
    CHECK_FALSE(server.matches("@alice:Example.org"));
    CHECK_FALSE(server.matches("@alice:notexample.org"));
    CHECK(server.matches("@a:b:example.org")); // no user id; a `*` passes over a colon
    CHECK(Glob{"@*:*"}.matches("@alice:example.org:8448"));
    CHECK_FALSE(Glob{"@*:*"}.matches("!room"));
}

TEST_CASE("globs are compared, hashed and printed by their pattern") {
    Glob const glob{"@*:x"};
    CHECK(glob.pattern() == "@*:x");
    CHECK(glob == Glob{"@*:x"});
    CHECK(glob != Glob{"@**:x"});
    CHECK(Glob{"a"} < Glob{"b"});
    CHECK(std::unordered_set<Glob>{glob, Glob{"@*:x"}, Glob{""}}.size() == 2);
    CHECK(std::hash<Glob>{}(glob) == std::hash<std::string_view>{}("@*:x"));
    std::ostringstream out;
    out << glob;
    CHECK(out.str() == "@*:x");
    Glob from{"a"};
    Glob const to{std::move(from)};
    CHECK(to.matches("a"));
}

struct Counted {
    bool matches;
    std::size_t steps;
};

Counted counted(std::string_view pattern, std::string_view text) {
    std::size_t steps = 0;
    bool const matches = detail::match_glob(pattern, text, [&] { ++steps; });
    return {matches, steps};
}

TEST_CASE("no pattern takes more steps than the lengths allow") {
    std::string const text(255, 'a');
    auto const repeated = [](std::string const& part, int times) {
        std::string result;
        for (int i = 0; i < times; ++i) result += part;
        return result;
    };
    for (std::string const& pattern :
         {repeated("*a", 127) + "b", repeated("*a", 100) + "*b", '*' + std::string(127, 'a') + 'b',
          "*a*" + std::string(125, 'a') + 'b', repeated("*", 254) + 'b', repeated("*?", 127) + 'b',
          repeated("*aa", 40) + repeated("?", 100) + 'b', repeated("a*", 127) + 'b'}) {
        CAPTURE(pattern);
        Counted const result = counted(pattern, text);
        CHECK_FALSE(result.matches);
        CHECK(result.steps > text.size());
        CHECK(result.steps <= pattern.size() * text.size());
    }
    CHECK(counted('*' + std::string(127, 'a') + 'b', text).steps > 10'000); // the count counts
}

/// What a glob means, with no thought of cost: `*` is nothing, or one character and a `*`.
bool naive(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern[0] == '*')
        return naive(pattern.substr(1), text) || (!text.empty() && naive(pattern, text.substr(1)));
    return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
           naive(pattern.substr(1), text.substr(1));
}

TEST_CASE("what matches is what the naive matcher says, within the steps allowed") {
    std::mt19937 random{20260123}; // the same texts each time
    auto const draw = [&random](std::string_view letters, std::size_t longest) {
        std::string result(random() % (longest + 1), ' ');
        for (char& letter : result) letter = letters[random() % letters.size()];
        return result;
    };
    int matching = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string const pattern = draw("ab*?", 8);
        std::string const text = draw("ab", 10);
        Counted const result = counted(pattern, text);
        if (result.matches != naive(pattern, text) || result.matches != glob_matches(pattern, text) ||
            result.steps > (pattern.size() + 1) * (text.size() + 1))
            FAIL("pattern " << pattern << ", text " << text << ", " << result.steps << " steps");
        matching += result.matches;
    }
    CHECK(matching > 1'000);
    CHECK(matching < 19'000);
}

} // namespace
