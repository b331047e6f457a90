// SPDX-License-Identifier: BSL-1.0
// What asks for memory and what does not, and what is left when there is none. A program of its own, because
// it replaces operator new.
#include <presence_router/presence_router.hpp>

#include "support/catch.hpp"
#include "support/counted_new.hpp"
#include "support/room_book.hpp"
#include "support/routers.hpp"
#include "support/task.hpp"
#include "support/waiting.hpp"

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace presence_router;
using support::allocations_of;
using support::Edge;
using support::Note;
using support::runs_out_of_memory;

// Ids that are long strings: to copy one may fail, too.
namespace named {

struct NamedNote {
    std::string user_id{};
    int mood = 0;
    friend auto operator<=>(NamedNote const&, NamedNote const&) = default;
};

struct Mood { // a state with a hash
    int user_id = 0;
    int mood = 0;
    friend bool operator==(Mood const&, Mood const&) = default;
};

struct Less { // an id without a hash
    std::string name{};
    friend bool operator<(Less const& a, Less const& b) { return a.name < b.name; }
};
struct LessNote {
    Less user_id{};
    friend bool operator<(LessNote const& a, LessNote const& b) { return a.user_id < b.user_id; }
};

} // namespace named

template <>
struct std::hash<named::Mood> {
    std::size_t operator()(named::Mood const& state) const noexcept {
        return static_cast<std::size_t>(state.user_id * 1000 + state.mood);
    }
};

