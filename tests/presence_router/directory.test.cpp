// SPDX-License-Identifier: BSL-1.0
#include <presence_router/directory.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

using namespace presence_router;

namespace {

/// Has only what the concept demands.
struct Archetype {
    std::span<std::string const> rooms_of(UserId const&) const { return {}; }
    std::vector<UserId> members_of(std::string const&) const { return {}; }
};

struct Guilds {
    using user_id_type = int;
    std::set<long> const& rooms_of(int) const { return guilds; }
    std::set<int> const& members_of(long) const { return members; }
    std::set<long> guilds;
    std::set<int> members;
};

struct NoMembers {
    std::vector<std::string> rooms_of(UserId const&) const { return {}; }
};
struct NoRooms {
    std::vector<UserId> members_of(std::string const&) const { return {}; }
};
struct RoomsAreNoRange : Archetype {
    std::optional<std::string> rooms_of(UserId const&) const { return {}; }
};
struct MembersOfAnotherType : Archetype {
    std::vector<std::string> members_of(std::string const&) const { return {}; }
};
struct NotConst : Archetype {
    std::vector<std::string> rooms_of(UserId const&) { return {}; }
};
struct Incomparable {};
struct IncomparableRooms {
    std::vector<Incomparable> rooms_of(UserId const&) const { return {}; }
    std::vector<UserId> members_of(Incomparable) const { return {}; }
};

} // namespace

TEST_CASE("a directory lists the rooms of a user and the members of a room") {
    STATIC_REQUIRE(Directory<Archetype>);
    STATIC_REQUIRE(Directory<Guilds>);
    STATIC_REQUIRE(!Directory<void>);
    STATIC_REQUIRE(!Directory<int>);
    STATIC_REQUIRE(!Directory<NoMembers>);
    STATIC_REQUIRE(!Directory<NoRooms>);
    STATIC_REQUIRE(!Directory<RoomsAreNoRange>);
    STATIC_REQUIRE(!Directory<MembersOfAnotherType>);
    STATIC_REQUIRE(!Directory<NotConst>);
    STATIC_REQUIRE(!Directory<IncomparableRooms>);
}

TEST_CASE("the room id type is what rooms_of lists") {
    STATIC_REQUIRE(std::same_as<room_id_t<Archetype>, std::string>);
    STATIC_REQUIRE(std::same_as<room_id_t<Guilds>, long>);
}
