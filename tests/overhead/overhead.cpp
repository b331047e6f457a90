// SPDX-License-Identifier: BSL-1.0
// What a chain costs over the loops one would write without it: `overhead <case> <library|by_hand>` does the
// case's work once, inside the function `measured`, whose instructions are counted from outside. Both sides
// print the same checksum. Without arguments it prints the names of the cases.
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/adaptors/viewers.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/routers/route_table.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using presence_router::AllUsers;
using presence_router::PresenceRouterChain;
using presence_router::RouterInterface;
using presence_router::RouteTable;
using presence_router::UserId;
using presence_router::UserPresenceState;

namespace game {

using Id = std::uint64_t;

struct Status {
    Id user_id;
    std::uint64_t level = 0;
    friend bool operator==(Status const&, Status const&) = default;
    friend auto operator<=>(Status const&, Status const&) = default;
};

template <class Self>
struct Router : RouterInterface<Self> {
    using user_id_type = Id;
    using state_type = Status;
};

/// Players follow players.
struct Followers : Router<Followers> {
    std::vector<std::vector<Id>> followers_of, followed_by;

    template <class Sink>
    void for_each_route(std::span<Status const> batch, Sink&& sink) const {
        for (Status const& update : batch)
            for (Id const& viewer : followers_of[update.user_id])
                if (!sink(viewer, update)) return;
    }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        for (Id const& subject : followed_by[viewer])
            if (!sink(subject)) break;
        return std::nullopt;
    }
    bool sees(Id const& viewer, Id const& subject) const {
        for (Id const& followed : followed_by[viewer])
            if (followed == subject) return true;
        return false;
    }
};

/// Players see who is in their room.
struct Rooms : Router<Rooms> {
    std::vector<std::size_t> room_of;
    std::vector<std::vector<Id>> members;

    template <class Sink>
    void for_each_route(std::span<Status const> batch, Sink&& sink) const {
        for (Status const& update : batch)
            for (Id const& viewer : members[room_of[update.user_id]])
                if (!sink(viewer, update)) return;
    }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        for (Id const& subject : members[room_of[viewer]])
            if (!sink(subject)) break;
        return std::nullopt;
    }
    bool sees(Id const& viewer, Id const& subject) const { return room_of[viewer] == room_of[subject]; }
};

/// Each referee sees the players entrusted to them.
struct Referees : Router<Referees> {
    std::vector<Id> referee_of;
    std::vector<std::vector<Id>> entrusted_to;

    template <class Sink>
    void for_each_route(std::span<Status const> batch, Sink&& sink) const {
        for (Status const& update : batch)
            if (!sink(referee_of[update.user_id], update)) return;
    }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        for (Id const& subject : entrusted_to[viewer])
            if (!sink(subject)) break;
        return std::nullopt;
    }
    bool sees(Id const& viewer, Id const& subject) const { return referee_of[subject] == viewer; }
};

} // namespace game

namespace {

constexpr std::size_t users = 500;
constexpr std::size_t viewers_each = 12; // of each router

/// The scene of a game server: routers written by its owner, over vectors.
struct Game {
    using Id = game::Id;
    using State = game::Status;

    static game::Followers make_followers() {
        game::Followers made;
        made.followers_of.resize(users);
        made.followed_by.resize(users);
        for (Id user = 0; user < users; ++user)
            for (Id step = 1; step <= viewers_each; ++step) {
                Id const follower = (user * 7 + step * step * 13) % users;
                made.followers_of[user].push_back(follower);
                made.followed_by[follower].push_back(user);
            }
        return made;
    }

    static game::Rooms make_rooms() {
        game::Rooms made;
        made.members.resize(users / viewers_each + 1);
        for (Id user = 0; user < users; ++user) {
            made.room_of.push_back(user * 31 % made.members.size());
            made.members[made.room_of.back()].push_back(user);
        }
        return made;
    }

