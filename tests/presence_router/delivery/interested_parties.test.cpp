// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/interested_parties.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/predicates/at_most.hpp>
#include <presence_router/predicates/one_of.hpp>
#include <presence_router/room_directory.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/routers.hpp"

#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Failing;
using support::Failure;
using support::Note;
using support::Routed;

namespace {

/// Users are numbers, and so are rooms. Everything is made anew for the asking.
struct Guilds : support::SpeaksNotes {
    std::vector<int> rooms_of(int user) const {
        std::vector<int> result;
        for (auto const& [room, members] : rooms)
            if (members.contains(user)) result.push_back(room);
        return result;
    }
    std::set<int> members_of(int room) const { return rooms.at(room); }

    std::map<int, std::set<int>> rooms;
};

Guilds const guilds{{}, {{100, {1, 2}}, {200, {1}}, {300, {2, 3}}}};

using Lists = std::vector<std::pair<int, std::vector<Note>>>;

Lists lists(GroupedStates<int, Note> const& grouped) {
    Lists result;
    for (auto const& [key, states] : grouped)
        result.emplace_back(key, std::vector<Note>(states.begin(), states.end()));
    return result;
}

/// Nobody is routed to by it.
auto const nobody = support::Scripted{{}};

template <class Room>
constexpr bool is_odd_hundred(Room room) {
    return room / 100 % 2 == 1;
}

} // namespace

static_assert(std::copyable<InterestedParties> && std::default_initializable<InterestedParties>);
static_assert(
    std::same_as<InterestedParties, decltype(interested_parties(RouteTable{}, std::span<UserPresenceState>{},
                                                                RoomDirectory{}))>);

TEST_CASE("interested_parties: the rooms of the users, and the users themselves") {
    std::vector<Note> const updates{{2, 0}, {1, 1}, {9, 2}};
    auto const parties = interested_parties(nobody, updates, guilds);
    CHECK((lists(parties.rooms) ==
           Lists{{100, {updates[0], updates[1]}}, {300, {updates[0]}}, {200, {updates[1]}}}));
    CHECK((lists(parties.users) == Lists{{2, {updates[0]}}, {1, {updates[1]}}, {9, {updates[2]}}}));
}

TEST_CASE("interested_parties: what the router says is added, each state once") {
    std::vector<Note> const updates{{2, 0}, {1, 1}, {2, 2}};
    Note const rewritten{2, 77};
    auto const routes = support::Edge<5, 2>{};
    auto const more = support::Scripted{
        {{5, {updates[2], updates[1], rewritten}}, {2, {updates[0]}}, {6, {}}, {1, {}}, {4, {rewritten}}}};
    auto const parties = interested_parties(PresenceRouterChain{routes, more, routes}, updates, guilds);
    CHECK((lists(parties.users) == Lists{{2, {updates[0], updates[2], updates[0]}},
                                         {1, {updates[1]}},
                                         {5, {updates[0], updates[1], updates[2], rewritten}},
                                         {4, {rewritten}},
                                         {6, {}}}));
    CHECK((lists(parties.rooms) == Lists{{100, {updates[0], updates[1], updates[2]}},
                                         {300, {updates[0], updates[2]}},
                                         {200, {updates[1]}}}));
}

TEST_CASE("interested_parties: an update that is given twice is there twice, and routed once") {
    std::vector<Note> const updates{{1, 7}, {1, 7}};
    auto const parties = interested_parties(support::Edge<5, 1>{}, updates, guilds);
    CHECK((lists(parties.rooms) == Lists{{100, updates}, {200, updates}}));
    CHECK((lists(parties.users) == Lists{{1, updates}, {5, {updates[0]}}}));
}

TEST_CASE("interested_parties: a room that does not count is no room, and nobody's route") {
    std::vector<Note> const updates{{1, 0}};
    auto const route = support::Edge<5, 1>{};
    Lists const users{{1, updates}, {5, updates}};
    auto const check = [&](auto const& counts, Lists const& rooms) {
        auto const parties = interested_parties(route, updates, guilds, counts);
        CHECK((lists(parties.rooms) == rooms));
        CHECK((lists(parties.users) == users));
    };
    check(EveryRoom{}, {{100, updates}, {200, updates}});
    check(!one_of(100), {{200, updates}});
    check(one_of(200, 300), {{200, updates}});
    check(at_most(1), {{200, updates}});
    check([](int room) { return is_odd_hundred(room); }, {{100, updates}});
    check([](Guilds const& directory, int room) { return directory.rooms.at(room).size() == 2; },
          {{100, updates}});
    check([](int) { return false; }, {});
}

