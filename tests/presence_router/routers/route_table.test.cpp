// SPDX-License-Identifier: BSL-1.0
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/raw_sink.hpp"
#include "support/routers.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Interest;
using support::Note;
using support::Routed;

namespace {

using Table = BasicRouteTable<int, Note>;
using Edges = std::set<std::pair<int, int>>; // viewer, subject

static_assert(std::same_as<RouteTable, BasicRouteTable<UserId, UserPresenceState>>);
static_assert(PresenceRouter<RouteTable> && PresenceRouter<Table>);
static_assert(std::is_copy_constructible_v<RouteTable> && std::is_copy_assignable_v<RouteTable>);
static_assert(std::is_nothrow_move_constructible_v<RouteTable>);
static_assert(noexcept(std::declval<RouteTable const&>().sees(std::declval<UserId const&>(),
                                                              std::declval<UserId const&>())));
static_assert(noexcept(std::declval<Table const&>().sees(1, 2)));
static_assert(noexcept(std::declval<Table const&>().size()) &&
              noexcept(std::declval<Table const&>().empty()));

// The answers of every lane, from one table, and what they have to be.
Edges by_pull(Table const& table, int users) {
    Edges edges;
    for (int viewer = 0; viewer < users; ++viewer)
        table.for_each_subject(viewer, [&](int subject) { return edges.emplace(viewer, subject).second; });
    return edges;
}
Edges by_push(Table const& table, int users) {
    std::vector<Note> batch;
    for (int subject = 0; subject < users; ++subject) batch.push_back({subject, subject});
    Edges edges;
    table.for_each_route(
        batch, [&](int viewer, Note const& note) { return edges.emplace(viewer, note.user_id).second; });
    return edges;
}
Edges by_points(Table const& table, int users) {
    Edges edges;
    for (int viewer = 0; viewer < users; ++viewer)
        for (int subject = 0; subject < users; ++subject)
            if (table.sees(viewer, subject)) edges.emplace(viewer, subject);
    return edges;
}
void check_lanes(Table const& table, Edges const& expected, int users) {
    CHECK(table.size() == expected.size());
    CHECK(table.empty() == expected.empty());
    CHECK(by_pull(table, users) == expected);
    CHECK(by_push(table, users) == expected);
    CHECK(by_points(table, users) == expected);
}

TEST_CASE("a table routes what was added to it", "[route_table]") {
    Table table;
    CHECK(table.add(1, 2));
    CHECK(table.add(1, 3));
    CHECK(table.add(4, 2));
    std::vector<Note> const batch{{2, 20}, {3, 30}, {9, 90}, {2, 21}};
    CHECK(table.get_users_for_states(batch) ==
          Routed{{1, {{2, 20}, {2, 21}, {3, 30}}}, {4, {{2, 20}, {2, 21}}}});
    CHECK(table.get_interested_users(1) == Interest{std::set{2, 3}});
    CHECK(table.get_interested_users(2) == Interest{});
    CHECK(table.get_interested_users(99) == Interest{});
    CHECK(table.states_for_user(4, batch) == std::set<Note>{{2, 20}, {2, 21}});
    CHECK(table.states_for_user(99, batch).empty());
    check_lanes(table, {{1, 2}, {1, 3}, {4, 2}}, 10);
}

TEST_CASE("a route has a direction", "[route_table]") {
    Table table;
    table.add(1, 2);
    CHECK(table.sees(1, 2));
    CHECK_FALSE(table.sees(2, 1));
    CHECK_FALSE(table.sees(1, 1));
    CHECK_FALSE(table.remove(2, 1));
    table.add(2, 1);
    CHECK(table.remove(1, 2));
    check_lanes(table, {{2, 1}}, 4);
}

TEST_CASE("adding and removing tell whether they changed anything", "[route_table]") {
    Table table;
    CHECK_FALSE(table.remove(1, 2));
    CHECK(table.add(1, 2));
    CHECK_FALSE(table.add(1, 2));
    CHECK(table.size() == 1);
    CHECK_FALSE(table.remove(1, 3));
    CHECK_FALSE(table.remove(3, 2));
    CHECK(table.remove(1, 2));
    CHECK_FALSE(table.remove(1, 2));
    CHECK(table.empty());
}

TEST_CASE("erasing a user takes both sides away, and tells how many routes they were", "[route_table]") {
    Table table;
    CHECK(table.erase(1) == 0);
    for (int other = 2; other < 6; ++other) {
        table.add(1, other);
        table.add(other, 1);
        table.add(other, other + 1);
    }
    CHECK(table.erase(1) == 8);
    check_lanes(table, {{2, 3}, {3, 4}, {4, 5}, {5, 6}}, 10);
    CHECK(table.erase(1) == 0);
    CHECK(table.erase(4) == 2);
    check_lanes(table, {{2, 3}, {5, 6}}, 10);
}

TEST_CASE("users may see themselves", "[route_table]") {
    Table table;
    CHECK(table.add(1, 1));
    CHECK_FALSE(table.add(1, 1));
    check_lanes(table, {{1, 1}}, 3);
    CHECK(table.remove(1, 1));
    CHECK_FALSE(table.remove(1, 1));
    check_lanes(table, {}, 3);

    table.add(1, 1);
    table.add(1, 2);
    table.add(2, 1);
    CHECK(table.remove(1, 1));
    check_lanes(table, {{1, 2}, {2, 1}}, 3);
    table.add(1, 1);
    CHECK(table.erase(1) == 3); // the route to oneself is one, though it lies on both sides
    check_lanes(table, {}, 3);
}

TEST_CASE("a user who left and came back has no old routes", "[route_table]") {
    Table table;
    table.add(1, 2);
    table.add(3, 1);
    table.erase(1);
    table.add(4, 5); // takes over what user 1 left
    table.add(1, 4);
    check_lanes(table, {{4, 5}, {1, 4}}, 8);
}

TEST_CASE("copies are independent", "[route_table]") {
    Table original;
    for (int subject = 0; subject < 200; ++subject) original.add(300, subject);
    Table copy = original;
    CHECK(copy.remove(300, 7));
    CHECK(copy.add(300, 299));
    CHECK(original.sees(300, 7));
    CHECK_FALSE(original.sees(300, 299));
    CHECK(original.erase(300) == 200);
    CHECK(copy.size() == 200);

    Table moved = std::move(copy);
    CHECK(moved.size() == 200);
    moved = original;
    CHECK(moved.empty());
    CHECK(moved.add(1, 1));
}

TEST_CASE("one user may have very many routes", "[route_table]") {
    Table table;
    constexpr int many = 5'000;
    for (int other = 1; other <= many; ++other) {
        CHECK(table.add(0, other));
        CHECK(table.add(other, 0));
    }
    CHECK_FALSE(table.add(0, many));
    CHECK_FALSE(table.add(many, 0));
    CHECK(table.size() == 2 * many);
    for (int other = 1; other <= many; other += 2) CHECK(table.remove(0, other));
    CHECK(table.sees(0, 2));
    CHECK_FALSE(table.sees(0, 3));
    CHECK(table.sees(3, 0));
    CHECK(std::get<0>(table.get_interested_users(0)).size() == many / 2);
    CHECK(table.get_users_for_states({{0, 1}}).size() == many);
    CHECK(table.erase(0) == many + many / 2);
    CHECK(table.empty());
}

TEST_CASE("a table of any history equals the set of its routes", "[route_table]") {
    // Few users and much coming and going, so that numbers, places and indices are all taken again and again;
    // many routes for each, so that both ways of looking them up are met.
    constexpr int users = 150;
    std::mt19937 random{20240229};
    std::uniform_int_distribution<int> user{0, users - 1};
    std::uniform_int_distribution<int> percent{0, 99};
    Table table;
    Edges expected;
    std::size_t mistakes = 0;
    for (int phase = 0; phase < 6; ++phase) {
        int const adding = phase % 2 == 0 ? 90 : 25; // grows, shrinks, and grows again
        for (int step = 0; step < 12'000; ++step) {
            int const viewer = user(random);
            int const subject = percent(random) < 5 ? viewer : user(random);
            int const action = percent(random);
            if (action < adding) {
                mistakes += table.add(viewer, subject) != expected.emplace(viewer, subject).second;
            } else if (action < 99) {
                mistakes += table.remove(viewer, subject) != (expected.erase({viewer, subject}) == 1);
            } else {
                mistakes += table.erase(viewer) != std::erase_if(expected, [&](auto const& edge) {
                                return edge.first == viewer || edge.second == viewer;
                            });
            }
        }
        check_lanes(table, expected, users);
    }
    CHECK(mistakes == 0);
    for (int viewer = 0; viewer < users; ++viewer) table.erase(viewer);
    check_lanes(table, {}, users);
}

TEST_CASE("streaming stops when told", "[route_table]") {
    Table table;
    for (int viewer = 0; viewer < 5; ++viewer) table.add(viewer, 9);
    for (int subject = 0; subject < 5; ++subject) table.add(9, subject);
    std::vector<Note> const batch{{9, 1}, {9, 2}};
    int shown = 0;
    table.for_each_route(batch, support::RawSink([&](int, Note const&) { return ++shown < 7; }));
    CHECK(shown == 7);
    shown = 0;
    CHECK(table.for_each_subject(9, support::RawSink([&](int) { return ++shown < 3; })) == std::nullopt);
    CHECK(shown == 3);
}

TEST_CASE("a sink need not answer", "[route_table]") {
    Table table;
    table.add(1, 9);
    table.add(9, 2);
    int shown = 0;
    table.for_each_route({{9, 1}, {9, 2}}, [&](int, Note const&) { ++shown; });
    CHECK(shown == 2);
    CHECK(table.for_each_subject(9, [&](int) { ++shown; }) == std::nullopt);
    CHECK(shown == 3);
}

TEST_CASE("users and updates are those of Matrix by default", "[route_table]") {
    RouteTable table;
    table.add("@alice:x"_user, "@bob:x"_user);
    table.add("@alice:x"_user, "@carol:x"_user);
    UserPresenceState const bob{.user_id = "@bob:x"_user, .state = PresenceState::online};
    UserPresenceState const dave{.user_id = "@dave:x"_user};
    CHECK(table.get_users_for_states({bob, dave}) == UsersForStates{{"@alice:x"_user, {bob}}});
    CHECK(table.get_interested_users("@alice:x"_user) ==
          InterestedUsers{std::set{"@bob:x"_user, "@carol:x"_user}});
    table.erase("@bob:x"_user);
    CHECK(table.get_users_for_states({bob}).empty());
}

} // namespace