    static game::Referees make_referees() {
        game::Referees made;
        made.entrusted_to.resize(users);
        for (Id user = 0; user < users; ++user) {
            made.referee_of.push_back(user % 10);
            made.entrusted_to[user % 10].push_back(user);
        }
        return made;
    }

    Game() {
        for (Id user = 0; user < users; ++user) {
            batch.push_back({.user_id = user * 17 % users, .level = user});
            ids.push_back(user);
        }
    }

    static std::uint64_t value(Id const& id) { return id; }
    static std::uint64_t value(State const& state) { return state.level; }

    game::Followers followers = make_followers();
    game::Rooms rooms = make_rooms();
    game::Referees referees = make_referees();
    PresenceRouterChain<game::Followers, game::Rooms, game::Referees> chain{followers, rooms, referees};
    std::vector<State> batch;
    std::vector<Id> ids;

    // The loops as their owner would write them, were there no library. The sink's `false` stops.
    template <class Sink>
    void routes_by_hand(Sink const& sink) const {
        for (State const& update : batch)
            for (Id const& viewer : followers.followers_of[update.user_id])
                if (!sink(viewer, update)) return;
        for (State const& update : batch)
            for (Id const& viewer : rooms.members[rooms.room_of[update.user_id]])
                if (!sink(viewer, update)) return;
        for (State const& update : batch)
            if (!sink(referees.referee_of[update.user_id], update)) return;
    }

    template <class Sink>
    void subjects_by_hand(Id const& viewer, Sink const& sink) const {
        for (Id const& subject : followers.followed_by[viewer]) sink(subject);
        for (Id const& subject : rooms.members[rooms.room_of[viewer]]) sink(subject);
        for (Id const& subject : referees.entrusted_to[viewer]) sink(subject);
    }

    bool sees_by_hand(Id const& viewer, Id const& subject) const {
        for (Id const& followed : followers.followed_by[viewer])
            if (followed == subject) return true;
        return rooms.room_of[viewer] == rooms.room_of[subject] || referees.referee_of[subject] == viewer;
    }
};

/// The scene of a Matrix server: three of the library's tables.
struct Tables {
    using Id = UserId;
    using State = UserPresenceState;

    static Id id(std::size_t user) { return Id{"@user" + std::to_string(user % users) + ":example.org"}; }

    template <class Viewer>
    static RouteTable make_table(Viewer const& viewer) {
        RouteTable made;
        for (std::size_t user = 0; user < users; ++user)
            for (std::size_t step = 1; step <= viewers_each; ++step)
                made.add(id(viewer(user, step)), id(user));
        return made;
    }

    Tables() {
        for (std::size_t user = 0; user < users; ++user) {
            ids.push_back(id(user));
            batch.push_back({.user_id = ids.back(), .currently_active = user % 3 == 0});
        }
    }

    static std::uint64_t value(Id const& id) { return id.str().size(); }
    static std::uint64_t value(State const& state) { return state.currently_active ? 1 : 0; }

    RouteTable first =
        make_table([](std::size_t user, std::size_t step) { return user * 7 + step * step * 13; });
    RouteTable second = make_table([](std::size_t user, std::size_t step) { return user * 11 + step * 5; });
    RouteTable third = make_table([](std::size_t, std::size_t step) { return step; });
    PresenceRouterChain<RouteTable, RouteTable, RouteTable> chain{first, second, third};
    std::vector<State> batch;
    std::vector<Id> ids;

    template <class Sink>
    void routes_by_hand(Sink const& sink) const {
        bool open = true;
        auto const keeps_open = [&](Id const& viewer, State const& update) {
            return open = sink(viewer, update);
        };
        first.for_each_route(batch, keeps_open);
        if (!open) return;
        second.for_each_route(batch, keeps_open);
        if (!open) return;
        third.for_each_route(batch, keeps_open);
    }

