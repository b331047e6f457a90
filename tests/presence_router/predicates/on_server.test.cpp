// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/on_server.hpp>

#include <presence_router/user_id.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <stdexcept>
#include <string>
#include <utility>

using namespace presence_router;

TEST_CASE("on_server asks for the server's name alone, as a whole") {
    CHECK(on_server("example.org")("@a:example.org"_user));
    CHECK(!on_server("example.org")("@example.org:x"_user));
    CHECK(!on_server("example.org")("@a:example.org:8448"_user));
    CHECK(!on_server("example.org")("@a:an.example.org"_user));
}

TEST_CASE("on_server takes a glob") {
    auto const below = on_server("*.example.org");
    CHECK(below("@a:an.example.org"_user));
    CHECK(below("@a:b.c.example.org"_user));
    CHECK(!below("@a:example.org"_user));
    CHECK(!below("@a:an.example.org.evil.net"_user));
    CHECK((!below)("@a:example.org"_user));
    STATIC_REQUIRE(!std::predicate<decltype(below), int>);
}

TEST_CASE("on_server throws what the id throws") {
    struct Made {
        std::string server_name() const { throw std::runtime_error{"broken"}; }
    };
    CHECK_THROWS_AS(on_server("*")(Made{}), std::runtime_error);
    auto const all = on_server("*");
    STATIC_REQUIRE(noexcept(all(std::declval<UserId const&>())));
}
