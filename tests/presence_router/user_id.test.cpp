// SPDX-License-Identifier: BSL-1.0
#include <presence_router/user_id.hpp>

#include "support/catch.hpp"

#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

// The literal by its own namespace; everything below has it by the library's.
namespace {
namespace by_literals {
using namespace presence_router::literals;
auto const alice = [] { return "@alice:example.org"_user; };
} // namespace by_literals
} // namespace

using namespace presence_router;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

static_assert(sizeof(UserId) == sizeof(void*));
static_assert(!std::is_default_constructible_v<UserId>);
static_assert(std::is_nothrow_copy_constructible_v<UserId>);
static_assert(std::is_nothrow_move_constructible_v<UserId>);
static_assert(std::is_nothrow_copy_assignable_v<UserId>);
static_assert(std::is_nothrow_move_assignable_v<UserId>);
static_assert(std::is_nothrow_swappable_v<UserId>);
static_assert(std::is_nothrow_destructible_v<UserId>);

static_assert(std::constructible_from<UserId, char const*>);
static_assert(std::constructible_from<UserId, std::string>);
static_assert(std::constructible_from<UserId, std::string_view>);
static_assert(!std::convertible_to<char const*, UserId>);
static_assert(!std::convertible_to<std::string_view, UserId>);
static_assert(!std::constructible_from<UserId, SharedText>);
static_assert(!std::convertible_to<UserId, std::string_view>);

static_assert(std::totally_ordered<UserId>);
static_assert(std::same_as<std::compare_three_way_result_t<UserId>, std::strong_ordering>);
static_assert(noexcept(std::declval<UserId const&>() == std::declval<UserId const&>()));
static_assert(noexcept(std::declval<UserId const&>() <=> std::declval<UserId const&>()));
static_assert(noexcept(std::hash<UserId>{}(std::declval<UserId const&>())));

static_assert(std::derived_from<InvalidUserId, std::invalid_argument>);
static_assert(std::is_nothrow_copy_constructible_v<InvalidUserId>);

struct Valid {
    std::string localpart;
    std::string server_name;
};