namespace {

using named::Less;
using named::LessNote;
using named::Mood;
using named::NamedNote;

struct Ignore {
    void operator()(std::exception_ptr const&) const {}
};

UserId user(int number) {
    return UserId{"@a_user_with_a_long_name_" + std::to_string(number) + ":example.org"};
}

TEST_CASE("the counter counts", "[allocations]") {
    CHECK(allocations_of([] { // called by name, since a new-expression may be optimised away
              ::operator delete(::operator new(1));
              ::operator delete(::operator new(100));
          }) == 2);
    CHECK(allocations_of([] {}) == 0);
}

// --- the vocabulary

TEST_CASE("a literal allocates once", "[allocations]") {
    auto const literal = [] { (void)"@alice:a.server.with.a.long.name.example.org"_user; };
    CHECK(allocations_of(literal) == 1);
    CHECK(allocations_of(literal) == 0);
}

TEST_CASE("copies of ids and updates allocate nothing", "[allocations]") {
    UserPresenceState const original{.user_id = user(1),
                                     .status_msg = "a message that is longer than what fits in a string"};
    std::optional<UserPresenceState> copy;
    CHECK(allocations_of([&] { copy = original; }) == 0);
    CHECK(allocations_of([&] { copy = UserPresenceState{original}; }) == 0);
    CHECK(copy == original);
    CHECK(allocations_of([&] { (void)(*copy < original || *copy == original); }) == 0);
}

// --- streaming and point queries

template <class Router>
std::size_t allocations_of_lanes(Router const& router, UserId const& viewer,
                                 std::vector<UserPresenceState> const& batch) {
    std::size_t shown = 0;
    std::size_t const allocated = allocations_of([&] {
        for_each_route(router, batch, [&](UserId const&, UserPresenceState const&) { ++shown; });
        for_each_route(router, batch,
                       [&](UserId const&, UserPresenceState const&) { return ++shown % 2 == 0; });
        for_each_subject(router, viewer, [&](UserId const&) { ++shown; });
        for (UserPresenceState const& update : batch)
            shown += presence_router::sees(router, viewer, update.user_id);
    });
    CHECK(shown > 0);
    return allocated;
}

TEST_CASE("streaming and sees allocate nothing", "[allocations]") {
    RouteTable table;
    for (int other = 0; other < 200; ++other) {
        table.add(user(0), user(other));
        table.add(user(other), user(0));
    }
    Broadcast const broadcast{user(0), user(7)};
    std::vector<UserPresenceState> batch;
    for (int subject = 0; subject < 20; ++subject) batch.push_back({.user_id = user(subject)});
    UserId const viewer = user(0);

    CHECK(allocations_of_lanes(table, viewer, batch) == 0);
    CHECK(allocations_of_lanes(broadcast, viewer, batch) == 0);
    CHECK(allocations_of_lanes(std::cref(table), viewer, batch) == 0);
    PresenceRouterChain const chain{std::cref(table), broadcast, PresenceRouterChain{},
                                    PresenceRouterChain{table, table}};
    CHECK(allocations_of_lanes(chain, viewer, batch) == 0);
    // A guard buffers only what may throw.
    CHECK(allocations_of_lanes(std::cref(table) | guarded(Ignore{}), viewer, batch) == 0);
    CHECK(allocations_of_lanes(PresenceRouterChain{broadcast | guarded(Ignore{}), std::cref(chain)}, viewer,
                               batch) == 0);
}

TEST_CASE("adaptors allocate nothing", "[allocations]") {
    RouteTable table;
    std::vector<UserPresenceState> batch;
    for (int other = 0; other < 20; ++other) {
        table.add(user(0), user(other));
        table.add(user(other), user(0));
        batch.push_back({.user_id = user(other), .status_msg = "a message, and one that fits in no string"});
    }
    UserId const viewer = user(0);
    auto const filtered =
        std::cref(table) | only_viewers(!one_of(user(3))) | without_subjects(one_of(user(4), user(5)));
    CHECK(allocations_of_lanes(filtered, viewer, batch) == 0);
    CHECK(allocations_of_lanes(PresenceRouterChain{filtered, std::cref(table)} |
                                   without_routes(subject_is(matching("*_3:*")) && same_server),
                               viewer, batch) == 0);
    CHECK(allocations_of_lanes(filtered | only_viewers(on_server("*.org")), viewer, batch) == 0);
    CHECK(allocations_of_lanes(filtered | transformed(hide_last_active), viewer, batch) == 0);
    CHECK(allocations_of_lanes(filtered | observed([](Observation const&) {}), viewer, batch) == 0);
    // A filter that cannot throw keeps what is below it free from a guard's buffer.
    CHECK(allocations_of_lanes(filtered | guarded(Ignore{}), viewer, batch) == 0);
}

/// A clock that stands still.
struct StoppedClock {
    using time_point = std::chrono::sys_seconds;
    time_point const* time = nullptr;
    time_point now() const noexcept { return *time; }
};

TEST_CASE("routers and predicates that stand on a relation allocate nothing", "[allocations]") {
    UserRelation pairs;
    std::chrono::sys_seconds now{};
    BasicTimedGrants<UserId, UserPresenceState, StoppedClock> grants{StoppedClock{&now}};
    std::vector<UserPresenceState> batch;
    for (int other = 0; other < 100; ++other) {
        pairs.add(user(0), user(other));
        pairs.add(user(other), user(0));
        grants.grant(user(0), user(other), now + std::chrono::seconds{1 + other % 2});
        grants.grant(user(other), user(0), now + std::chrono::seconds{1 + other % 2});
        if (other < 20) batch.push_back({.user_id = user(other)});
    }
    UserId const viewer = user(0);
    for (ListedBy const listed_by : {ListedBy::subject, ListedBy::viewer, ListedBy::both})
        CHECK(allocations_of_lanes(Contacts{pairs, listed_by}, viewer, batch) == 0);
    CHECK(allocations_of_lanes(OwnPresence{}, viewer, batch) == 0);
    CHECK(allocations_of_lanes(from_relation([&](UserId const& subject) { return pairs.view_from(subject); },
                                             [&](UserId const& asking) { return pairs.view_to(asking); }),
                               viewer, batch) == 0);
    CHECK(allocations_of_lanes(grants, viewer, batch) == 0);
    now += std::chrono::seconds{1}; // half of them are over, and were not dropped
    CHECK(allocations_of_lanes(grants, viewer, batch) == 0);

    // What cannot throw is not buffered by a guard.
    CHECK(allocations_of_lanes(Contacts{pairs, ListedBy::both} | guarded(Ignore{}), viewer, batch) == 0);
    CHECK(allocations_of_lanes(OwnPresence{} | guarded(Ignore{}), viewer, batch) == 0);
    CHECK(allocations_of_lanes(std::cref(grants) | guarded(Ignore{}), viewer, batch) == 0);

    UserRelation const ignored = pairs;
    std::set<UserId> const hidden{user(3)};
    CHECK(allocations_of_lanes(std::cref(grants) | without_routes(ignored_by(ignored) && invisible(hidden)),
                               viewer, batch) == 0);

    RoomDirectory rooms;
    std::string const room = "!a room whose name is too long for the room a string has";
    for (int other = 0; other < 100; ++other) rooms.join(user(other), room);
    std::size_t seen = 0;
    CHECK(allocations_of([&] {
              for (UserId const& member : rooms.members_of(room)) seen += rooms.is_member(room, member);
              for (std::string const& joined : rooms.rooms_of(viewer)) seen += rooms.member_count(joined);
          }) == 0);
    CHECK(seen == 200);
}

TEST_CASE("an erased router allocates nothing if it is small, and its lanes never do", "[allocations]") {
    RouteTable table;
    std::vector<UserPresenceState> batch;
    for (int other = 0; other < 20; ++other) {
        table.add(user(0), user(other));
        table.add(user(other), user(0));
        batch.push_back({.user_id = user(other)});
    }
    UserId const viewer = user(0);
    CHECK(allocations_of([&] {
              AnyPresenceRouter referring{std::ref(table)};
              AnyPresenceRouter stateless{OwnPresence{}};
              AnyPresenceRouter adapted{std::cref(table) | only_routes(same_server) | guarded(Ignore{})};
              AnyPresenceRouter moved{std::move(referring)};
              stateless = std::move(moved);
          }) == 0);
    std::size_t const copies = allocations_of([&] { (void)RouteTable{table}; });
    CHECK(allocations_of([&] { (void)AnyPresenceRouter{table}; }) == copies + 1);

    AnyPresenceRouter const erased{std::cref(table)};
    CHECK(allocations_of_lanes(erased, viewer, batch) == 0);
    CHECK(allocations_of_lanes(AnyPresenceRouter{Broadcast{user(0)}}, viewer, batch) == 0);
    CHECK(allocations_of_lanes(PresenceRouterChain{std::cref(erased), OwnPresence{}} |
                                   without_subjects(one_of(user(3))),
                               viewer, batch) == 0);

    PresenceRouterRegistry registry;
    registry.replace_all(std::cref(table), OwnPresence{},
                         std::cref(table) | without_subjects(one_of(user(3))));
    CHECK(allocations_of_lanes(registry, viewer, batch) == 0);
    CHECK(allocations_of_lanes(std::cref(registry) | only_viewers(on_server("*.org")), viewer, batch) == 0);
}

/// Everybody known is in the lobby, and some in the club too.
struct House {
    std::vector<int> const& rooms_of(UserId const& id) const noexcept {
        return has(club, id) ? both : has(lobby, id) ? first : none;
    }
    std::vector<UserId> const& members_of(int room) const noexcept { return room == 0 ? lobby : club; }

