// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4325/presence_privacy.hpp>

#include "support/catch.hpp"
#include "support/relation.hpp"
#include "support/room_book.hpp"

#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using namespace presence_router::msc4325_2026_01_23;
using support::RoomBook;

namespace {

UserId const alice = "@alice:here"_user; // the subject of most cases
UserId const bob = "@bob:here"_user;
UserId const carol = "@carol:there"_user;
UserId const dave = "@dave:there"_user;
UserId const stranger = "@stranger:far"_user;
std::vector<UserId> const everybody{alice, bob, carol, dave, stranger};

// alice and bob share two rooms, alice and carol one, bob and dave one.
RoomBook const rooms{{"!one", {alice, bob, carol}}, {"!two", {alice, bob}}, {"!other", {bob, dave}}};

using IgnoreLists = std::function<bool(UserId const&, UserId const&)>;
using Users = std::set<UserId>;
using Privacy = PresencePrivacy<RoomBook, IgnoreLists, Users>;
static_assert(PresenceRouter<Privacy>);
static_assert(PresenceRouter<PresencePrivacy<RoomBook>>);
static_assert(std::is_constructible_v<PresencePrivacy<RoomBook>, PresenceSharingConfigs&, RoomBook&>);
static_assert(!std::is_constructible_v<PresencePrivacy<RoomBook>, PresenceSharingConfigs&, RoomBook>);
static_assert(!std::is_constructible_v<PresencePrivacy<RoomBook>, PresenceSharingConfigs, RoomBook&>);
static_assert(!std::is_constructible_v<PresencePrivacy<RoomBook>, PresenceSharingConfigs, RoomBook>);

IgnoreLists const nobody = NoIgnoreLists();
IgnoreLists const alice_ignores_bob = [](UserId const& user, UserId const& other) {
    return user == alice && other == bob;
};

/// Who receives the presence of alice, if this is her configuration. All lanes have to say the same.
Users viewers(PresenceSharingConfig config, IgnoreLists const& ignores = nobody, Users const& users = {},
              ExplicitAllow explicit_allow = ExplicitAllow::beats_deny) {
    PresenceSharingConfigs configs;
    configs.set(alice, std::move(config));
    for (UserId const& user : everybody) // whose presence is not the question
        if (user != alice) configs.set(user, {.denied_users = {"@*"}});
    Privacy const router{configs, rooms, ignores, users, explicit_allow};
    Users result;
    for (UserId const& user : everybody)
        if (router.sees(user, alice)) result.insert(user);
    CHECK(support::first_difference(router, everybody, [&](UserId const& viewer, UserId const& subject) {
              return subject == alice && result.contains(viewer);
          }) == "");
    return result;
}

TEST_CASE("step 3: who shares a room") {
    CHECK(viewers({}) == Users{bob, carol});
    CHECK(viewers({}, alice_ignores_bob) == Users{carol});
    CHECK(viewers({.denied_users = {"@bob:here"}}) == Users{carol});
    CHECK(viewers({.denied_users = {"@*:there"}}) == Users{bob});
}

TEST_CASE("step 3: of several shared rooms one that is not denied is enough") {
    CHECK(viewers({.denied_users = {"!one"}}) == Users{bob});
    CHECK(viewers({.denied_users = {"!two"}}) == Users{bob, carol});
    CHECK(viewers({.denied_users = {"!one", "!two"}}).empty());
}

TEST_CASE("without a configuration it is step 3, the ignore list included") {
    PresenceSharingConfigs const none;
    Privacy const router{none, rooms, nobody, Users(everybody.begin(), everybody.end())};
    auto const share = [](UserId const& a, UserId const& b) {
        return a != b && detail::share_room(rooms, a, b, [](auto const&) { return true; });
    };
    CHECK(support::first_difference(router, everybody, share) == "");
    Privacy const ignoring{none, rooms, alice_ignores_bob};
    CHECK_FALSE(ignoring.sees(bob, alice));
    CHECK(ignoring.sees(alice, bob)); // the one who ignores still receives
}

TEST_CASE("step 2: a room that is allowed counts though it is denied, and gives way to the user lists") {
    CHECK(viewers({.allowed_users = {"!one"}, .denied_users = {"!one", "!two"}}) == Users{bob, carol});
    CHECK(viewers({.allowed_users = {"!one"}, .denied_users = {"!one", "!two", "@bob:here"}}) ==
          Users{carol});
    CHECK(viewers({.allowed_users = {"!one"}, .denied_users = {"!one", "!two"}}, alice_ignores_bob) ==
          Users{carol});
}

TEST_CASE("a room of which the subject is no member counts for nothing, and is no glob") {
    CHECK(viewers({.allowed_users = {"!other"}}) == Users{bob, carol});
    CHECK(viewers({.allowed_users = {"!other"}, .denied_users = {"!one", "!two"}}).empty());
    CHECK(viewers({.denied_users = {"!*"}}) == Users{bob, carol});
    CHECK(viewers({.denied_users = {"!on?"}}) == Users{bob, carol});
}

TEST_CASE("step 1: an allowed id lets in strangers, and beats deny and ignore") {
    CHECK(viewers({.allowed_users = {"@stranger:far"}}) == Users{bob, carol, stranger});
    CHECK(viewers({.allowed_users = {"@bob:here"}, .denied_users = {"@bob:here"}}) == Users{bob, carol});
    CHECK(viewers({.allowed_users = {"@bob:here"}}, alice_ignores_bob) == Users{bob, carol});
    CHECK(viewers({.allowed_users = {"@bob:here"}, .denied_users = {"!one", "!two"}}) == Users{bob});
}

TEST_CASE("deny-all still leaves step 1") {
    CHECK(viewers({.denied_users = {"@*:*"}}).empty());
    CHECK(viewers({.allowed_users = {"!one"}, .denied_users = {"@*:*"}}).empty());
    CHECK(viewers({.allowed_users = {"@dave:there", "@carol:there"}, .denied_users = {"@*:*"}}) ==
          Users{carol, dave});
    CHECK(viewers({.allowed_users = {"@c*:there"}, .denied_users = {"@*:*"}}) == Users{carol});
}

TEST_CASE("by the policy's other answer an allowed id gives way to deny and ignore") {
    auto const yields = ExplicitAllow::yields_to_deny;
    CHECK(viewers({.allowed_users = {"@bob:here"}, .denied_users = {"@bob:here"}}, nobody, {}, yields) ==
          Users{carol});
    CHECK(viewers({.allowed_users = {"@bob:here"}}, alice_ignores_bob, {}, yields) == Users{carol});
    CHECK(viewers({.allowed_users = {"@*:far"}, .denied_users = {"@s*"}}, nobody, {stranger}, yields) ==
          Users{bob, carol});
    CHECK(viewers({.allowed_users = {"@stranger:far"}}, nobody, {}, yields) == Users{bob, carol, stranger});
    CHECK(viewers({.allowed_users = {"@bob:here"}, .denied_users = {"!one", "!two"}}, nobody, {}, yields) ==
          Users{bob});
}

TEST_CASE("a glob lets in room-mates whatever the room, and of strangers the users who are known") {
    CHECK(viewers({.allowed_users = {"@*:far", "@*:there"}}) == Users{bob, carol});
    CHECK(viewers({.allowed_users = {"@*:far", "@*:there"}}, nobody, {stranger}) ==
          Users{bob, carol, stranger});
    CHECK(viewers({.allowed_users = {"@*"}, .denied_users = {"@*", "!one", "!two"}}, nobody, {dave}) ==
          Users{bob, carol, dave});
    CHECK(viewers({.allowed_users = {"@?ob:here"}, .denied_users = {"!one", "!two"}}, alice_ignores_bob) ==
          Users{bob});
}

TEST_CASE("who neither shares a room nor is allowed gets nothing, and nobody gets their own presence") {
    CHECK(viewers({}, nobody, Users(everybody.begin(), everybody.end())) == Users{bob, carol});
    CHECK(viewers({.allowed_users = {"@alice:here", "@*:here"}}, nobody, {alice}) == Users{bob, carol});
}

TEST_CASE("an error while a deny is asked widens nothing") {
    PresenceSharingConfigs const none;
    IgnoreLists const broken = [](UserId const&, UserId const&) -> bool {
        throw std::runtime_error{"no list"};
    };
    Privacy const router{none, rooms, broken};
    CHECK_THROWS_AS(router.sees(bob, alice), std::runtime_error);
    CHECK_THROWS_AS(router.get_users_for_states({{.user_id = alice}}), std::runtime_error);
    CHECK_THROWS_AS(router.get_interested_users(bob), std::runtime_error);
}

TEST_CASE("configurations may change between calls, and a chain holds the router") {
    PresenceSharingConfigs configs;
    PresenceRouterChain const chain{PresencePrivacy{configs, rooms}};
    CHECK(chain.sees(bob, alice));
    CHECK_FALSE(chain.sees(stranger, alice));
    configs.set(alice, {.allowed_users = {"@stranger:far"}, .denied_users = {"@bob:here"}});
    CHECK_FALSE(chain.sees(bob, alice));
    CHECK(chain.get_interested_users(stranger) == InterestedUsers{std::set{alice}});
    configs.erase(alice);
    CHECK(chain.get_interested_users(stranger) == InterestedUsers{});
}

// --- Federation ---------------------------------------------------------------------------------------

using Chunks = std::vector<AllowedRecipients>;
using Texts = std::vector<std::string>;

Chunks recipients(PresenceSharingConfig config, std::string_view destination,
                  IgnoreLists const& ignores = nobody, Users const& users = {},
                  ExplicitAllow explicit_allow = ExplicitAllow::beats_deny) {
    PresenceSharingConfigs configs;
    configs.set(alice, std::move(config));
    Chunks chunks =
        Privacy{configs, rooms, ignores, users, explicit_allow}.allowed_recipients(alice, destination);
    for (AllowedRecipients& chunk : chunks)
        if (chunk) std::sort(chunk->begin(), chunk->end());
    return chunks;
}

TEST_CASE("allowed_recipients has only who can be at the destination, rooms resolved") {
    CHECK(recipients({}, "there") == Chunks{Texts{"@carol:there"}});
    CHECK(recipients({.allowed_users = {"@dave:there", "@stranger:far", "!one"}}, "there") ==
          Chunks{Texts{"@carol:there", "@dave:there"}});
    CHECK(recipients({.allowed_users = {"@stranger:far"}, .denied_users = {"@carol:there"}}, "far") ==
          Chunks{Texts{"@stranger:far"}});
}

TEST_CASE("allowed_recipients has the globs that may match there, and not whom they cover") {
    CHECK(recipients({.allowed_users = {"@*:there", "@*:far", "@dave:there"}}, "there") ==
          Chunks{Texts{"@*:there"}});
    CHECK(recipients({.allowed_users = {"@d*:*", "@*:far"}}, "there") ==
          Chunks{Texts{"@carol:there", "@d*:*"}});
    CHECK(recipients({.allowed_users = {"@*:far"}}, "far") == Chunks{Texts{"@*:far"}});
}

TEST_CASE("where a denied user may match a glob, it is not handed out") {
    auto const yields = ExplicitAllow::yields_to_deny;
    PresenceSharingConfig const config{.allowed_users = {"@*:there"}, .denied_users = {"@carol:there"}};
    CHECK(recipients(config, "there") == Chunks{Texts{"@*:there"}});
    CHECK(recipients(config, "there", nobody, {dave}, yields) == Chunks{Texts{"@dave:there"}});
    CHECK(recipients(config, "there", nobody, {}, yields).empty());
}

TEST_CASE("an empty result is nothing to send, never an empty list") {
    CHECK(recipients({.denied_users = {"@*:*"}}, "there").empty());
    CHECK(recipients({}, "far").empty());
    PresenceSharingConfigs const none;
    CHECK(Privacy{none, rooms, nobody, {}}.allowed_recipients(alice, "far").empty());
}

TEST_CASE("without a configuration the field is left out, unless somebody there is ignored") {
    PresenceSharingConfigs const none;
    auto const of = [&](UserId const& subject, std::string_view destination, IgnoreLists const& ignores) {
        return Privacy{none, rooms, ignores, {}}.allowed_recipients(subject, destination);
    };
    CHECK(of(alice, "there", nobody) == Chunks{std::nullopt});
    CHECK(of(alice, "there", alice_ignores_bob) == Chunks{std::nullopt}); // bob is not there
    UserId const eve = "@eve:there"_user;
    RoomBook const with_eve{{"!one", {alice, carol, eve}}};
    IgnoreLists const ignores_eve = [&](UserId const&, UserId const& other) { return other == eve; };
    Privacy const router{none, with_eve, ignores_eve, {}};
    CHECK(router.allowed_recipients(alice, "there") == Chunks{Texts{"@carol:there"}});
}

TEST_CASE("a push object carries 256 recipients at most, and each goes once") {
    for (std::size_t const count : {1U, 255U, 256U, 257U, 600U}) {
        RoomBook big;
        big.join("!big", alice);
        for (std::size_t i = 0; i < count; ++i) big.join("!big", UserId{"@u" + std::to_string(i) + ":there"});
        PresenceSharingConfigs configs;
        configs.set(alice, {});
        Privacy const router{configs, big, nobody, {}};
        std::set<std::string> seen;
        Chunks const chunks = router.allowed_recipients(alice, "there");
        CHECK(chunks.size() == (count + 255) / 256);
        for (AllowedRecipients const& chunk : chunks) {
            REQUIRE(chunk);
            CHECK_FALSE(chunk->empty());
            CHECK(chunk->size() <= 256);
            seen.insert(chunk->begin(), chunk->end());
        }
        CHECK(seen.size() == count);
    }
}

// --- All of it at random ------------------------------------------------------------------------------

/// The rules as they are written, with no thought of cost.
struct World {
    std::vector<UserId> users;
    std::vector<std::string> rooms;
    std::map<std::string, Users> members;
    std::map<UserId, std::pair<std::vector<std::string>, std::vector<std::string>>>
        configs; // allowed, denied
    std::set<std::pair<UserId, UserId>> ignored;
    Users known;
    ExplicitAllow explicit_allow = ExplicitAllow::beats_deny;