    template <class Sink>
    void subjects_by_hand(Id const& viewer, Sink const& sink) const {
        first.for_each_subject(viewer, sink);
        second.for_each_subject(viewer, sink);
        third.for_each_subject(viewer, sink);
    }

    bool sees_by_hand(Id const& viewer, Id const& subject) const {
        return first.sees(viewer, subject) || second.sees(viewer, subject) || third.sees(viewer, subject);
    }
};

struct IsTold {
    bool operator()(UserId const& viewer) const noexcept { return viewer.str().size() > 18; }
};
struct IsHidden {
    bool operator()(UserId const& subject) const noexcept { return subject.str().size() == 19; }
};
constexpr IsTold is_told{};
constexpr IsHidden is_hidden{};

auto filtered(RouteTable const& table) {
    return table | presence_router::only_viewers(is_told) | presence_router::without_subjects(is_hidden);
}

/// The same, with two filters on the first table.
struct FilteredTables : Tables {
    PresenceRouterChain<decltype(filtered(RouteTable{})), RouteTable> chain{filtered(first), second};

    template <class Sink>
    void routes_by_hand(Sink const& sink) const {
        bool open = true;
        auto const keeps_open = [&](Id const& viewer, State const& update) {
            return open = sink(viewer, update);
        };
        first.for_each_route(batch, [&](Id const& viewer, State const& update) {
            return !is_told(viewer) || is_hidden(update.user_id) || keeps_open(viewer, update);
        });
        if (open) second.for_each_route(batch, keeps_open);
    }

    template <class Sink>
    void subjects_by_hand(Id const& viewer, Sink const& sink) const {
        if (is_told(viewer))
            first.for_each_subject(viewer, [&](Id const& subject) {
                if (!is_hidden(subject)) sink(subject);
                return true;
            });
        second.for_each_subject(viewer, [&](Id const& subject) {
            sink(subject);
            return true;
        });
    }