    static bool has(std::vector<UserId> const& members, UserId const& id) noexcept {
        return std::find(members.begin(), members.end(), id) != members.end();
    }

    std::vector<int> both{0, 1}, first{0}, none;
    std::vector<UserId> lobby, club;
};

struct IndexedHouse : House {
    bool is_member(int room, UserId const& id) const noexcept { return has(members_of(room), id); }
};

template <class Directory>
void shared_rooms_allocate_for_several_rooms_only() {
    Directory house;
    for (int number = 0; number < 100; ++number) house.lobby.push_back(user(number));
    house.club.assign(house.lobby.begin(), house.lobby.begin() + 10);
    SharedRooms const router{house, at_most(100)};
    std::vector<UserPresenceState> in_lobby;
    std::vector<UserPresenceState> in_both;
    for (int number = 0; number < 100; ++number)
        (number < 10 ? in_both : in_lobby).push_back({.user_id = user(number)});
    UserId const member = user(50);
    UserId const of_both = user(5);

    CHECK(allocations_of_lanes(router, member, in_lobby) == 0);
    CHECK(allocations_of_lanes(SharedRooms{house, !one_of(1)}, of_both, in_both) == 0); // one that is allowed
    UserId const stranger = user(1'000);
    bool sees = false;
    CHECK(allocations_of([&] { sees = router.sees(of_both, member) && !router.sees(of_both, of_both); }) ==
          0);
    CHECK(sees);
    bool nothing = false;
    CHECK(allocations_of([&] {
              nothing = router.states_for_user(stranger, in_both).empty() &&
                        router.states_for_user(stranger, in_lobby).empty();
          }) == 0);
    CHECK(nothing);

    // The memory for several rooms is asked for once a call, not once an update.
    auto const stream = [&](std::vector<UserPresenceState> const& batch) {
        return allocations_of([&] {
            router.for_each_route(batch, [](UserId const&, UserPresenceState const&) { return true; });
        });
    };
    std::size_t const one = stream({in_both.front()});
    CHECK(one > 0);
    CHECK(stream(in_both) == one);
}

TEST_CASE("shared rooms allocate where one viewer may come from several rooms, and only there",
          "[allocations]") {
    shared_rooms_allocate_for_several_rooms_only<House>();
    shared_rooms_allocate_for_several_rooms_only<IndexedHouse>();
}

// --- running out of memory

std::string name(int number) {
    return "a name too long for the room a string has: " + std::to_string(number);
}

using Edges = std::set<std::pair<std::string, std::string>>;

std::string const& text_of(std::string const& id) { return id; }
std::string const& text_of(Less const& id) { return id.name; }

// All routes between the first `users` users, by both sides and by point query: they may not disagree.
template <class Id, class State>
Edges edges_of(BasicRouteTable<Id, State> const& table, int users) {
    Edges pulled;
    Edges pushed;
    Edges seen;
    for (int one = -1; one < users; ++one) {
        Id const asking{name(one)};
        table.for_each_subject(asking, [&](Id const& subject) {
            return pulled.emplace(text_of(asking), text_of(subject)).second;
        });
        State const update{asking};
        table.for_each_route(std::span<State const>{&update, 1}, [&](Id const& viewer, State const&) {
            return pushed.emplace(text_of(viewer), text_of(asking)).second;
        });
        for (int other = -1; other < users; ++other)
            if (Id const subject{name(other)}; table.sees(asking, subject))
                seen.emplace(text_of(asking), text_of(subject));
    }
    CHECK(pushed == pulled);
    CHECK(seen == pulled);
    CHECK(table.size() == pulled.size());
    return pulled;
}

// Adds `viewer -> subject` to copies of `before`, each of which runs out of memory one allocation later,
// until one does not. Each that did must be as it was, and go on working.
template <class Id, class State>
void adding_is_all_or_nothing(BasicRouteTable<Id, State> const& before, int viewer, int subject, int users) {
    Id const from{name(viewer)};
    Id const to{name(subject)};
    auto const edges = edges_of(before, users);
    auto with_new = edges;
    with_new.emplace(text_of(from), text_of(to));
    for (std::size_t fails_at = 1;; ++fails_at) {
        BasicRouteTable<Id, State> table = before;
        bool const failed = runs_out_of_memory(fails_at, [&] { table.add(from, to); });
        CAPTURE(viewer, subject, fails_at, failed);
        CHECK(edges_of(table, users) == (failed ? edges : with_new));
        CHECK(table.add(from, to) == failed);
        for (int other = 0; other < users; other += 7) { // users come and go
            table.add(from, Id{name(other)});
            table.add(Id{name(other)}, to);
            table.erase(Id{name(other)});
        }
        table.erase(from);
        table.erase(to);
        for (int one = 0; one < users; ++one) table.erase(Id{name(one)});
        CHECK(table.empty());
        if (!failed) return;
    }
}

template <class Id, class State>
void tables_survive_running_out_of_memory() {
    BasicRouteTable<Id, State> table;
    adding_is_all_or_nothing(table, 0, 1, 3); // two new users
    adding_is_all_or_nothing(table, 0, 0, 3); // one, on both ends
    table.add(Id{name(0)}, Id{name(1)});
    adding_is_all_or_nothing(table, 0, 2, 4);
    adding_is_all_or_nothing(table, 2, 0, 4);
    adding_is_all_or_nothing(table, 1, 1, 4);
    table.erase(Id{name(0)});
    adding_is_all_or_nothing(table, 2, 3, 5); // into numbers that were given back

    BasicRouteTable<Id, State>
        star; // one user of so many routes that looking through them ends, and an index begins
    for (int other = 1; other < 70; ++other) {
        if (other >= 62 && other <= 67) {
            adding_is_all_or_nothing(star, 0, other, 70);
            adding_is_all_or_nothing(star, other, 0, 70);
        }
        star.add(Id{name(0)}, Id{name(other)});
        star.add(Id{name(other)}, Id{name(0)});
    }
}

TEST_CASE("adding a route is all or nothing", "[allocations]") {
    tables_survive_running_out_of_memory<std::string, NamedNote>();
    tables_survive_running_out_of_memory<Less, LessNote>();
}

TEST_CASE("a table that ran out of memory again and again is what it would have been", "[allocations]") {
    BasicRouteTable<std::string, NamedNote> table;
    Edges expected;
    std::size_t fails_at = 1;
    for (int other = 0; other < 150; ++other) { // one table, which keeps what failures left behind
        std::string const from = name(other % 3);
        std::string const to = name(other);
        while (runs_out_of_memory(fails_at, [&] { table.add(from, to); })) ++fails_at;
        fails_at = 1;
        expected.emplace(from, to);
    }
    CHECK(edges_of(table, 150) == expected);
    for (int other = 0; other < 150; ++other) CHECK(table.remove(name(other % 3), name(other)));
    CHECK(table.empty());
}

TEST_CASE("adding a pair of values of two types is all or nothing", "[allocations]") {
    for (int many : {0, 1, 64, 65}) {
        Relation<std::string, Less> before;
        for (int other = 0; other < many; ++other) {
            before.add(name(0), Less{name(other)});
            before.add(name(other), Less{name(0)});
        }
        std::size_t const size = before.size();
        std::string const from = name(0);
        Less const to{name(100)};
        for (std::size_t fails_at = 1;; ++fails_at) {
            Relation<std::string, Less> relation = before;
            bool const failed = runs_out_of_memory(fails_at, [&] { relation.add(from, to); });
            CHECK(relation.contains(from, to) == !failed);
            CHECK(relation.count_from(to) == (failed ? 0 : 1));
            CHECK(relation.size() == size + (failed ? 0 : 1));
            CHECK(relation.add(from, to) == failed);
            CHECK(relation.erase_from(from) + relation.erase_to(Less{from}) == size + 1);
            CHECK(relation.empty());
            if (!failed) break;
        }
        Relation<std::string, Less> assigned;
        assigned.add(from, to);
        if (runs_out_of_memory(2, [&] { assigned = before; })) CHECK(assigned.contains(from, to));
    }
}

TEST_CASE("to look into a relation, and to take away from it, allocates nothing", "[allocations]") {
    Relation<std::string, Less> relation;
    for (int other = 0; other < 100; ++other) {
        relation.add(name(0), Less{name(other)});
        relation.add(name(other), Less{name(0)});
    }
    std::string const from = name(0);
    Less const to{from};
    std::size_t shown = 0;
    CHECK(allocations_of([&] {
              relation.for_each_to(from, [&](Less const&) { return ++shown > 0; });
              relation.for_each_from(to, [&](std::string const&) { return ++shown > 0; });
              for (Less const& each : relation.view_to(from)) shown += each.name.size() > 0;
              for (std::string const& each : relation.view_from(to)) shown += each.size() > 0;
              shown += relation.contains(from, to) + relation.count_to(from) + relation.count_from(to);
              shown += relation.remove(from, to) + relation.erase_from(from) + relation.erase_to(to);
          }) == 0);
    CHECK(shown == 800);
    CHECK(relation.empty());
}

TEST_CASE("a grant is all or nothing, and is changed without memory", "[allocations]") {
    using Grants = BasicTimedGrants<std::string, NamedNote, StoppedClock>;
    std::chrono::sys_seconds const now{};
    auto const later = now + std::chrono::seconds{10};
    Grants before{StoppedClock{&now}};
    before.grant(name(1), name(2), later);
    std::string const one = name(1), two = name(2), three = name(3);
    std::size_t failures = 0;
    for (;; ++failures) {
        Grants grants = before;
        bool const failed = runs_out_of_memory(failures + 1, [&] { grants.grant(one, three, now); });
        CHECK(grants.size() == (failed ? 1 : 2));
        CHECK(grants.next_change_at() == (failed ? later : now));
        CHECK(grants.sees(one, two));
        CHECK(grants.expire() == (failed ? 0 : 1));
        grants.grant(one, three, later); // as if nothing had been
        CHECK(grants.sees(one, three));
        CHECK(allocations_of([&] { grants.grant(one, three, now); }) == 0);
        CHECK_FALSE(grants.sees(one, three));
        CHECK(allocations_of([&] { grants.revoke(one, two); }) == 0);
        CHECK(allocations_of([&] { grants.expire(); }) == 0);
        CHECK(grants.empty());
        if (!failed) break;
    }
    CHECK(failures > 3);
}

TEST_CASE("a set of numbers whose index could not be made forgets the half of it", "[allocations]") {
    for (std::uint32_t count = 0; count < 200; ++count) {
        for (std::size_t fails_at = 1;; ++fails_at) {
            detail::NumberSet set;
            for (std::uint32_t value = 0; value < count; ++value) {
                set.reserve_one();
                set.insert(value);
            }
            bool const failed = runs_out_of_memory(fails_at, [&] { set.reserve_one(); });
            set.reserve_one();
            set.insert(count);
            std::size_t mistakes = 0;
            for (std::uint32_t value = count + 1;
                 value-- > 0;) { // the last first: what is left behind looks like it
                mistakes += !set.erase(value);
                mistakes += set.contains(value);
            }
            CHECK(mistakes == 0);
            if (!failed) break;
        }
    }
}

TEST_CASE("taking routes away needs no memory, in a copy neither", "[allocations]") {
    BasicRouteTable<std::string, NamedNote> table;
    for (int other = 0; other < 100; ++other) {
        table.add(name(0), name(other));
        table.add(name(other), name(other + 1));
    }
    BasicRouteTable<std::string, NamedNote> copy = table;
    for (auto* const each : {&table, &copy}) {
        std::string const hub = name(0);
        std::string const one = name(1);
        std::string const two = name(2);
        CHECK(allocations_of([&] { each->remove(one, two); }) == 0);
        CHECK(allocations_of([&] { each->erase(hub); }) == 0);
        std::vector<std::string> names;
        for (int other = 0; other < 101; ++other) names.push_back(name(other));
        CHECK(allocations_of([&] {
                  for (std::string const& each_name : names) each->erase(each_name);
              }) == 0);
        CHECK(each->empty());
    }
}

TEST_CASE("an answer that runs out of memory leaves nothing behind", "[allocations]") {
    PresenceRouterChain const chain{Edge<7, 1>{},
                                    support::Scripted{{{7, {{1, 10}}}, {8, {}}}, std::set{1, 2}}};
    std::vector<Note> const batch{{1, 10}, {2, 20}};
    auto const survives = [](auto ask) {
        std::size_t failures = 0;
        while (runs_out_of_memory(failures + 1, ask)) ++failures;
        return failures;
    };
    CHECK(survives([&] { (void)chain.get_users_for_states(batch); }) > 0);
    CHECK(survives([&] { (void)chain.get_interested_users(7); }) > 0);
    CHECK(survives([&] { (void)chain.states_for_user(7, batch); }) > 0);
    CHECK(chain.get_users_for_states(batch).size() == 2);
}

TEST_CASE("a broadcast that ran out of memory was never made", "[allocations]") {
    std::vector<UserId> viewers;
    for (int number = 0; number < 80; ++number) viewers.push_back(user(number));
    std::size_t failures = 0;
    while (runs_out_of_memory(failures + 1, [&] { Broadcast const broadcast{viewers}; })) ++failures;
    CHECK(failures > 0);
}

TEST_CASE("the privacy rules need no memory to say whether somebody sees somebody", "[allocations]") {
    support::RoomBook rooms;
    for (int number = 0; number < 3; ++number) rooms.join("!a_room_with_a_long_name", user(number));
    msc4325_2026_01_23::PresenceSharingConfigs configs;
    configs.set(user(0), {.allowed_users = {"@*:elsewhere", "@somebody:far"},
                          .denied_users = {"@nobody*", "!another_room_with_a_long_name"}});
    msc4325_2026_01_23::PresencePrivacy const privacy{configs, rooms};
    msc4495_2026_07_15::PresenceSharing const sharing{.allowed_rooms = {"!a_room_with_a_long_name"},
                                                      .denied_servers = {"a.server.with.a.long.name"}};
    msc4495_2026_07_15::SelectivePresence const selective{
        "example.org", rooms, [&](UserId const&) { return &sharing; },
        [](std::string const&) { return msc4495_2026_07_15::RoomHint::suggest; }};
    UserId const viewer = user(1);
    UserId const subject = user(0);
    bool seen = false;
    CHECK(allocations_of([&] { seen = privacy.sees(viewer, subject) && selective.sees(viewer, subject); }) ==
          0);
    CHECK(seen);
}

TEST_CASE("a privacy configuration that runs out of memory changes nothing", "[allocations]") {
    using namespace msc4325_2026_01_23;
    PresenceSharingConfig const before{.allowed_users = {"@kept:x", "@gone:x"}};
    PresenceSharingConfig after{.allowed_users = {"@*:x", "@kept:x"}};
    for (int number = 0; number < 10; ++number) after.allowed_users.users.insert(user(number));
    auto const listing = [](PresenceSharingConfigs const& configs, UserId const& viewer) {
        std::size_t shown = 0;
        configs.for_each_listing(viewer, [&](UserId const&) { return ++shown > 0; });
        return shown;
    };
    for (bool const has_one : {true, false})
        for (std::size_t fails_at = 1;; ++fails_at) {
            PresenceSharingConfigs configs;
            if (has_one) configs.set(user(0), before);
            PresenceSharingConfig given = after;
            bool const failed = runs_out_of_memory(fails_at, [&] { configs.set(user(0), std::move(given)); });
            PresenceSharingConfig const* const now = configs.find(user(0));
            if (!failed) {
                REQUIRE(now != nullptr);
                CHECK(*now == after);
                CHECK(fails_at > 5);
                break;
            }
            CHECK((has_one ? now != nullptr && *now == before : now == nullptr));
            CHECK(configs.empty() == !has_one);
            CHECK(listing(configs, "@gone:x"_user) == has_one);
            CHECK(listing(configs, "@kept:x"_user) == has_one);
            CHECK(listing(configs, user(5)) == 0);
            CHECK(configs.for_each_glob_match("@any:x"_user, [](UserId const&) { return false; }));
        }
}

// --- sync

template <class Id, class State, class StateAbout>
void check_running_out(StateAbout const& state_about) {
    BasicMemoryPresenceStore<Id, State> full;
    for (int number = 0; number < 100; ++number) full.update(state_about(number));
    std::size_t failures = 0;
    for (int const number : {3, 100}) // one who is known, and one who is not
        for (std::size_t fails_at = 1;; ++fails_at, ++failures) {
            auto store = full;
            State update = state_about(number);
            bool const failed = runs_out_of_memory(fails_at, [&] { (void)store.update(std::move(update)); });
            std::size_t const news =
                static_cast<std::size_t>(std::ranges::distance(store.changed_since(100)));
            CHECK(news == (failed ? 0U : 1U));
            CHECK(store.current_token() == (failed ? 100U : 101U));
            CHECK(store.states().size() == (failed || number == 3 ? 100U : 101U));
            CHECK((store.state_of(presence_router::subject_of(state_about(100))) != nullptr) ==
                  (!failed && number == 100));
            if (!failed) {
                (void)store.update(state_about(101)); // goes on as if nothing had been
                CHECK(store.state_of(presence_router::subject_of(state_about(101))) != nullptr);
                break;
            }
            (void)store.update(state_about(number));
            CHECK(std::ranges::distance(store.changed_since(100)) == 1);
        }
    CHECK(failures > 0);
}

TEST_CASE("a presence store that runs out of memory changes nothing", "[allocations]") {
    check_running_out<UserId, UserPresenceState>([](int number) { return UserPresenceState{user(number)}; });
    check_running_out<std::string, NamedNote>(
        [](int number) { return NamedNote{"a user with a long name " + std::to_string(number), number}; });
    check_running_out<Less, LessNote>(
        [](int number) { return LessNote{{"a user with a long name " + std::to_string(number)}}; });
}

TEST_CASE("a presence store is asked, and a client that is up to date is answered, without memory",
          "[allocations]") {
    MemoryPresenceStore store;
    for (int number = 0; number < 10; ++number) store.update({user(number)});
    Broadcast const everything{user(0)};
    UserPresenceState again{user(3)};
    std::size_t shown = 0;
    CHECK(allocations_of([&] {
              store.update(std::move(again));
              for (UserPresenceState const& state : store.changed_since(5))
                  shown += store.state_of(state.user_id) == &state;
              shown += presence_for(store.states().front().user_id, everything, store, store.current_token())
                           .states.size();
          }) == 0);
    CHECK(shown == 6);
}

// --- recipients

TEST_CASE("a tracker that runs out of memory is as it was", "[allocations]") {
    using Tracker = BasicRecipientTracker<std::string>;
    auto const names = [](int first, int last) {
        std::vector<std::string> result;
        for (int number = first; number < last; ++number) result.push_back(name(number));
        return result;
    };
    std::vector<std::string> const old_ones = names(0, 70), new_ones = names(60, 80); // 64 have an index
    std::string const subject = name(0), unknown = name(100);
    Tracker before;
    before.update(subject, old_ones);
    auto const all_or_nothing = [&](auto const& action) {
        Tracker expected = before;
        action(expected);
        CHECK(expected != before);
        for (std::size_t fails_at = 1;; ++fails_at) {
            Tracker tracker = before;
            bool const failed = runs_out_of_memory(fails_at, [&] { action(tracker); });
            CHECK(tracker == (failed ? before : expected));
            action(tracker); // nothing is left that disturbs
            CHECK(tracker == expected);
            if (!failed) return fails_at;
        }
    };
    CHECK(all_or_nothing([&](Tracker& tracker) { tracker.update(subject, new_ones); }) > 1);
    CHECK(all_or_nothing([&](Tracker& tracker) { tracker.update(unknown, old_ones); }) > 1);
    CHECK(all_or_nothing([&](Tracker& tracker) { return tracker.apply(subject, old_ones, new_ones); }) > 1);
    CHECK(all_or_nothing([&](Tracker& tracker) { tracker.forget(subject); }) == 1);
    CHECK(all_or_nothing([&](Tracker& tracker) { tracker.forget_recipient(old_ones[7]); }) == 1);
    bool told = false;
    CHECK(allocations_of([&] { told = before.known(subject) && before.is_told(old_ones[1], subject); }) == 0);
    CHECK(told);
}

TEST_CASE("recipients on other servers that run out of memory are not shown too much", "[allocations]") {
    using namespace msc4495_2026_07_15;
    UserId const bob = "@bob:own"_user;
    std::vector const one{"@a:a.server.with.a.long.name"_user, "@b:another.server.with.a.long.name"_user};
    std::vector const other{one[0], "@c:another.server.with.a.long.name"_user, "@d:a.third.server"_user};
    OutboundRecipients before{"own"};
    before.update(bob, one, 1);
    for (OutboundMessage const& message : before.take_messages(bob)) before.acknowledge(message);
    before.update(bob, other, 2);
    OutboundRecipients sent = before;
    std::vector<OutboundMessage> const messages = sent.take_messages(bob);
    REQUIRE(messages.size() == 3);

    for (std::size_t fails_at = 1; fails_at > 0; ++fails_at) {
        OutboundRecipients outbound = before;
        std::vector<OutboundMessage> taken;
        bool const failed = runs_out_of_memory(fails_at, [&] { taken = outbound.take_messages(bob); });
        CHECK(taken == (failed ? std::vector<OutboundMessage>{} : messages));
        CHECK(outbound.take_messages(bob) == messages);
        if (!failed) break;
    }
    for (OutboundMessage const& message : messages)
        for (std::size_t fails_at = 1; fails_at > 0; ++fails_at) {
            OutboundRecipients outbound = sent;
            bool const failed = runs_out_of_memory(fails_at, [&] { outbound.acknowledge(message); });
            CHECK((outbound == sent) == failed);
            if (!failed) break;
        }
    for (std::size_t fails_at = 1; fails_at > 0; ++fails_at) {
        OutboundRecipients outbound = sent;
        bool const failed = runs_out_of_memory(fails_at, [&] { outbound.update(bob, one, 3); });
        CHECK((outbound == sent) == failed);
        if (!failed) break;
    }

    std::string const& server = messages[1].server; // has one user less and one more
    InboundRecipients known{server};
    known.receive(bob, {.stream_id = 1, .recipients = RecipientDelta{.add = one}});
    for (std::size_t fails_at = 1; fails_at > 0; ++fails_at) {
        InboundRecipients inbound = known;
        bool const failed = runs_out_of_memory(fails_at, [&] { inbound.receive(bob, messages[1].update); });
        CHECK((inbound == known) == failed);
        if (!failed) break;
    }
}

// --- routers that wait

TEST_CASE("to await a chain takes its frame, the routers' and what the answer holds", "[allocations]") {
    using support::answer_of;
    using support::Loop;
    using support::Scripted;
    using support::Waiting;
    std::vector<Note> const batch{{1, 10}, {2, 20}};
    support::Routed const routes{{7, {{1, 10}, {2, 20}}}, {8, {{3, 30}}}};
    support::Interest const interest = std::set{1, 2, 3};
    Loop loop{support::Turn::at_once};

    PresenceRouterChain const plain{Scripted{routes, interest}, Edge<7, 1>{}, Scripted{routes, interest}};
    std::size_t const push = allocations_of([&] { (void)plain.get_users_for_states(batch); });
    std::size_t const pull = allocations_of([&] { (void)plain.get_interested_users(7); });
    REQUIRE(pull > 0);

    // A compiler may do without a frame.
    auto const chain =
        async_chain<support::Task>(Scripted{routes, interest}, Edge<7, 1>{}, Scripted{routes, interest});
    CHECK(allocations_of([&] { (void)answer_of(chain.get_users_for_states(batch)); }) <= push + 1);
    CHECK(allocations_of([&] { (void)answer_of(chain.get_interested_users(7)); }) <= pull + 1);

    auto const waiting = async_chain<support::Task>(Waiting{loop, routes, interest}, Edge<7, 1>{},
                                                    Waiting{loop, routes, interest});
    CHECK(allocations_of([&] { (void)answer_of(waiting.get_users_for_states(batch)); }) <= push + 3);
    CHECK(allocations_of([&] { (void)answer_of(waiting.get_interested_users(7)); }) <= pull + 3);
}

TEST_CASE("a chain that waits and runs out of memory leaves nothing behind", "[allocations]") {
    using support::answer_of;
    std::vector<Note> const batch{{1, 10}, {2, 20}};
    auto const chain =
        async_chain<support::Task>(support::WaitingEdge<7, 1>{}, Edge<8, 1>{}, support::WaitingEdge<7, 2>{});
    auto const survives = [](auto ask) {
        std::size_t failures = 0;
        while (runs_out_of_memory(failures + 1, ask)) ++failures;
        return failures;
    };
    CHECK(survives([&] { (void)answer_of(chain.get_users_for_states(batch)); }) > 0);
    CHECK(survives([&] { (void)answer_of(chain.get_interested_users(7)); }) > 0);
    CHECK(answer_of(chain.get_users_for_states(batch)) ==
          support::Routed{{7, {{1, 10}, {2, 20}}}, {8, {{1, 10}}}});
}

// --- delivery plans

/// One update to each of many viewers, with a state of its own for some; and to all of them again.
PresenceRouterChain<BasicRouteTable<int, Mood>, BasicBroadcast<int, Mood>> audience(int viewers) {
    BasicRouteTable<int, Mood> table;
    std::vector<int> all;
    for (int viewer = 0; viewer < viewers; ++viewer) {
        table.add(viewer, viewer % 50);
        all.push_back(viewer);
    }
    return {std::move(table), BasicBroadcast<int, Mood>{all}};
}

TEST_CASE("a plan that is filled again allocates nothing") {
    auto const chain = audience(3000) | transformed([](int viewer, Mood const& note) {
                           return viewer % 3 == 0 ? Mood{note.user_id, note.mood / 2} : note;
                       });
    std::vector<Mood> batch;
    for (int subject = 0; subject < 60; ++subject) batch.push_back({subject, subject * 10});
    BasicDeliveryPlan<int, Mood> plan;
    plan.assign(chain, batch);
    std::size_t const routes = plan.route_count();
    REQUIRE(routes == 3000 * 60);
    CHECK(allocations_of([&] { plan.assign(chain, batch); }) == 0);
    CHECK(plan.route_count() == routes);
    CHECK(allocations_of([&] { plan.assign(chain, batch[7]); }) == 0);
    CHECK(plan.route_count() == 3000);
    CHECK(allocations_of([&] { plan.assign(chain, std::span{batch}.first(30)); }) == 0);
    CHECK(allocations_of([&] { plan.assign(chain, batch); }) == 0);
    CHECK(plan.route_count() == routes);
    CHECK(allocations_of([&] {
              for (auto const& [viewer, states] : plan)
                  for (Mood const& note : states) CHECK(note.user_id < 60);
          }) == 0);
}

TEST_CASE("a plan of Matrix users, and what goes to servers by it, are filled again without memory") {
    RouteTable table;
    auto const user = [](int number) {
        return UserId{"@" + std::to_string(number) + ":s" + std::to_string(number % 7) + ".example.org"};
    };
    std::vector<UserPresenceState> batch;
    for (int subject = 0; subject < 70; ++subject) {
        batch.push_back({.user_id = user(subject)});
        for (int viewer = 0; viewer < 100; ++viewer) table.add(user(viewer), batch.back().user_id);
    }
    DeliveryPlan plan;
    ServerDeliveries deliveries;
    auto const fill = [&] {
        plan.assign(std::ref(table), batch);
        deliveries.assign(plan, "s0.example.org");
    };
    fill();
    REQUIRE(plan.route_count() == 7000);
    REQUIRE(deliveries.size() == 6);
    CHECK(allocations_of(fill) == 0);
    CHECK(deliveries.size() == 6);
}

TEST_CASE("a plan that runs out of memory is empty, and can be filled again") {
    auto const chain = audience(40);
    std::vector<Mood> batch;
    for (int subject = 0; subject < 60; ++subject) batch.push_back({subject, 1});
    std::size_t fails_at = 1;
    for (bool failed = true; failed; ++fails_at) {
        BasicDeliveryPlan<int, Mood> plan;
        failed = runs_out_of_memory(fails_at, [&] { plan.assign(chain, batch); });
        CHECK(plan.empty() == failed);
        plan.assign(chain, batch);
        CHECK(plan.route_count() == 40 * 60);
    }
    CHECK(fails_at > 10);
}

} // namespace
