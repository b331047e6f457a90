// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/side_is.hpp>

#include "support/catch.hpp"

#include <concepts>

using namespace presence_router;

namespace {

struct Even {
    constexpr bool operator()(int user) const noexcept { return user % 2 == 0; }
};

} // namespace

TEST_CASE("viewer_is and subject_is ask about one side of a route") {
    STATIC_REQUIRE(viewer_is(Even{})(2, 1));
    STATIC_REQUIRE(!viewer_is(Even{})(1, 2));
    STATIC_REQUIRE(subject_is(Even{})(1, 2));
    STATIC_REQUIRE(!subject_is(Even{})(2, 1));
}

TEST_CASE("they combine with each other, and are predicates on routes only") {
    auto const upwards = viewer_is(Even{}) && !subject_is(Even{});
    STATIC_REQUIRE(upwards(2, 1));
    STATIC_REQUIRE(!upwards(2, 2));
    STATIC_REQUIRE(!upwards(1, 1));
    STATIC_REQUIRE(noexcept(upwards(1, 2)));
    STATIC_REQUIRE(sizeof(upwards) == 1);
    STATIC_REQUIRE(!std::predicate<decltype(upwards), int>);
}

TEST_CASE("viewer_is takes a member of the ids too") {
    struct Player {
        bool is_npc;
    };
    Player const npc{true}, human{false};
    CHECK(viewer_is(&Player::is_npc)(npc, human));
    CHECK(!subject_is(&Player::is_npc)(npc, human));
}