    bool sees_by_hand(Id const& viewer, Id const& subject) const {
        return (!is_hidden(subject) && is_told(viewer) && first.sees(viewer, subject)) ||
               second.sees(viewer, subject);
    }
};

enum class Side { library, by_hand };

template <Side side, class Scene>
std::uint64_t routes_to_the_end(Scene const& scene) {
    std::uint64_t sum = 0;
    auto const add = [&](auto const& viewer, auto const& update) {
        sum = sum * 31 + Scene::value(viewer) + Scene::value(update);
    };
    if constexpr (side == Side::library) scene.chain.for_each_route(scene.batch, add);
    else
        scene.routes_by_hand(
            [&](auto const& viewer, auto const& update) { return add(viewer, update), true; });
    return sum;
}

// A template over `last`, so that each case has a loop of its own: one that two cases call is not inlined.
template <Side side, std::uint64_t last, class Scene>
std::uint64_t routes_until(Scene const& scene) {
    std::uint64_t sum = 0;
    std::uint64_t count = 0;
    auto const add = [&](auto const& viewer, auto const& update) {
        sum = sum * 31 + Scene::value(viewer) + Scene::value(update);
        return ++count != last;
    };
    if constexpr (side == Side::library) scene.chain.for_each_route(scene.batch, add);
    else scene.routes_by_hand(add);
    return sum + count;
}

template <Side side, class Scene>
std::uint64_t routes_never_stopped(Scene const& scene) {
    return routes_until<side, 0>(scene);
}

template <Side side, class Scene>
std::uint64_t routes_stopped_midway(Scene const& scene) {
    return routes_until<side, 9'000>(scene); // in the second router of either scene
}

template <Side side, class Scene>
std::uint64_t subjects(Scene const& scene) {
    std::uint64_t sum = 0;
    auto const add = [&](auto const& subject) { sum = sum * 31 + Scene::value(subject); };
    for (auto const& viewer : scene.ids) {
        if constexpr (side == Side::library)
            sum += std::uint64_t{scene.chain.for_each_subject(viewer, add).has_value()};
        else scene.subjects_by_hand(viewer, add);
    }
    return sum;
}

template <Side side, class Scene>
std::uint64_t sees(Scene const& scene) {
    std::uint64_t granted = 0;
    for (std::size_t viewer = 0; viewer < scene.ids.size(); ++viewer)
        for (std::size_t step = 0; step < 40; ++step) {
            auto const& subject = scene.ids[(viewer * 3 + step * 29) % scene.ids.size()];
            if constexpr (side == Side::library)
                granted += std::uint64_t{scene.chain.sees(scene.ids[viewer], subject)};
            else granted += std::uint64_t{scene.sees_by_hand(scene.ids[viewer], subject)};
        }
    return granted;
}

using Work = std::uint64_t (*)(void const* scene);

/// Builds its scene, and has the two sides ready to be measured in it.
struct Case {
    void const* (*make_scene)();
    Work by_library;
    Work by_hand;
};

template <class Scene, auto library, auto by_hand>
constexpr Case case_in{
    [] {
        static Scene const scene;
        return static_cast<void const*>(&scene);
    },
    [](void const* scene) { return library(*static_cast<Scene const*>(scene)); },
    [](void const* scene) { return by_hand(*static_cast<Scene const*>(scene)); },
};

#define BOTH_SIDES(Scene, work) case_in<Scene, work<Side::library, Scene>, work<Side::by_hand, Scene>>

std::map<std::string_view, Case> const cases{
    {"own_routers.routes", BOTH_SIDES(Game, routes_to_the_end)},
    {"own_routers.routes_never_stopped", BOTH_SIDES(Game, routes_never_stopped)},
    {"own_routers.routes_stopped_midway", BOTH_SIDES(Game, routes_stopped_midway)},
    {"own_routers.subjects", BOTH_SIDES(Game, subjects)},
    {"own_routers.sees", BOTH_SIDES(Game, sees)},
    {"filtered_tables.routes", BOTH_SIDES(FilteredTables, routes_to_the_end)},
    {"filtered_tables.routes_never_stopped", BOTH_SIDES(FilteredTables, routes_never_stopped)},
    {"filtered_tables.routes_stopped_midway", BOTH_SIDES(FilteredTables, routes_stopped_midway)},
    {"filtered_tables.subjects", BOTH_SIDES(FilteredTables, subjects)},
    {"filtered_tables.sees", BOTH_SIDES(FilteredTables, sees)},
    {"route_tables.routes", BOTH_SIDES(Tables, routes_to_the_end)},
    {"route_tables.routes_never_stopped", BOTH_SIDES(Tables, routes_never_stopped)},
    {"route_tables.routes_stopped_midway", BOTH_SIDES(Tables, routes_stopped_midway)},
    {"route_tables.subjects", BOTH_SIDES(Tables, subjects)},
    {"route_tables.sees", BOTH_SIDES(Tables, sees)},
};

} // namespace

/// The function whose instructions are counted, with those of all it calls.
extern "C" [[gnu::noinline]] std::uint64_t measured(Work work, void const* scene) {
    // The addition keeps this a call: a jump would not come back here, and the counting not end.
    return work(scene) + 1;
}

int main(int argc, char** argv) {
    if (argc == 1) {
        for (auto const& named : cases) std::puts(named.first.data());
        return 0;
    }
    auto const found = argc == 3 ? cases.find(argv[1]) : cases.end();
    std::string_view const side = argc == 3 ? argv[2] : "";
    if (found == cases.end() || (side != "library" && side != "by_hand")) {
        std::fprintf(stderr, "usage: %s <case> <library|by_hand>; without arguments it prints the cases\n",
                     argv[0]);
        return 2;
    }
    Case const& chosen = found->second;
    std::uint64_t const checksum =
        measured(side == "library" ? chosen.by_library : chosen.by_hand, chosen.make_scene());
    std::printf("%llu\n", static_cast<unsigned long long>(checksum));
}