TEST_CASE("interested_parties: the router is asked once, of nothing as well") {
    std::vector<std::string> asked;
    Note const rewritten{2, 77};
    auto const router = support::Scripted{{{5, {rewritten}}}, {}, "router", &asked};
    auto const parties = interested_parties(router, std::span<Note const>{}, guilds);
    CHECK(asked == std::vector<std::string>{"router"});
    CHECK(parties.rooms.empty());
    CHECK((lists(parties.users) == Lists{{5, {rewritten}}}));

    Note const one{1, 1};
    CHECK((lists(interested_parties(router, one, guilds).users) == Lists{{1, {one}}, {5, {rewritten}}}));
    CHECK(asked.size() == 2);
}

TEST_CASE("interested_parties: a failing router fails the call, or is left out whole") {
    std::vector<Note> const updates{{1, 0}};
    CHECK_THROWS_AS(interested_parties(Failing{}, updates, guilds), Failure);
    auto const guarded_router = Failing{} | guarded([](std::exception_ptr) {});
    auto const parties =
        interested_parties(PresenceRouterChain{guarded_router, support::Edge<5, 1>{}}, updates, guilds);
    CHECK((lists(parties.users) == Lists{{1, updates}, {5, updates}}));
}

TEST_CASE("interested_parties: the answer borrows the batch, and owns what routers made") {
    std::vector<UserPresenceState> updates{{.user_id = "@bob:x"_user}, {.user_id = "@carol:x"_user}};
    RoomDirectory directory;
    directory.join("@bob:x"_user, "!r:x");
    RouteTable table;
    table.add("@alice:x"_user, "@bob:x"_user);
    auto parties = interested_parties(std::ref(table), updates, directory);
    CHECK(&parties.rooms.states_for("!r:x")[0] == &updates[0]);
    CHECK(&parties.users.states_for("@alice:x"_user)[0] == &updates[0]);

    std::optional<InterestedParties> kept;
    {
        struct Rewriting {
            UsersForStates get_users_for_states(std::span<UserPresenceState const>) const {
                return {{"@dave:x"_user, {{.user_id = "@bob:x"_user, .status_msg = "rewritten"}}}};
            }
            std::set<UserId> get_interested_users(UserId const&) const { return {}; }
        };
        auto const answer = interested_parties(Rewriting{}, updates, directory);
        kept = answer;
    }
    InterestedParties const moved = *std::move(kept);
    kept.reset();
    REQUIRE(moved.users.states_for("@dave:x"_user).size() == 1);
    CHECK(moved.users.states_for("@dave:x"_user).front().status_msg == "rewritten");
}

TEST_CASE("interested_parties does as the maps of Synapse do") {
    unsigned random = 1;
    auto const next = [&random](unsigned below) {
        random = random * 1664525U + 1013904223U;
        return static_cast<int>((random >> 16) % below);
    };
    for (int round = 0; round < 200; ++round) {
        Guilds directory;
        for (int room = 100; room < 100 + next(6); ++room)
            for (int count = next(5); count > 0; --count) directory.rooms[room].insert(next(8));
        std::vector<Note> updates;
        for (int count = next(8); count > 0; --count) updates.push_back({next(8), next(2)});
        Routed routed;
        for (int count = next(10); count > 0; --count) {
            auto& states = routed[next(12)];
            if (next(3) > 0) states.insert({next(8), next(2)});
        }
        std::map<int, std::multiset<Note>> rooms, users;
        for (Note const& update : updates) {
            for (int const room : directory.rooms_of(update.user_id))
                if (room != 101) rooms[room].insert(update);
            users[update.user_id].insert(update);
        }
        for (auto const& [viewer, states] : routed) users[viewer].insert(states.begin(), states.end());

        auto const answer = interested_parties(support::Scripted{routed}, updates, directory, !one_of(101));
        auto const as_maps = [](GroupedStates<int, Note> const& grouped) {
            std::map<int, std::multiset<Note>> result;
            for (auto const& [key, states] : grouped) result[key].insert(states.begin(), states.end());
            CHECK(result.size() == grouped.size());
            return result;
        };
        CHECK((as_maps(answer.rooms) == rooms));
        CHECK((as_maps(answer.users) == users));
    }
}
