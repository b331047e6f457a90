// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/predicate.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

using namespace presence_router;

namespace {

struct Even : Predicate<Even> {
    constexpr bool operator()(int user) const noexcept { return user % 2 == 0; }
};

struct Below : Predicate<Below> {
    int limit;
    constexpr explicit Below(int given) : limit{given} {}
    constexpr bool operator()(int user) const { return user < limit; }
};

struct Same : Predicate<Same> {
    constexpr bool operator()(int viewer, int subject) const { return viewer == subject; }
};

struct Broken : Predicate<Broken> {
    bool operator()(int) const { throw std::runtime_error{"broken"}; }
};

constexpr bool positive(int user) { return user > 0; }

struct Player {
    bool is_npc;
};

struct Anybody : Predicate<Anybody> {
    constexpr bool operator()(Player const&) const { return true; }
};

} // namespace

TEST_CASE("predicates combine by ! && ||, also in constant expressions") {
    STATIC_REQUIRE((!Even{})(3));
    STATIC_REQUIRE(!(!Even{})(2));
    for (int user = -3; user < 8; ++user) {
        CAPTURE(user);
        CHECK((Even{} && Below{4})(user) == (user % 2 == 0 && user < 4));
        CHECK((Even{} || Below{4})(user) == (user % 2 == 0 || user < 4));
        CHECK((!Even{} && !(Below{1} || Below{4}))(user) == (user % 2 != 0 && user >= 4));
    }
}

TEST_CASE("one operand may be any callable") {
    auto const big = [](int user) { return user > 100; };
    CHECK((Even{} && big)(102));
    CHECK(!(big && Even{})(101));
    CHECK((big || Even{})(2));
    CHECK((Even{} && positive)(2));
    CHECK(!(positive && Even{})(-2));
    CHECK((Anybody{} && &Player::is_npc)(Player{true}));
    CHECK(!(&Player::is_npc && Anybody{})(Player{false}));
}

TEST_CASE("a predicate on routes combines with one on routes, and with none on users") {
    STATIC_REQUIRE((!Same{})(1, 2));
    STATIC_REQUIRE((Same{} || Same{})(2, 2));
    STATIC_REQUIRE(!std::predicate<decltype(Same{} && Even{}), int, int>);
    STATIC_REQUIRE(!std::predicate<decltype(Same{} && Even{}), int>);
    STATIC_REQUIRE(!std::predicate<decltype(!Same{}), int>);
}

TEST_CASE("the second operand is asked only if the first does not decide") {
    CHECK(!(Even{} && Broken{})(1));
    CHECK((Even{} || Broken{})(2));
    CHECK_THROWS_AS((Even{} && Broken{})(2), std::runtime_error);
    CHECK_THROWS_AS((Even{} || Broken{})(1), std::runtime_error);
    CHECK_THROWS_AS((!Broken{})(1), std::runtime_error);
}

TEST_CASE("what has no state takes no room, and noexcept is kept") {
    STATIC_REQUIRE(sizeof(!(Even{} && Even{}) || Same{}) == 1);
    STATIC_REQUIRE(sizeof((Even{} && Even{}) || (Even{} && Even{})) == 1);
    STATIC_REQUIRE(sizeof(Even{} && Below{1}) == sizeof(int));
    auto const calm = !Even{} && (Even{} || Even{});
    STATIC_REQUIRE(noexcept(calm(1)));
    auto const both = Even{} && Broken{};
    auto const either = Broken{} || Even{};
    auto const negated = !Broken{};
    STATIC_REQUIRE(!noexcept(both(1)));
    STATIC_REQUIRE(!noexcept(either(1)));
    STATIC_REQUIRE(!noexcept(negated(1)));
}
