// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/matching.hpp>

#include <presence_router/user_id.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <stdexcept>
#include <string>
#include <utility>

using namespace presence_router;

TEST_CASE("matching asks for the whole id") {
    CHECK(matching("@bot-*:*")("@bot-7:x"_user));
    CHECK(!matching("@bot-*:*")("@a-bot-7:x"_user));
    CHECK(!matching("bot-7:x")("@bot-7:x"_user));
    CHECK(matching("@?:x")("@a:x"_user));
    CHECK(!matching("@?:x")("@ab:x"_user));
    CHECK((!matching("@b:*"))("@a:x"_user));
    STATIC_REQUIRE(!std::predicate<decltype(matching("*")), int>);
}

TEST_CASE("matching throws what the id throws") {
    struct Made {
        std::string str() const { throw std::runtime_error{"broken"}; }
    };
    CHECK_THROWS_AS(matching("*")(Made{}), std::runtime_error);
    auto const all = matching("*");
    STATIC_REQUIRE(noexcept(all(std::declval<UserId const&>())));
}