// Ids of other kinds: with < and no hash; with a hash and no <; with hashes that all collide.
namespace kinds {

struct Ordered {
    int value = 0;
    friend bool operator<(Ordered a, Ordered b) { return a.value < b.value; }
};
struct Hashed {
    int value = 0;
    friend bool operator==(Hashed, Hashed) = default;
};
struct Colliding {
    int value = 0;
    friend constexpr auto operator<=>(Colliding, Colliding) = default;
};
struct FailsToHash { // a hash may throw; nothing is then promised by noexcept
    int value = 0;
    friend constexpr auto operator<=>(FailsToHash, FailsToHash) = default;
};

template <class Id>
struct About {
    Id user_id{};
    int mood = 0;
    friend bool operator<(About const& a, About const& b) { return a.mood < b.mood; }
};

} // namespace kinds

template <>
struct std::hash<kinds::Hashed> {
    std::size_t operator()(kinds::Hashed id) const noexcept { return static_cast<std::size_t>(id.value); }
};
template <>
struct std::hash<kinds::Colliding> {
    std::size_t operator()(kinds::Colliding) const noexcept { return 7; }
};
template <>
struct std::hash<kinds::FailsToHash> {
    std::size_t operator()(kinds::FailsToHash id) const { return static_cast<std::size_t>(id.value); }
};