std::vector<Valid> valid_ids() {
    return {
        {"alice", "example.org"},
        {"a", "b"},
        // Localparts: nearly everything has been a historical id.
        {"", "b"},
        {"@", "b"},
        {"Alice Smith/+=_-.\x01\x7F\t\n", "b"},
        {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "b"},
        // UTF-8: the first and the last character of every form, and the neighbours of the surrogates.
        {"\x01\x7F", "b"},
        {"\xC2\x80\xDF\xBF", "b"},
        {"\xE0\xA0\x80\xEF\xBF\xBF", "b"},
        {"\xED\x9F\xBF\xEE\x80\x80", "b"},
        {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", "b"},
        // Hosts.
        {"a", "UPPER.Case-0"},
        {"a", "-"},
        {"a", "."},
        {"a", "1.2.3.4"},
        {"a", "999.999"},
        {"a", "[::]"},
        {"a", "[1234:5678::abcd]"},
        {"a", "[ABCDEF::ffff:1.2.3.4]"},
        {"a", "[" + std::string(45, 'f') + "]"},
        // Ports.
        {"a", "b:0"},
        {"a", "b:00000"},
        {"a", "b:99999"},
        {"a", "1.2.3.4:1"},
        {"a", "localhost:8448"},
        {"a", "[::1]:8448"},
        {"a", "[" + std::string(45, 'f') + "]:65535"},
        // 255 bytes, however they are divided.
        {std::string(252, 'a'), "b"},
        {"", std::string(253, 'b')},
        {std::string(126, 'a'), std::string(127, 'b')},
    };
}

struct Invalid {
    std::string text;
    std::string_view reason;
    std::size_t position;
};

std::vector<Invalid> invalid_ids() {
    auto const at_sign = "it has to begin with '@'"sv;
    auto const length = "it has at most 255 bytes"sv;
    auto const utf8 = "its localpart has to be well-formed UTF-8"sv;
    auto const nul = "its localpart holds no NUL"sv;
    auto const colon = "a ':' has to stand between localpart and server name"sv;
    auto const server = "a host has to follow the ':'"sv;
    auto const dns =
        "a host holds only A-Z, a-z, 0-9, '-' and '.', unless it is an IPv6 address in brackets"sv;
    auto const ipv6 = "an IPv6 address is 2 to 45 of 0-9, A-F, a-f, ':' and '.' between '[' and ']'"sv;
    auto const port = "nothing may follow the host but ':' and a port of 1 to 5 digits"sv;
    return {
        {"", at_sign, 0},
        {"alice:example.org", at_sign, 0},
        {" @alice:example.org", at_sign, 0},
        {"#alice:example.org", at_sign, 0},
        {std::string(300, 'a'), at_sign, 0},

        {"@" + std::string(253, 'a') + ":b", length, 255},
        {"@a:" + std::string(253, 'b'), length, 255},
        {"@" + std::string(100'000, 'a'), length, 255},

        {std::string{"@a\0b:c", 6}, nul, 2},
        {std::string{"@\0", 2}, nul, 1},

        {"@\x80:b", utf8, 1},                 // a continuation without a beginning
        {"@ab\xBF:b", utf8, 3},
        {"@\xC0\x80:b", utf8, 1},             // overlong
        {"@\xC1\xBF:b", utf8, 1},
        {"@\xE0\x80\x80:b", utf8, 1},
        {"@\xE0\x9F\xBF:b", utf8, 1},
        {"@\xF0\x80\x80\x80:b", utf8, 1},
        {"@\xF0\x8F\xBF\xBF:b", utf8, 1},
        {"@\xED\xA0\x80:b", utf8, 1},         // surrogates
        {"@\xED\xBF\xBF:b", utf8, 1},
        {"@\xF4\x90\x80\x80:b", utf8, 1},     // above U+10FFFF
        {"@\xF5\x80\x80\x80:b", utf8, 1},
        {"@\xF8\x88\x80\x80\x80:b", utf8, 1}, // never UTF-8
        {"@\xFE:b", utf8, 1},
        {"@\xFF:b", utf8, 1},
        {"@\xC3:b", utf8, 1},                 // cut short
        {"@\xE2\x82:b", utf8, 1},
        {"@\xF0\x9F\x98:b", utf8, 1},
        {"@\xE2\x28\xA1:b", utf8, 1},
        {"@\xE2\x82\xC3\xA9:b", utf8, 1},
        {"@a\xF0\x9F\x28\x80:b", utf8, 2},
        {"@\xC3\xA9\xC3", utf8, 3},
        {"@\xF0\x9F\x98", utf8, 1},

        {"@", colon, 1},
        {"@alice", colon, 6},
        {"@alice.example.org", colon, 18},

        {"@alice:", server, 7},
        {"@:", server, 2},
        {"@::", server, 2},
        {"@a::8448", server, 3},

        {"@a:b_c", dns, 4},
        {"@a:b c", dns, 4},
        {"@a: b", dns, 3},
        {"@a:b/", dns, 4},
        {"@a:@b", dns, 3},
        {"@a:b]", dns, 4},
        {"@a:b[::1]", dns, 4},
        {"@a:\xC3\xA9", dns, 3},
        {"@a:b\xFF", dns, 4},
        {std::string{"@a:b\0", 5}, dns, 4},

        {"@a:[", ipv6, 4},
        {"@a:[]", ipv6, 4},
        {"@a:[:]", ipv6, 5},
        {"@a:[::1", ipv6, 7},
        {"@a:[::g]", ipv6, 6},
        {"@a:[fe80::1%eth0]", ipv6, 11},
        {"@a:[" + std::string(46, 'f') + "]", ipv6, 49},
        {"@a:[" + std::string(46, 'f'), ipv6, 49},

        {"@a:b:", port, 5},
        {"@a:b:x", port, 5},
        {"@a:b:-1", port, 5},
        {"@a:b:80x", port, 7},
        {"@a:b:80:80", port, 7},
        {"@a:b:123456", port, 10},
        {"@a:b: 80", port, 5},
        {"@a:1.2.3.4:", port, 11},
        {"@a:[::1]:", port, 9},
        {"@a:[::1]b", port, 8},
        {"@a:[::1]]", port, 8},
        {"@a:[::1]:000000", port, 14},
        {std::string{"@a:b:80\0", 8}, port, 7},
    };
}

std::string message(std::string_view text) {
    try {
        (void)UserId{text};
    } catch (std::invalid_argument const& error) {
        return error.what();
    }
    return "valid";
}

TEST_CASE("what is a Matrix user id", "[user_id]") {
    for (auto const& [localpart, server_name] : valid_ids()) {
        std::string const text = "@" + localpart + ":" + server_name;
        CAPTURE(text);
        UserId const id{text};
        CHECK(id.str() == text);
        CHECK(id.localpart() == localpart);
        CHECK(id.server_name() == server_name);
        CHECK(UserId::parse(text) == id);
        CHECK_FALSE(detail::find_user_id_error(text));
    }
}

TEST_CASE("what is not a Matrix user id, why, and from which byte", "[user_id]") {
    for (auto const& [text, reason, position] : invalid_ids()) {
        CAPTURE(text, position);
        CHECK(UserId::parse(text) == std::nullopt);
        try {
            (void)UserId{text};
            FAIL_CHECK("accepted");
        } catch (InvalidUserId const& error) {
            CHECK(error.reason() == reason);
            CHECK(error.position() == position);
            auto const said = std::string{reason} + " (at byte " + std::to_string(position) + ")";
            CHECK(std::string_view{error.what()}.ends_with("is not a Matrix user id: " + said));
        }
    }
}

TEST_CASE("every byte is judged, in the localpart and in the server name", "[user_id]") {
    auto const among = [](char c, std::string_view set) { return set.find(c) != std::string_view::npos; };
    auto const hex = "0123456789ABCDEFabcdef"sv;
    auto const dns = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-."sv;
    for (int byte = 0; byte < 256; ++byte) {
        auto const c = static_cast<char>(byte);
        CAPTURE(byte);
        CHECK(UserId::parse("@a"s + c + "b:c").has_value() == (byte != 0 && byte < 0x80 && c != ':'));
        CHECK(UserId::parse("@a:b"s + c + "c").has_value() == among(c, dns));
        CHECK(UserId::parse("@a:b"s + c + "5").has_value() == (among(c, dns) || c == ':'));
        CHECK(UserId::parse("@a:[:"s + c + "]").has_value() == (among(c, hex) || c == ':' || c == '.'));
        CHECK(UserId::parse("@a:b:1"s + c).has_value() == among(c, "0123456789"));
    }
}

TEST_CASE("every character of Unicode may stand in a localpart, and no other", "[user_id]") {
    // Encodes without asking whether it may.
    auto const encode = [](unsigned point) {
        auto const tail = [point](unsigned shift) {
            return static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
        };
        if (point < 0x80)
            return std::string{static_cast<char>(point)};
        if (point < 0x800)
            return std::string{static_cast<char>(0xC0U | (point >> 6)), tail(0)};
        if (point < 0x10000)
            return std::string{static_cast<char>(0xE0U | (point >> 12)), tail(6), tail(0)};
        return std::string{static_cast<char>(0xF0U | (point >> 18)), tail(12), tail(6), tail(0)};
    };
    std::size_t wrong = 0;
    for (unsigned point = 1; point < 0x140000; ++point) {
        bool const surrogate = 0xD800 <= point && point < 0xE000;
        bool const expected = !surrogate && point <= 0x10FFFF && point != ':';
        wrong += detail::find_user_id_error("@" + encode(point) + ":b").has_value() == expected;
    }
    // "@::b" has no host where it should have one, so ':' was no exception.
    CHECK(wrong == 0);
}

TEST_CASE("the message shows the text, safe for a terminal", "[user_id]") {
    CHECK(message("@bob") == "\"@bob\" is not a Matrix user id: a ':' has to stand between localpart and "
                             "server name (at byte 4)");
    CHECK(message("").starts_with("\"\" is not"));
    CHECK(message("a\"b\\c").starts_with(R"("a\"b\\c" is not)"));
    CHECK(message("a\0b"sv).starts_with(R"("a\x00b" is not)"));
    CHECK(message("a\x1B[2J\r\n\x7F").starts_with(R"("a\x1B[2J\x0D\x0A\x7F" is not)"));
    CHECK(message("\xC2\x9B|\xC2\xA0|\xC3\xA9").starts_with("\"\\xC2\\x9B|\xC2\xA0|\xC3\xA9\" is not"));
    CHECK(message("\xFF\xC3|\xED\xA0\x80").starts_with(R"("\xFF\xC3|\xED\xA0\x80" is not)"));
}

TEST_CASE("the message shows 255 bytes of the text at most, in whole characters", "[user_id]") {
    std::string const fits(255, 'a');
    CHECK(message(fits).starts_with("\"" + fits + "\" is not"));
    CHECK(message(fits + "b").starts_with("\"" + fits + "\"\xE2\x80\xA6 is not"));
    CHECK(message(std::string(254, 'a') + "\xC3\xA9").starts_with("\"" + std::string(254, 'a') +
                                                                  "\"\xE2\x80\xA6 is not"));
    CHECK(message(std::string(253, 'a') + "\xC3\xA9").starts_with("\"" + std::string(253, 'a') +
                                                                  "\xC3\xA9\" is not"));
    CHECK(message(std::string(1'000'000, '\xFF')).size() < 2'000);
}

TEST_CASE("ids are ordered by their bytes", "[user_id]") {
    std::vector<std::string_view> const ordered{"@:b",  "@A:b",        "@a.b:b",    "@a:b", "@a:b.c",
                                                "@a:c", "@a\x7F:b", "@\xC3\xA9:b", "@\xF0\x9F\x98\x80:b"};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        for (std::size_t j = 0; j < ordered.size(); ++j) {
            CAPTURE(ordered[i], ordered[j]);
            CHECK((UserId{ordered[i]} <=> UserId{ordered[j]}) == (i <=> j));
            CHECK((UserId{ordered[i]} == UserId{ordered[j]}) == (i == j));
        }
    }
}

TEST_CASE("equal ids have equal hashes, those of their text", "[user_id]") {
    UserId const id{"@alice:example.org"};
    CHECK(std::hash<UserId>{}(id) == std::hash<UserId>{}(UserId{"@alice:example.org"}));
    CHECK(std::hash<UserId>{}(id) == std::hash<std::string_view>{}(id.str()));
    std::unordered_set<UserId> const set{id, UserId{"@alice:example.org"}, UserId{"@bob:example.org"}};
    CHECK(set.size() == 2);
    CHECK(std::set<UserId>(set.begin(), set.end()).size() == 2);
}

TEST_CASE("a copied id shares, a moved-from id is empty and may be assigned", "[user_id]") {
    UserId const original{"@alice:example.org"};
    UserId copy = original;
    CHECK(copy.str().data() == original.str().data());

    UserId const moved = std::move(copy);
    CHECK(moved == original);
    CHECK(copy.str().empty()); // NOLINT(bugprone-use-after-move): this is what is tested
    CHECK(copy.localpart().empty());
    CHECK(copy.server_name().empty());
    CHECK(copy < original);
    CHECK(std::hash<UserId>{}(copy) == std::hash<std::string_view>{}(""));

    copy = UserId{"@bob:example.org"};
    CHECK(copy.localpart() == "bob");
    copy = original;
    CHECK(copy == original);
}

TEST_CASE("parse fills an optional that nothing else fills by accident", "[user_id]") {
    std::optional<UserId> const id = UserId::parse("@alice:example.org");
    REQUIRE(id);
    CHECK(id->localpart() == "alice");
    CHECK(id == "@alice:example.org"_user);
    static_assert(!std::convertible_to<char const*, std::optional<UserId>>);
}

TEST_CASE("an id is printed as it is, and obeys the stream", "[user_id]") {
    std::ostringstream out;
    out << "@a:b"_user << '|';
    out.width(6);
    out << "@c:d"_user;
    CHECK(out.str() == "@a:b|  @c:d");
}

TEST_CASE("a literal is an id, made once", "[user_id]") {
    auto const make = [] { return "@alice:example.org"_user; };
    static_assert(std::same_as<decltype(make()), UserId>);
    CHECK(make() == UserId{"@alice:example.org"});
    CHECK(make().str().data() == make().str().data());
    CHECK(make().str().data() == by_literals::alice().str().data());
    CHECK("@:b"_user.localpart().empty());
    CHECK("@\xC3\xA9 \n:[::1]:8448"_user.server_name() == "[::1]:8448");
}

TEST_CASE("one id is used from many threads", "[user_id][threads]") {
    UserId const shared{"@shared:example.org"};
    std::atomic<int> wrong = 0;
    std::array<std::thread, 4> threads;
    for (auto& thread : threads) {
        thread = std::thread{[&] {
            for (int round = 0; round < 1000; ++round) {
                std::map<UserId, UserId> map{{shared, "@literal:example.org"_user}};
                map.insert_or_assign("@literal:example.org"_user, shared);
                wrong += map.size() != 2 || map.at("@literal:example.org"_user) != shared;
            }
        }};
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(wrong == 0);
}

// The rules are checked at compile time too, for the literal.
static_assert(!detail::find_user_id_error("@alice:example.org"));
static_assert(!detail::find_user_id_error("@\xF4\x8F\xBF\xBF:[::1]:65535"));
static_assert(detail::find_user_id_error("@alice")->rule == detail::UserIdRule::colon);
static_assert(detail::find_user_id_error("@a:b:123456")->position == 10);
static_assert(detail::find_user_id_error("@\xED\xA0\x80:b")->rule == detail::UserIdRule::utf8);

} // namespace
