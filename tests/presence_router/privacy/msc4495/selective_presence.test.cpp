// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4495/selective_presence.hpp>

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
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using namespace presence_router::msc4495_2026_07_15;
using support::RoomBook;

namespace {

UserId const alice = "@alice:here"_user; // the subject of most cases
UserId const bob = "@bob:here"_user;
UserId const carol = "@carol:there"_user;
UserId const dave = "@dave:there"_user;
UserId const erin = "@erin:far"_user;
UserId const stranger = "@stranger:here"_user;
std::vector<UserId> const everybody{alice, bob, carol, dave, erin, stranger};

using Users = std::set<UserId>;
using SharingOf = std::function<PresenceSharing const*(UserId const&)>;
using HintOf = std::function<RoomHint(std::string const&)>;
using Selective = SelectivePresence<RoomBook, SharingOf, HintOf>;
static_assert(PresenceRouter<Selective>);
static_assert(std::is_constructible_v<Selective, char const*, RoomBook&, SharingOf, HintOf>);
static_assert(!std::is_constructible_v<Selective, char const*, RoomBook, SharingOf, HintOf>);

// "!open" suggests sharing, "!closed" forbids it, and "!elsewhere" has no alice in it.
RoomBook const rooms{{"!open", {alice, bob, carol, dave}},
                     {"!closed", {alice, bob, carol, erin}},
                     {"!elsewhere", {erin, stranger}}};
RoomHint hint_of(std::string const& room) { return room == "!closed" ? RoomHint::forbid : RoomHint::suggest; }

/// Who receives the presence of alice, if this is her account data. All lanes have to say the same.
Users viewers(PresenceSharing const* sharing) {
    Selective const router{"here", rooms,
                           [&](UserId const& user) { return user == alice ? sharing : nullptr; }, hint_of};
    Users result;
    for (UserId const& user : everybody)
        if (router.sees(user, alice)) result.insert(user);
    CHECK(support::first_difference(router, everybody, [&](UserId const& viewer, UserId const& subject) {
              return subject == alice && result.contains(viewer);
          }) == "");
    return result;
}
Users viewers(PresenceSharing const& sharing) { return viewers(&sharing); }

TEST_CASE("no account data, and account data that says nothing, share with nobody") {
    CHECK(viewers(nullptr).empty());
    CHECK(viewers(PresenceSharing{}).empty());
}

TEST_CASE("step 1: a room is shared with if it is allowed and suggests it") {
    CHECK(viewers({.allowed_rooms = {"!open"}}) == Users{bob, carol, dave});
    CHECK(viewers({.allowed_rooms = {"!closed"}}).empty());
    CHECK(viewers({.allowed_rooms = {"!open", "!closed"}}) == Users{bob, carol, dave});
    CHECK(viewers({.allowed_rooms = {"!elsewhere"}}).empty());
}

TEST_CASE("step 2: a denied server is out, a user who is allowed stays") {
    CHECK(viewers({.allowed_rooms = {"!open"}, .denied_servers = {"there"}}) == Users{bob});
    CHECK(viewers({.users = {{carol, UserRule::allow}},
                   .allowed_rooms = {"!open"},
                   .denied_servers = {"there"}}) == Users{bob, carol});
    CHECK(viewers({.allowed_rooms = {"!open"}, .denied_servers = {"*", "th?re", "THERE"}}) ==
          Users{bob, carol, dave}); // there are no globs
}

TEST_CASE("step 3: to share locally is to share with locals in any shared room") {
    CHECK(viewers({.share_locally = true}) == Users{bob});
    RoomBook const closed{{"!closed", {alice, bob, carol}}};
    PresenceSharing const locally{.share_locally = true};
    Selective const router{"here", closed, [&](UserId const&) { return &locally; }, hint_of};
    CHECK(router.sees(bob, alice));
    CHECK_FALSE(router.sees(carol, alice));
    CHECK(viewers({.share_locally = true, .allowed_rooms = {"!open"}, .denied_servers = {"here"}}) ==
          Users{bob, carol, dave}); // it comes after step 2
}

TEST_CASE("step 4: an allowed user has to share a room, whatever its hint") {
    CHECK(viewers({.users = {{erin, UserRule::allow}}}) == Users{erin});
    CHECK(viewers({.users = {{stranger, UserRule::allow}}}).empty());
    CHECK(viewers({.users = {{carol, UserRule::allow}}, .denied_servers = {"there"}}) == Users{carol});
}

TEST_CASE("step 5: a denied user is out, whatever else is said") {
    CHECK(viewers({.share_locally = true, .users = {{bob, UserRule::deny}}, .allowed_rooms = {"!open"}}) ==
          Users{carol, dave});
    CHECK(viewers({.users = {{carol, UserRule::deny}}, .allowed_rooms = {"!open"}}) == Users{bob, dave});
}

TEST_CASE("nobody gets their own presence") {
    CHECK(viewers({.share_locally = true, .users = {{alice, UserRule::allow}}, .allowed_rooms = {"!open"}}) ==
          Users{bob, carol, dave});
}

TEST_CASE("an error while the account data is asked for widens nothing") {
    Selective const router{
        "here", rooms,
        [](UserId const&) -> PresenceSharing const* { throw std::runtime_error{"no database"}; }, hint_of};
    CHECK_THROWS_AS(router.sees(bob, alice), std::runtime_error);
    CHECK_THROWS_AS(router.get_users_for_states({{.user_id = alice}}), std::runtime_error);
    CHECK_THROWS_AS(router.get_interested_users(bob), std::runtime_error);
}

/// The recipient set as the proposal makes it, step by step.
Users recipients(RoomBook const& book, std::vector<std::string> const& room_ids, UserId const& sender,
                 PresenceSharing const* sharing, std::map<std::string, RoomHint> const& hints,
                 std::vector<UserId> const& users) {
    Users result;
    if (!sharing) return result;
    Users mates;
    for (std::string const& room : room_ids) {
        Users const& members = book.members_of(room);
        if (!members.contains(sender)) continue;
        mates.insert(members.begin(), members.end());
        if (sharing->allowed_rooms.contains(room) && hints.at(room) == RoomHint::suggest)
            result.insert(members.begin(), members.end());
    }
    std::erase_if(result, [&](UserId const& user) {
        return sharing->denied_servers.contains(std::string{user.server_name()});
    });
    for (UserId const& user : users)
        if (sharing->share_locally && user.server_name() == "x" && mates.contains(user)) result.insert(user);
    for (auto const& [user, rule] : sharing->users)
        if (rule == UserRule::allow && mates.contains(user)) result.insert(user);
    for (auto const& [user, rule] : sharing->users)
        if (rule == UserRule::deny) result.erase(user);
    result.erase(sender);
    return result;
}

template <class Book>
void compare_at_random(unsigned seed) {
    std::mt19937 random{seed};
    auto const one_in = [&random](unsigned n) { return random() % n == 0; };
    std::size_t shown = 0;
    for (int round = 0; round < 150; ++round) {
        std::vector<UserId> users;
        for (char const* const user : {"@a:x", "@b:x", "@c:x", "@d:y", "@e:y", "@f:z"})
            users.emplace_back(user);
        std::vector<std::string> const room_ids{"!p", "!q", "!r"};
        Book book;
        std::map<std::string, RoomHint> hints;
        for (std::string const& room : room_ids) {
            hints[room] = one_in(3) ? RoomHint::forbid : RoomHint::suggest;
            for (UserId const& user : users)
                if (one_in(2)) book.join(room, user);
        }
        std::map<UserId, PresenceSharing> sharing;
        for (UserId const& user : users) {
            if (one_in(4)) continue;
            PresenceSharing& data = sharing[user];
            data.share_locally = one_in(3);
            for (UserId const& other : users)
                if (one_in(3)) data.users[other] = one_in(2) ? UserRule::allow : UserRule::deny;
            for (std::string const& room : room_ids)
                if (one_in(2)) data.allowed_rooms.insert(room);
            for (char const* const server : {"x", "y", "z"})
                if (one_in(4)) data.denied_servers.insert(server);
        }
        auto const find = [&](UserId const& user) -> PresenceSharing const* {
            auto const found = sharing.find(user);
            return found == sharing.end() ? nullptr : &found->second;
        };
        auto const hint = [&](std::string const& room) { return hints.at(room); };
        SelectivePresence const router{"x", book, find, std::cref(hint)};
        auto const expected = [&](UserId const& viewer, UserId const& subject) {
            bool const wanted =
                recipients(book, room_ids, subject, find(subject), hints, users).contains(viewer);
            shown += wanted;
            return wanted;
        };
        REQUIRE(support::first_difference(router, users, expected) == "");
    }
    CHECK(shown > 500);
}

TEST_CASE("at random all lanes make the set that the steps make") {
    compare_at_random<RoomBook>(3);
    compare_at_random<support::AskedRoomBook>(4);
}

} // namespace