namespace {

template <class Id>
void check_table_of() {
    BasicRouteTable<Id, kinds::About<Id>> table;
    for (int user = 0; user < 100; ++user) {
        table.add(Id{user}, Id{(user + 1) % 100});
        table.add(Id{user}, Id{0});
    }
    CHECK(table.size() == 199);
    CHECK(table.erase(Id{50}) == 3);
    CHECK(table.sees(Id{99}, Id{0}));
    CHECK_FALSE(table.sees(Id{49}, Id{50}));
    CHECK(table.get_users_for_states({{Id{0}, 1}, {Id{7}, 2}}).size() == 99);
    CHECK(table.states_for_user(Id{6}, {{Id{0}, 1}, {Id{7}, 2}, {Id{8}, 3}}).size() == 2);
    for (int user = 0; user < 100; ++user) table.erase(Id{user});
    CHECK(table.empty());
}

TEST_CASE("ids need < or a hash, and no good one", "[route_table]") {
    check_table_of<kinds::Ordered>();
    check_table_of<kinds::Hashed>();
    check_table_of<kinds::Colliding>();
    check_table_of<kinds::FailsToHash>();
}

TEST_CASE("ids may be strings or addresses", "[route_table]") {
    BasicRouteTable<std::string, std::pair<std::string, int>> const* unused = nullptr;
    (void)unused;
    struct Line {
        std::string user_id{};
        auto operator<=>(Line const&) const = default;
    };
    BasicRouteTable<std::string, Line> names;
    names.add("alice", "bob");
    CHECK(names.get_users_for_states({Line{"bob"}}).count("alice") == 1);

    struct Heard {
        int const* user_id = nullptr;
        auto operator<=>(Heard const&) const = default;
    };
    int const users[2] = {};
    BasicRouteTable<int const*, Heard> addresses;
    addresses.add(&users[0], &users[1]);
    CHECK(addresses.sees(&users[0], &users[1]));
    CHECK_FALSE(addresses.sees(&users[1], &users[0]));
}

struct Letter { // from which the subject is read anew, and that may fail
    int from = 0;
    friend constexpr auto operator<=>(Letter const&, Letter const&) = default;
};
inline int subject_of(Letter const& letter) {
    return letter.from < 0 ? throw support::Failure{} : letter.from;
}

TEST_CASE("an exception of subject_of reaches the caller", "[route_table]") {
    BasicRouteTable<int, Letter> table;
    table.add(1, 2);
    CHECK(table.get_users_for_states({Letter{2}}).size() == 1);
    CHECK_THROWS_AS(table.get_users_for_states({Letter{2}, Letter{-1}}), support::Failure);
    CHECK_THROWS_AS(table.states_for_user(1, {Letter{-1}}), support::Failure);
    CHECK_THROWS_AS(table.for_each_route(Letter{-1}, [](int, Letter const&) noexcept { return true; }),
                    support::Failure);
    auto const router = std::cref(table) | guarded([](std::exception_ptr const&) {});
    CHECK(router.get_users_for_states({Letter{2}, Letter{-1}}).empty());
}

using UnsureTable = BasicRouteTable<kinds::FailsToHash, kinds::About<kinds::FailsToHash>>;
static_assert(!noexcept(std::declval<UnsureTable const&>().sees({}, {})));
static_assert(!noexcept(std::declval<UnsureTable&>().remove({}, {})));

} // namespace
