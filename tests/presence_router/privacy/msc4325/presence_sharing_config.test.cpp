// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4325/presence_sharing_config.hpp>

#include "support/catch.hpp"

#include <set>
#include <string>
#include <type_traits>
#include <vector>

using namespace presence_router;
using namespace presence_router::msc4325_2026_01_23;

namespace {

static_assert(std::is_aggregate_v<PresenceSharingConfig>);
static_assert(std::is_nothrow_move_assignable_v<PresenceSharingConfig>);

TEST_CASE("an entry is what its first character says") {
    SharingList list;
    CHECK(list.add("@alice:x"));
    CHECK(list.add("@*:y"));
    CHECK(list.add("@b?b:x"));
    CHECK(list.add("!room"));
    CHECK(list.add("!*:x"));
    CHECK(list.users == std::set{"@alice:x"_user});
    CHECK(list.globs == std::vector{Glob{"@*:y"}, Glob{"@b?b:x"}});
    CHECK(list.rooms == std::set<std::string, std::less<>>{"!*:x", "!room"});
}

TEST_CASE("what can match nothing is refused") {
    SharingList list;
    for (char const* const entry :
         {"", "alice:x", "*", "#alias:x", "@alice", "@alice:", "@", "x!room", " @a:x"})
        CHECK_FALSE(list.add(entry));
    CHECK(list == SharingList{});
    CHECK(SharingList{"@a:x", "nonsense"} == SharingList{"@a:x"});
}

TEST_CASE("a user matches by id or by glob, a room by its id alone") {
    SharingList const list{"@alice:x", "@*:y", "!room"};
    CHECK(list.matches("@alice:x"_user));
    CHECK(list.matches("@anybody:y"_user));
    CHECK_FALSE(list.matches("@bob:x"_user));
    CHECK_FALSE(list.matches_glob("@alice:x"_user));
    CHECK_FALSE(SharingList{}.matches("@alice:x"_user));
    CHECK(SharingList{"@we?rd*:x"}.matches("@we?rd*:x"_user)); // such ids exist, and match themselves
}

TEST_CASE("a room counts if it is allowed, or not denied") {
    PresenceSharingConfig const config{.allowed_users = {"!a", "!both"}, .denied_users = {"!d", "!both"}};
    CHECK(config.room_counts("!a"));
    CHECK(config.room_counts("!both"));
    CHECK(config.room_counts("!neither"));
    CHECK_FALSE(config.room_counts("!d"));
}

TEST_CASE("a room that the user left is taken off both lists") {
    PresenceSharingConfig config{.allowed_users = {"!a", "!both"}, .denied_users = {"!d", "!both", "@a:x"}};
    CHECK(config.remove_room("!both"));
    CHECK_FALSE(config.remove_room("!both"));
    CHECK(config.remove_room("!a"));
    CHECK(config.remove_room("!d"));
    CHECK_FALSE(config.remove_room("@a:x"));
    CHECK(config == PresenceSharingConfig{.denied_users = {"@a:x"}});
}

} // namespace
