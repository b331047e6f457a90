// SPDX-License-Identifier: BSL-1.0
// What a sync costs with ever more known users, of whom 100 changed since the client's last one: nanoseconds for a
// changed state ("news"), or for a state that the client is shown at first ("first").
//   sync [--repetitions N] [--known N]
// The viewer of "all" receives all presence, as 9 others do. That of "rooms" is in 20 rooms of some 50 members, as
// 10 of the changed are with them; everybody is in 2 rooms or 3. The obvious C++ routes for everybody and keeps what is
// the viewer's; "pull set by hand" makes the set of those that the viewer shares a room with, and keeps who is in it.
#include "benchmark.hpp"
#include "people.hpp"

#include <presence_router/presence_router.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace presence_router;
using Room = std::uint32_t;
using Rooms = BasicRoomDirectory<UserId, Room>;
using States = std::set<UserPresenceState>;

constexpr std::size_t changed_count = 100;
constexpr std::size_t room_size = 50;

struct World {
    std::vector<UserId> users;
    Rooms rooms;
    MemoryPresenceStore store;
    std::uint64_t since = 0; // before the changes

    explicit World(std::size_t known) : users{people::crowd(known)} {
        people::Dice dice{known};
        std::size_t const room_count = known * 5 / 2 / room_size;
        auto const any_room = [&] { return static_cast<Room>(dice(room_count)); };
        for (UserId const& user : users)
            for (std::size_t count = 2 + dice(2); count > 0; --count) rooms.join(user, any_room());
        std::vector<UserId> mates;
        for (int count = 0; count < 20; ++count) {
            Room const room = any_room();
            rooms.join(viewer(), room);
            for (UserId const& member : rooms.members_of(room)) mates.push_back(member);
        }
        for (std::size_t number = 0; number < known; ++number)
            store.update(people::update_of(users[number], number));
        since = store.current_token();
        for (std::size_t number = 0; number < changed_count; ++number) {
            UserId const& user = number % 10 == 0 ? mates[dice(mates.size())] : users[1 + dice(known - 1)];
            store.update(people::update_of(user, number + 1));
        }
    }

    UserId const& viewer() const { return users.front(); }
    std::set<UserId> room_mates() const {
        std::set<UserId> mates;
        for (Room const room : rooms.rooms_of(viewer()))
            for (UserId const& member : rooms.members_of(room)) mates.insert(member);
        return mates;
    }
};

/// What is the viewer's of the routes for everybody.
template <class Changed, class AudienceOf>
States routed_for_everybody(World const& world, Changed const& changed, AudienceOf const& audience_of) {
    std::map<UserId, States> routed;
    for (UserPresenceState const& state : changed) {
        routed[state.user_id].insert(state);
        audience_of(state.user_id, [&](UserId const& viewer) { routed[viewer].insert(state); });
    }
    return routed[world.viewer()];
}

States kept_by_hand(World const& world) {
    std::set<UserId> const mates = world.room_mates();
    States states;
    for (UserPresenceState const& state : world.store.changed_since(world.since))
        if (mates.contains(state.user_id)) states.insert(state);
    return states;
}

States first_by_hand(World const& world) {
    States states;
    for (UserId const& mate : world.room_mates())
        if (UserPresenceState const* const state = world.store.state_of(mate)) states.insert(*state);
    return states;
}

std::uint64_t sum(States const& states) { return states.size(); }

void run(std::size_t known, std::size_t repetitions) {
    World const world{known};
    UserId const& viewer = world.viewer();
    std::string const size = std::to_string(known);
    auto const changed = [&] { return world.store.changed_since(world.since); };
    auto const in_rooms = [&](UserId const& subject, auto const& tell) {
        for (Room const room : world.rooms.rooms_of(subject))
            for (UserId const& member : world.rooms.members_of(room)) tell(member);
    };
    std::vector<UserId> const monitors(world.users.begin(), world.users.begin() + 10);
    auto const to_monitors = [&](UserId const&, auto const& tell) {
        for (UserId const& monitor : monitors) tell(monitor);
    };
    PresenceRouterChain const all{Broadcast{monitors}, OwnPresence{}};
    PresenceRouterChain const rooms{SharedRooms{world.rooms}, OwnPresence{}};
    auto const news = [&](auto const& router) {
        return presence_for(viewer, router, world.store, world.since).states;
    };
    auto const first = [&](auto const& router) {
        return presence_for(viewer, router, world.store, std::nullopt, OfflineUsers::included).states;
    };

    States const of_rooms = routed_for_everybody(world, changed(), in_rooms);
    benchmark::require(of_rooms.size() >= 5 && of_rooms == news(rooms) && of_rooms == kept_by_hand(world),
                       "news of rooms");
    benchmark::require(routed_for_everybody(world, changed(), to_monitors) == news(all), "news of all");
    benchmark::require(first_by_hand(world) == first(rooms), "the first sync of rooms");

    benchmark::compare(
        "news, all", size,
        {{"obvious C++", [&] { return sum(routed_for_everybody(world, changed(), to_monitors)); }},
         {"presence_for", [&] { return sum(news(all)); }}},
        changed_count, repetitions);
    benchmark::compare(
        "news, rooms", size,
        {{"obvious C++", [&] { return sum(routed_for_everybody(world, changed(), in_rooms)); }},
         {"pull set by hand", [&] { return sum(kept_by_hand(world)); }},
         {"presence_for", [&] { return sum(news(rooms)); }}},
        changed_count, repetitions);
    benchmark::compare("first, rooms", size,
                       {{"obvious C++", [&] { return sum(first_by_hand(world)); }},
                        {"presence_for", [&] { return sum(first(rooms)); }}},
                       first(rooms).size(), repetitions);
    // Nothing can be done about this one: it shows all there are.
    benchmark::compare(
        "first, all", size,
        {{"obvious C++",
          [&] { return sum(States(world.store.states().begin(), world.store.states().end())); }},
         {"presence_for", [&] { return sum(first(all)); }}},
        known, repetitions);
}

} // namespace

int main(int argc, char** argv) {
    std::size_t const repetitions = benchmark::option(argc, argv, "--repetitions", 5);
    if (std::size_t const known = benchmark::option(argc, argv, "--known", 0)) run(known, repetitions);
    else
        for (std::size_t const size : {10'000U, 100'000U, 1'000'000U}) run(size, repetitions);
    return 0;
}
