// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/interested_remotes.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/predicates/one_of.hpp>
#include <presence_router/room_directory.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"

#include <compare>
#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace remotes_game {

/// A player with a hash and no order. Shard 0 is the lobby, which is no server.
struct Player {
    int number = 0;
    int shard = 0;
    friend bool operator==(Player const&, Player const&) = default;
};

std::optional<std::string_view> server_name_of(Player const& player) {
    static constexpr std::string_view names[]{"", "one", "two", "three"};
    if (player.shard == 0) return std::nullopt;
    return names[static_cast<std::size_t>(player.shard)];
}

struct Status {
    Player user_id;
    int mood = 0;
    friend bool operator==(Status const&, Status const&) = default;
};

struct Speaks {
    using user_id_type = Player;
    using state_type = Status;
};

} // namespace remotes_game

template <>
struct std::hash<remotes_game::Player> {
    std::size_t operator()(remotes_game::Player const& player) const noexcept {
        return static_cast<std::size_t>(player.number * 8 + player.shard);
    }
};
template <>
struct std::hash<remotes_game::Status> {
    std::size_t operator()(remotes_game::Status const& status) const noexcept {
        return std::hash<remotes_game::Player>{}(status.user_id) + static_cast<std::size_t>(status.mood);
    }
};

using namespace presence_router;
using remotes_game::Player;
using remotes_game::Status;

namespace {

using Names = std::vector<std::string>;

/// Rooms and who is in them; counts how often members and servers are asked for.
struct Parties : remotes_game::Speaks {
    std::vector<int> rooms_of(Player const& player) const {
        std::vector<int> result;
        for (auto const& [room, members] : rooms)
            for (Player const& member : members)
                if (member == player) result.push_back(room);
        return result;
    }
    std::vector<Player> members_of(int room) const {
        ++asked;
        return rooms.at(room);
    }

    std::map<int, std::vector<Player>> rooms;
    mutable int asked = 0;
};

/// Knows the servers, or says so.
struct KnowsServers : Parties {
    std::vector<Player> members_of(int) const { throw std::logic_error{"servers_of would do"}; }
    std::vector<std::string_view> servers_of(int room) const {
        ++asked;
        std::vector<std::string_view> result;
        for (Player const& member : rooms.at(room))
            if (auto const name = server_name_of(member)) result.push_back(*name);
        return result;
    }
};

/// Routes what it was told to, whatever is asked.
struct Told : remotes_game::Speaks {
    std::vector<std::pair<Player, std::vector<Status>>> get_users_for_states(std::span<Status const>) const {
        ++asked;
        return routes;
    }
    std::vector<Player> get_interested_users(Player const&) const { return {}; }

    std::vector<std::pair<Player, std::vector<Status>>> routes;
    mutable int asked = 0;
};

Player const a1{1, 1}, b2{2, 2}, c3{3, 3}, d2{4, 2}, lobby{5, 0};
std::map<int, std::vector<Player>> const rooms{{10, {a1, b2, d2, lobby}}, {20, {a1, c3, lobby}}, {30, {b2}}};

Names names(UpdateServers::List const& list) { return Names(list.begin(), list.end()); }

template <class Key>
std::vector<std::pair<Key, std::vector<Status>>> lists(GroupedStates<Key, Status> const& grouped) {
    std::vector<std::pair<Key, std::vector<Status>>> result;
    for (auto const& [key, states] : grouped)
        result.emplace_back(key, std::vector<Status>(states.begin(), states.end()));
    return result;
}
using ByServer = std::vector<std::pair<std::string, std::vector<Status>>>;
using ByViewer = std::vector<std::pair<Player, std::vector<Status>>>;

} // namespace

static_assert(std::copyable<InterestedRemotes> && std::default_initializable<InterestedRemotes>);
static_assert(
    std::same_as<InterestedRemotes, decltype(interested_remotes(RouteTable{}, std::span<UserPresenceState>{},
                                                                RoomDirectory{}))>);

TEST_CASE("interested_remotes: the servers of the users' rooms, and of whom the router routes to") {
    std::vector<Status> const updates{{a1, 0}, {b2, 1}, {c3, 2}, {lobby, 3}, {{9, 1}, 4}};
    Status const rewritten{a1, 77};
    Told const router{{}, {{{6, 3}, {updates[0], rewritten}}, {{7, 3}, {updates[1], updates[0]}}}};
    auto const check = [&](auto const& directory) {
        auto const remotes = interested_remotes(router, updates, directory);
        REQUIRE(remotes.rooms.size() == updates.size());
        CHECK(names(remotes.rooms[0]) == Names{"one", "two", "three"});
        CHECK(names(remotes.rooms[1]) == Names{"one", "two"});
        CHECK(names(remotes.rooms[2]) == Names{"one", "three"});
        CHECK(names(remotes.rooms[3]) == Names{"one", "two", "three"});
        CHECK(names(remotes.rooms[4]) == Names{});
        CHECK((lists(remotes.routed) ==
               ByViewer{{{6, 3}, {updates[0], rewritten}}, {{7, 3}, {updates[0], updates[1]}}}));
        CHECK((lists(remotes.by_server) ==
               ByServer{{"one", {updates[0], updates[1], updates[2], updates[3]}},
                        {"two", {updates[0], updates[1], updates[3]}},
                        {"three", {updates[0], updates[1], updates[2], updates[3], rewritten}}}));
        CHECK(remotes.malformed.empty());
        CHECK(directory.asked == 3); // each room once, though three updates are about users of the first
    };
    check(Parties{{}, rooms});
    check(KnowsServers{{{}, rooms}});
}

