// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/same_server.hpp>

#include <presence_router/user_id.hpp>

#include "support/catch.hpp"

#include <concepts>

using namespace presence_router;

TEST_CASE("same_server is true of two users of one server") {
    CHECK(same_server("@a:x.org"_user, "@b:x.org"_user));
    CHECK(same_server("@a:x.org"_user, "@a:x.org"_user));
    CHECK(!same_server("@a:x.org"_user, "@a:y.x.org"_user));
    CHECK(!same_server("@a:x.org"_user, "@a:x.org:8448"_user));
    CHECK((!same_server)("@a:x.org"_user, "@b:y.org"_user));
    STATIC_REQUIRE(!std::predicate<detail::SameServer, int, int>);
}
