// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/one_of.hpp>

#include <presence_router/user_id.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <list>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace presence_router;

TEST_CASE("one_of holds the values it is given") {
    auto const predicate = one_of("@a:x"_user, "@b:x"_user);
    CHECK(predicate("@a:x"_user));
    CHECK(predicate("@b:x"_user));
    CHECK(!predicate("@c:x"_user));
    CHECK(!one_of(std::vector<UserId>{})("@a:x"_user));
}

TEST_CASE("one_of takes any input range") {
    CHECK(one_of(std::list{1, 2, 2})(2));
    CHECK(!one_of(std::list{1, 2, 2})(3));
    std::vector users{1, 2};
    auto const predicate = one_of(users | std::views::transform([](int user) { return user * 10; }));
    users.clear();
    CHECK(predicate(20));
    CHECK(!predicate(2));
}

TEST_CASE("a text is one value, not a range of characters") {
    CHECK(one_of("!a:x", "!b:x")("!b:x"));
    CHECK(!one_of("!a:x")("!b:x"));
    std::string const room = "!a:x";
    CHECK(one_of(room, "!b:x")(room));
    STATIC_REQUIRE(!std::predicate<decltype(one_of("!a:x")), char>);
}

TEST_CASE("texts are kept as strings, wherever they lay") {
    std::string text = "!a:x";
    std::string const room = text;
    auto const one = one_of(std::string_view{text});
    auto const of_range = one_of(std::vector<std::string_view>{text});
    char letters[] = "!a:x";
    auto const of_pointers = one_of(std::vector<char const*>{letters});
    text = "!b:x";
    letters[1] = 'b';
    CHECK(one(room));
    CHECK(of_range(room));
    CHECK(of_pointers(room));
}

TEST_CASE("a number of another type is compared by its value") {
    std::uint64_t const far = (std::uint64_t{1} << 32) + 1; // an int made of it is 1
    CHECK(one_of(1, 2)(std::uint64_t{2}));
    CHECK(!one_of(1, 2)(far));
    CHECK(!one_of(~std::uint64_t{0})(-1));
    CHECK(!one_of(-1)(~std::uint64_t{0}));
    CHECK(one_of(-1)(std::int64_t{-1}));
    std::set<int> const users{1};
    CHECK(one_of(std::ref(users))(std::uint64_t{1}));
    CHECK(!one_of(std::ref(users))(far));
}

TEST_CASE("one_of(std::ref(set)) follows the set") {
    std::set<UserId> users;
    auto const predicate = one_of(std::ref(users));
    CHECK(!predicate("@a:x"_user));
    users.insert("@a:x"_user);
    CHECK(predicate("@a:x"_user));
    CHECK(!(!one_of(std::cref(users)))("@a:x"_user));
}

TEST_CASE("to ask a held list of user ids throws nothing") {
    auto const predicate = one_of("@a:x"_user);
    STATIC_REQUIRE(noexcept(predicate(std::declval<UserId const&>())));
}
