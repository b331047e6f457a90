// SPDX-License-Identifier: BSL-1.0
#include <presence_router/sync/local_presence_for.hpp>

#include "support/catch.hpp"

#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>
#include <presence_router/sync/memory_presence_store.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

using namespace presence_router;

namespace {
namespace local_game {

struct Player {
    std::uint64_t number;
    friend auto operator<=>(Player, Player) = default;
};
std::optional<std::string_view> server_name_of(Player player) {
    if (player.number < 10) return std::nullopt;
    return player.number < 20 ? "east" : "west";
}
struct Status {
    Player user_id;
    friend auto operator<=>(Status, Status) = default;
};
std::optional<PresenceState> presence_of(Status) { return std::nullopt; } // nothing that Matrix knows

struct Report { // names its player by number
    struct Number {
        std::uint64_t number;
        operator Player() const { return {number}; }
        friend auto operator<=>(Number, Number) = default;
    } user_id;
    friend auto operator<=>(Report, Report) = default;
};
std::optional<PresenceState> presence_of(Report) { return PresenceState::online; }

} // namespace local_game

TEST_CASE("a server is told of local users who are not offline", "[local_presence_for]") {
    UserId const remote = "@remote:elsewhere.net"_user, other = "@other:elsewhere.net"_user,
                 alice = "@alice:x"_user, bob = "@bob:x"_user, carol = "@carol:x"_user;
    MemoryPresenceStore store;
    for (UserId const& user : {remote, other, alice, carol})
        store.update({.user_id = user, .state = PresenceState::online});
    store.update({.user_id = bob});
    UserPresenceState const local = *store.state_of(alice);

    RouteTable routes;
    for (UserId const& user : {other, alice, bob}) routes.add(remote, user);
    CHECK(local_presence_for(remote, routes, store, "x") == std::set{local});
    CHECK(local_presence_for(remote, routes, store, "y").empty());
    CHECK(local_presence_for(remote, Broadcast{remote}, store, "x") ==
          std::set{local, *store.state_of(carol)});
    CHECK(local_presence_for(remote, Broadcast{alice}, store, "x").empty());
}

TEST_CASE("local presence is that of users who live on a server at all", "[local_presence_for]") {
    BasicMemoryPresenceStore<local_game::Player, local_game::Status> store;
    for (std::uint64_t const number : {5U, 11U, 12U, 21U}) store.update({{number}});
    BasicBroadcast<local_game::Player, local_game::Status> const all{local_game::Player{21}};
    CHECK(local_presence_for(local_game::Player{21}, all, store, "east") == std::set<local_game::Status>{{{11}}, {{12}}});
}

TEST_CASE("local presence of states that name their users by another type", "[local_presence_for]") {
    BasicMemoryPresenceStore<local_game::Player, local_game::Report> store;
    for (std::uint64_t const number : {11U, 21U}) store.update({{number}});
    BasicBroadcast<local_game::Player, local_game::Report> const all{local_game::Player{21}};
    CHECK(local_presence_for(local_game::Player{21}, all, store, "east") == std::set<local_game::Report>{{{11}}});
}

} // namespace