    static bool listed(std::vector<std::string> const& entries, UserId const& user) {
        return std::any_of(entries.begin(), entries.end(),
                           [&](std::string const& entry) { return glob_matches(entry, user.str()); });
    }
    static bool has(std::vector<std::string> const& entries, std::string_view entry) {
        return std::find(entries.begin(), entries.end(), entry) != entries.end();
    }

    bool shows(UserId const& viewer, UserId const& subject) const {
        if (viewer == subject) return false;
        auto const found = configs.find(subject);
        auto const [allowed, denied] = found == configs.end() ? decltype(found->second){} : found->second;
        bool const refused = listed(denied, viewer) || ignored.contains({subject, viewer});
        bool share = false;
        bool by_room = false;
        for (auto const& [room, joined] : members)
            if (joined.contains(viewer) && joined.contains(subject)) {
                share = true;
                by_room |= has(allowed, room);
                by_room |= !has(denied, room);
            }
        bool const reached = has(allowed, viewer.str()) || known.contains(viewer) || share;
        bool const overruled = refused && explicit_allow == ExplicitAllow::yields_to_deny;
        return (listed(allowed, viewer) && reached && !overruled) || (by_room && !refused);
    }
};

template <class Book>
void compare_at_random(unsigned seed) {
    std::mt19937 random{seed};
    auto const one_in = [&random](unsigned n) { return random() % n == 0; };
    std::size_t shown = 0;
    for (int round = 0; round < 150; ++round) {
        World world;
        for (char const* const user : {"@a:x", "@b:x", "@c:x", "@d:y", "@e:y", "@f:z"})
            world.users.emplace_back(user);
        world.rooms = {"!p", "!q", "!r"};
        Book book;
        for (std::string const& room : world.rooms)
            for (UserId const& user : world.users)
                if (one_in(3)) {
                    world.members[room].insert(user);
                    book.join(room, user);
                }
        std::vector<std::string> const entries{"@a:x", "@d:y", "@f:z", "@*:y", "@?:x",
                                               "@*:*", "!p",   "!q",   "!r"};
        PresenceSharingConfigs configs;
        // Twice, so that what was set before leaves nothing behind.
        for (int again = 0; again < 2; ++again)
            for (UserId const& user : world.users) {
                configs.erase(user);
                world.configs.erase(user);
                if (one_in(3)) continue;
                auto& [allowed, denied] = world.configs[user];
                PresenceSharingConfig config;
                for (std::string const& entry : entries) {
                    if (one_in(5)) {
                        allowed.push_back(entry);
                        config.allowed_users.add(entry);
                    }
                    if (one_in(4)) {
                        denied.push_back(entry);
                        config.denied_users.add(entry);
                    }
                }
                configs.set(user, PresenceSharingConfig{.allowed_users = {"@b:x", "@c*"}});
                configs.set(user, std::move(config));
            }
        for (UserId const& user : world.users) {
            if (one_in(2)) world.known.insert(user);
            if (one_in(3)) world.ignored.emplace(user, world.users[random() % world.users.size()]);
        }
        if (one_in(2)) world.explicit_allow = ExplicitAllow::yields_to_deny;
        auto const ignores = [&](UserId const& user, UserId const& other) {
            return world.ignored.contains({user, other});
        };
        PresencePrivacy const router{configs, book, ignores, std::cref(world.known), world.explicit_allow};
        auto const expected = [&](UserId const& viewer, UserId const& subject) {
            bool const wanted = world.shows(viewer, subject);
            shown += wanted;
            return wanted;
        };
        REQUIRE(support::first_difference(router, world.users, expected) == "");

        // Over federation exactly the same users see it, of those whom this server knows of.
        for (UserId const& subject : world.users)
            for (std::string_view const server : {"y", "z"}) {
                Texts told;
                bool legacy = false;
                for (AllowedRecipients const& chunk : router.allowed_recipients(subject, server))
                    if (chunk) told.insert(told.end(), chunk->begin(), chunk->end());
                    else legacy = true;
                for (UserId const& user : world.users)
                    if (user.server_name() == server && user != subject) {
                        bool const share =
                            detail::share_room(book, subject, user, [](auto const&) { return true; });
                        bool const there = World::listed(told, user) || (legacy && share);
                        bool const stranger_by_glob = !share && !world.known.contains(user);
                        INFO(subject << " at " << user);
                        if (!stranger_by_glob) REQUIRE(there == world.shows(user, subject));
                    }
            }
    }
    CHECK(shown > 500);
}

TEST_CASE("at random all lanes keep to the rules as they are written") {
    compare_at_random<RoomBook>(1);
    compare_at_random<support::AskedRoomBook>(2);
}

/// A room whose text is made anew each time.
struct Numbered {
    int number;
    std::string str() const { return "!a-room-of-a-rather-long-name-" + std::to_string(number); }
    friend bool operator==(Numbered const&, Numbered const&) = default;
};

struct NumberedRooms {
    std::vector<Numbered> rooms_of(UserId const&) const { return {{1}, {2}}; }
    std::vector<UserId> members_of(Numbered const&) const { return {alice, bob}; }
};

TEST_CASE("the text of a room may be made anew") {
    NumberedRooms const numbered;
    PresenceSharingConfigs configs;
    configs.set(alice, {.denied_users = {Numbered{1}.str(), Numbered{2}.str()}});
    PresencePrivacy const router{configs, numbered};
    CHECK(!router.sees(bob, alice));
    CHECK(router.get_users_for_states({UserPresenceState{.user_id = alice}}).empty());
    configs.set(alice, {.denied_users = {Numbered{1}.str()}});
    CHECK(router.get_interested_users(bob) == InterestedUsers{Users{alice}});
}

} // namespace
