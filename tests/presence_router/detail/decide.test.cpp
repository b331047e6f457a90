// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/decide.hpp>

#include "support/catch.hpp"

#include <vector>

using namespace presence_router;

namespace {

struct Rooms {
    std::vector<int> members_of(int) const { return {}; }
};

} // namespace

TEST_CASE("a predicate is asked what it takes, and a room predicate may leave out the directory") {
    auto const room = [](int asked) { return asked == 1; };
    auto const both = [](Rooms const&, int asked) { return asked == 2; };
    Rooms const rooms;
    CHECK(detail::decide(room, 1));
    CHECK(detail::decide(room, rooms, 1));
    CHECK_FALSE(detail::decide(room, rooms, 2));
    CHECK(detail::decide(both, rooms, 2));
    CHECK_FALSE(detail::decide(both, rooms, 1));
    STATIC_REQUIRE(!detail::Decides<decltype(room), int, int>); // a user is not left out
    STATIC_REQUIRE(!detail::Decides<decltype(both), int>);
    STATIC_REQUIRE(!detail::Decides<decltype(both), int, int>);
}

TEST_CASE("who takes both is asked both") {
    struct Either {
        bool operator()(int) const { return false; }
        bool operator()(Rooms const&, int) const { return true; }
    };
    CHECK(detail::decide(Either{}, Rooms{}, 1));
}

TEST_CASE("a member of what is asked about is a predicate") {
    struct Room {
        bool open;
        bool is_open() const noexcept { return open; }
    };
    CHECK(detail::decide(&Room::open, Room{true}));
    CHECK_FALSE(detail::decide(&Room::is_open, Room{false}));
    STATIC_REQUIRE(detail::nothrow_decides<bool (Room::*)() const noexcept, Room>);
}

TEST_CASE("to ask is noexcept if the predicate is") {
    auto const calm = [](int) noexcept { return true; };
    auto const other = [](int) { return true; };
    STATIC_REQUIRE(detail::nothrow_decides<decltype(calm), Rooms, int>);
    STATIC_REQUIRE(detail::nothrow_decides<decltype(calm), int>);
    STATIC_REQUIRE(!detail::nothrow_decides<decltype(other), Rooms, int>);
    STATIC_REQUIRE(!detail::nothrow_decides<decltype(other), int>);
}