TEST_CASE("interested_remotes: viewers on no server are reported, each alone, and lose nobody else's state") {
    std::vector<Status> const updates{{a1, 0}, {b2, 1}};
    Told const router{{}, {{{1, 0}, {updates[0]}}, {c3, {updates[1]}}, {{2, 0}, {}}, {{1, 0}, {updates[1]}}}};
    auto const remotes = interested_remotes(router, updates, Parties{{}, {}});
    CHECK((remotes.malformed == std::vector<Player>{{1, 0}, {2, 0}}));
    CHECK((lists(remotes.routed) == ByViewer{{c3, {updates[1]}}}));
    CHECK((lists(remotes.by_server) == ByServer{{"three", {updates[1]}}}));
}

TEST_CASE("interested_remotes: who is routed to without a state brings no server") {
    std::vector<Status> const updates{{a1, 0}};
    Told const router{{}, {{b2, {}}, {c3, {updates[0]}}}};
    auto const remotes = interested_remotes(router, updates, Parties{{}, {}});
    CHECK((lists(remotes.routed) == ByViewer{{b2, {}}, {c3, updates}}));
    CHECK((lists(remotes.by_server) == ByServer{{"three", updates}}));
}

TEST_CASE("interested_remotes: equal updates are sent to a server once") {
    std::vector<Status> const updates{{a1, 0}, {a1, 0}, {a1, 1}, {a1, 0}};
    Told const router{{}, {{b2, {updates[3], updates[1]}}}};
    auto const remotes = interested_remotes(router, updates, Parties{{}, {{10, {a1, b2}}}});
    CHECK((lists(remotes.by_server) ==
           ByServer{{"one", {updates[2], updates[3]}}, {"two", {updates[2], updates[3]}}}));
    CHECK((lists(remotes.routed) == ByViewer{{b2, {updates[0]}}}));
    CHECK(remotes.rooms.size() == 4);
}

TEST_CASE("interested_remotes: a room that does not count brings no server, and changes no route") {
    std::vector<Status> const updates{{a1, 0}};
    Told const router{{}, {{d2, updates}}};
    auto const check = [&](auto const& counts, Names const& expected) {
        Parties const directory{{}, rooms};
        auto const remotes = interested_remotes(router, updates, directory, counts);
        CHECK(names(remotes.rooms[0]) == expected);
        CHECK((lists(remotes.routed) == ByViewer{{d2, updates}}));
        CHECK(remotes.by_server.contains("two"));
    };
    check(EveryRoom{}, {"one", "two", "three"});
    check(!one_of(10), {"one", "three"});
    check([](int room) { return room == 10; }, {"one", "two"});
    check([](Parties const& directory, int room) { return directory.rooms.at(room).size() > 3; },
          {"one", "two"});
    check([](int) { return false; }, {});
}

TEST_CASE("interested_remotes: the router is asked once, of nothing as well") {
    Told const router{{}, {{c3, {{b2, 5}}}}};
    Parties const directory{{}, rooms};
    auto const remotes = interested_remotes(router, std::span<Status const>{}, directory);
    CHECK(router.asked == 1);
    CHECK(directory.asked == 0);
    CHECK(remotes.rooms.empty());
    CHECK((lists(remotes.by_server) == ByServer{{"three", {{b2, 5}}}}));
}

TEST_CASE("interested_remotes: a failing router fails the call, or is left out whole") {
    struct Broken : remotes_game::Speaks {
        std::vector<std::pair<Player, Status>> get_users_for_states(std::span<Status const>) const {
            throw std::runtime_error{"broken"};
        }
        std::vector<Player> get_interested_users(Player const&) const { return {}; }
    };
    std::vector<Status> const updates{{a1, 0}};
    Parties const directory{{}, rooms};
    CHECK_THROWS_AS(interested_remotes(Broken{}, updates, directory), std::runtime_error);
    auto const guarded_router = Broken{} | guarded([](std::exception_ptr) {});
    auto const remotes = interested_remotes(guarded_router, updates, directory);
    CHECK(names(remotes.rooms[0]) == Names{"one", "two", "three"});
    CHECK(remotes.routed.empty());
}

TEST_CASE("interested_remotes in the Matrix vocabulary") {
    RoomDirectory directory;
    for (auto const& user : {"@alice:x"_user, "@bob:y:8448"_user, "@carol:z"_user})
        directory.join(user, "!r:x");
    RouteTable table;
    table.add("@dave:w"_user, "@alice:x"_user);
    std::vector<UserPresenceState> const updates{{.user_id = "@alice:x"_user}};
    InterestedRemotes const remotes =
        interested_remotes(PresenceRouterChain{std::ref(table)}, updates, directory);
    std::set<std::string> servers;
    for (auto const& [server, states] : remotes.by_server) {
        CHECK(&states[0] == &updates[0]);
        servers.insert(server);
    }
    CHECK(servers == std::set<std::string>{"x", "y:8448", "z", "w"});
}
