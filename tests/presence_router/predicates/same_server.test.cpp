// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/same_server.hpp>

#include <presence_router/user_id.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <stdexcept>
#include <string>
#include <utility>

using namespace presence_router;

TEST_CASE("same_server is true of two users of one server") {
    CHECK(same_server("@a:x.org"_user, "@b:x.org"_user));
    CHECK(same_server("@a:x.org"_user, "@a:x.org"_user));
    CHECK(!same_server("@a:x.org"_user, "@a:y.x.org"_user));
    CHECK(!same_server("@a:x.org"_user, "@a:x.org:8448"_user));
    CHECK((!same_server)("@a:x.org"_user, "@b:y.org"_user));
    STATIC_REQUIRE(!std::predicate<detail::SameServer, int, int>);
}

TEST_CASE("same_server throws what the ids throw") {
    struct Made {
        std::string server_name() const { throw std::runtime_error{"broken"}; }
    };
    CHECK_THROWS_AS(same_server(Made{}, Made{}), std::runtime_error);
    STATIC_REQUIRE(noexcept(same_server(std::declval<UserId const&>(), std::declval<UserId const&>())));
}
