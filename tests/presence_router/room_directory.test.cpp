// SPDX-License-Identifier: BSL-1.0
#include <presence_router/room_directory.hpp>

#include "support/catch.hpp"

#include <presence_router/directory.hpp>

#include <concepts>
#include <ranges>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

using namespace presence_router;

namespace {

using Guilds = BasicRoomDirectory<int, int>; // users and rooms of one type

static_assert(std::same_as<RoomDirectory, BasicRoomDirectory<UserId, std::string>>);
static_assert(Directory<RoomDirectory> && Directory<Guilds> &&
              Directory<BasicRoomDirectory<long, char const*>>);
static_assert(std::same_as<room_id_t<RoomDirectory>, std::string>);
static_assert(std::is_copy_constructible_v<RoomDirectory> &&
              std::is_nothrow_move_constructible_v<RoomDirectory>);
static_assert(noexcept(std::declval<RoomDirectory const&>().is_member(std::declval<std::string const&>(),
                                                                      std::declval<UserId const&>())));
static_assert(noexcept(std::declval<RoomDirectory const&>().rooms_of(std::declval<UserId const&>())));
static_assert(noexcept(std::declval<RoomDirectory&>().leave_all(std::declval<UserId const&>())));
static_assert(
    std::ranges::random_access_range<decltype(std::declval<RoomDirectory const&>().members_of("!r"))>);

template <class T>
auto as_set(T&& range) {
    std::set<std::remove_cvref_t<std::ranges::range_reference_t<T>>> values;
    for (auto const& value : range) CHECK(values.insert(value).second);
    return values;
}

TEST_CASE("a directory knows who joined which rooms", "[room_directory]") {
    UserId const alice{"@alice:x"}, bob{"@bob:x"}, carol{"@carol:x"};
    RoomDirectory rooms;
    CHECK(rooms.join(alice, "!tea:x"));
    CHECK(rooms.join(alice, "!work:x"));
    CHECK(rooms.join(bob, "!tea:x"));
    CHECK_FALSE(rooms.join(bob, "!tea:x"));
    CHECK(as_set(rooms.rooms_of(alice)) == std::set<std::string>{"!tea:x", "!work:x"});
    CHECK(as_set(rooms.members_of("!tea:x")) == std::set{alice, bob});
    CHECK(rooms.member_count("!tea:x") == 2);
    CHECK(rooms.is_member("!work:x", alice));
    CHECK_FALSE(rooms.is_member("!work:x", bob));
    CHECK(rooms.rooms_of(carol).empty());
    CHECK(rooms.members_of("!none:x").empty());
    CHECK(rooms.member_count("!none:x") == 0);
    CHECK_FALSE(rooms.is_member("!none:x", alice));
}

TEST_CASE("members leave one room, all rooms, or because it closes", "[room_directory]") {
    Guilds guilds;
    for (int user = 0; user < 4; ++user)
        for (int guild = 0; guild < 3; ++guild) guilds.join(user, guild);
    CHECK(guilds.leave(0, 1));
    CHECK_FALSE(guilds.leave(0, 1));
    CHECK_FALSE(guilds.leave(0, 9));
    CHECK(as_set(guilds.rooms_of(0)) == std::set{0, 2});
    CHECK(guilds.member_count(1) == 3);
    CHECK(guilds.leave_all(2) == 3);
    CHECK(guilds.leave_all(2) == 0);
    CHECK(as_set(guilds.members_of(2)) == std::set{0, 1, 3});
    CHECK(guilds.close(2) == 3);
    CHECK(guilds.close(2) == 0);
    CHECK(as_set(guilds.rooms_of(0)) == std::set{0});
    CHECK(as_set(guilds.rooms_of(3)) == std::set{0, 1});
    CHECK(as_set(guilds.members_of(0)) == std::set{0, 1, 3}); // the user 0 and the room 0 are two things
}

} // namespace
