// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/every_room.hpp>

#include "support/catch.hpp"

#include <string>

using namespace presence_router;

TEST_CASE("every room is allowed, whatever a room is") {
    STATIC_REQUIRE(EveryRoom{}(1));
    CHECK(EveryRoom{}(std::string("!lobby:x")));
    STATIC_REQUIRE(noexcept(EveryRoom{}(1)));
}
