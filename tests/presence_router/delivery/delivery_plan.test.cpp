// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/delivery_plan.hpp>

#include <presence_router/adaptors/transformed.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <range/v3/range/concepts.hpp>
#include <ranges>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Note;
using support::Routed;
using support::Scripted;

namespace plan_keys {

struct Hash { // an id without <
    int value = 0;
    friend bool operator==(Hash, Hash) = default;
};
struct HashNote {
    Hash user_id{};
    int mood = 0;
    friend bool operator==(HashNote const&, HashNote const&) = default;
};
struct Less { // an id without a hash and ==
    int value = 0;
    friend bool operator<(Less a, Less b) { return a.value < b.value; }
};
struct LessNote {
    Less user_id{};
    int mood = 0;
    friend bool operator<(LessNote const& a, LessNote const& b) {
        return a.user_id < b.user_id || (!(b.user_id < a.user_id) && a.mood < b.mood);
    }
};

struct Measured { // a NaN does not equal itself
    int user_id = 0;
    double mood = 0;
    friend bool operator==(Measured const&, Measured const&) = default;
};
struct Fragile { // its hash throws after so many calls
    int user_id = 0;
    int mood = 0;
    friend bool operator==(Fragile const&, Fragile const&) = default;
    static inline int calls_left = -1; // for ever
};

} // namespace plan_keys

template <>
struct std::hash<plan_keys::Measured> {
    std::size_t operator()(plan_keys::Measured const& note) const noexcept {
        return static_cast<std::size_t>(note.user_id);
    }
};
template <>
struct std::hash<plan_keys::Fragile> {
    std::size_t operator()(plan_keys::Fragile const& note) const {
        if (plan_keys::Fragile::calls_left == 0) throw std::runtime_error{"hash"};
        if (plan_keys::Fragile::calls_left > 0) --plan_keys::Fragile::calls_left;
        return static_cast<std::size_t>(note.mood);
    }
};
template <>
struct std::hash<plan_keys::Hash> {
    std::size_t operator()(plan_keys::Hash id) const noexcept { return static_cast<std::size_t>(id.value % 7); }
};
template <>
struct std::hash<plan_keys::HashNote> {
    std::size_t operator()(plan_keys::HashNote const& note) const noexcept {
        return static_cast<std::size_t>(note.mood);
    }
};

namespace {

using NotePlan = BasicDeliveryPlan<int, Note>;

static_assert(std::ranges::random_access_range<DeliveryPlan const>);
static_assert(std::ranges::sized_range<DeliveryPlan const>);
static_assert(ranges::random_access_range<DeliveryPlan const>);
static_assert(std::is_nothrow_default_constructible_v<NotePlan>);
static_assert(std::is_move_constructible_v<NotePlan> && std::is_move_assignable_v<NotePlan>);
static_assert(!std::is_copy_constructible_v<NotePlan> && !std::is_copy_assignable_v<NotePlan>);
static_assert(noexcept(std::declval<NotePlan&>().clear()));

/// What the plan says, as plain vectors.
using Shown = std::vector<std::pair<int, std::vector<Note>>>;
Shown shown(NotePlan const& plan) {
    Shown result;
    for (auto const& [viewer, states] : plan)
        result.emplace_back(viewer, std::vector<Note>(states.begin(), states.end()));
    return result;
}

/// Shows what is written down, one route after the other.
struct Shows : support::SpeaksNotes {
    std::vector<std::pair<int, Note>> routes;

    Routed get_users_for_states(std::span<Note const>) const { return {}; }
    support::Interest get_interested_users(int const&) const { return {}; }
    void for_each_route(std::span<Note const>, auto&& sink) const {
        for (auto const& [viewer, note] : routes) sink(viewer, Note{note}); // lives for the call only
    }
    std::optional<AllUsers> for_each_subject(int, auto&&) const { return std::nullopt; }
};

/// A router that fails after so many routes; first it shows each state to all below 10.
struct FailsAfter : support::SpeaksNotes {
    int good = 0;

    Routed get_users_for_states(std::span<Note const>) const { return {}; }
    support::Interest get_interested_users(int const&) const { return {}; }
    void for_each_route(std::span<Note const> batch, auto&& sink) const {
        int left = good;
        for (Note const& note : batch)
            for (int viewer = 0; viewer < 10; ++viewer) {
                if (left-- == 0) throw std::runtime_error{"router"};
                sink(viewer, note);
                sink(viewer, Note{note.user_id, note.mood + 1000});
            }
    }
    std::optional<AllUsers> for_each_subject(int, auto&&) const { return std::nullopt; }
};

TEST_CASE("an empty plan", "[delivery_plan]") {
    NotePlan plan;
    CHECK(plan.empty());
    CHECK(plan.begin() == plan.end());
    CHECK(plan.find(1) == plan.end());
    CHECK(plan.states_for(1).empty());
    CHECK(plan.route_count() == 0);
    CHECK(plan.states().empty());

    std::vector<Note> const none;
    plan.assign(Everything<1>{}, none);
    CHECK(plan.empty());
}

TEST_CASE("a plan is grouped by viewer, in the order of the batch", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 3}, {4, 2}, {5, 1}};
    NotePlan plan;
    plan.assign(PresenceRouterChain{Edge<2, 4>{}, Everything<1>{}, Edge<2, 5>{}}, batch);
    CHECK(shown(plan) == Shown{{2, {{5, 3}, {4, 2}, {5, 1}}}, {1, {{5, 3}, {4, 2}, {5, 1}}}});
    CHECK(plan.route_count() == 6);
    CHECK(plan.states().size() == 3);
    CHECK((*plan.find(1)).viewer == 1);
    CHECK(plan.find(1) == plan.begin() + 1);
    CHECK(plan.find(4) == plan.end());
    CHECK(plan.states_for(4).empty());
    CHECK(&plan[1].states[2] == &batch[2]);
}

TEST_CASE("a route that several routers give is in the plan once", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 1}, {6, 2}};
    NotePlan plan;
    plan.assign(PresenceRouterChain{Everything<1>{}, Edge<1, 5>{}, Edge<1, 6>{}, Everything<1>{}}, batch);
    CHECK(shown(plan) == Shown{{1, {{5, 1}, {6, 2}}}});
}

TEST_CASE("equal states are one, and stand where the last of them stood", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 1}, {5, 2}, {5, 1}}; // back to where it was
    NotePlan plan;
    plan.assign(PresenceRouterChain{Everything<1>{}, Everything<1>{}}, batch);
    CHECK(shown(plan) == Shown{{1, {{5, 2}, {5, 1}}}});
    CHECK(plan.states().size() == 2);
    CHECK(&plan[0].states[1] == &batch[2]);
}

TEST_CASE("copies of states are looked up and not owned", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 1}, {6, 1}, {5, 0}};
    NotePlan plan; // the router's set is in the order of values
    plan.assign(Scripted{{{1, {{5, 0}, {5, 1}}}, {2, {{5, 1}}}, {3, {}}}}, batch);
    CHECK(shown(plan) == Shown{{1, {{5, 1}, {5, 0}}}, {2, {{5, 1}}}});
    CHECK(&plan[0].states[0] == &batch[0]);
    CHECK(&plan[0].states[1] == &batch[2]);
}

TEST_CASE("states that a router made are owned by the plan", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 1}, {6, 1}};
    auto const hide = [](int viewer, Note note) { return viewer == 1 ? Note{note.user_id, 0} : note; };
    NotePlan plan;
    plan.assign(PresenceRouterChain{Everything<1>{}, Everything<2>{}} | transformed(hide), batch);
    CHECK(shown(plan) == Shown{{1, {{5, 0}, {6, 0}}}, {2, {{5, 1}, {6, 1}}}});

    NotePlan const moved = std::move(plan);
    CHECK(plan.empty()); // NOLINT: says so
    CHECK(shown(moved) == Shown{{1, {{5, 0}, {6, 0}}}, {2, {{5, 1}, {6, 1}}}});
    plan.assign(Everything<1>{}, batch);
    CHECK(plan.size() == 1);
}

TEST_CASE("where states are made anew the last update of a subject is last as well", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 11}, {5, 22}, {5, 13}, {6, 0}};
    auto const coarse = [](int, Note note) { return Note{note.user_id, note.mood / 10 * 10}; };
    NotePlan plan; // back to what was before
    plan.assign(PresenceRouterChain{Everything<1>{}, Everything<1>{}} | transformed(coarse), batch);
    CHECK(shown(plan) == Shown{{1, {{5, 20}, {5, 10}, {6, 0}}}});

    std::vector<Note> const partly{{5, 11}, {5, 20}}; // the second is coarse already
    plan.assign(Everything<1>{} | transformed(coarse), partly);
    CHECK(shown(plan) == Shown{{1, {{5, 10}, {5, 20}}}});
}

TEST_CASE("states that live for the length of a call only are told apart", "[delivery_plan]") {
    Note const batch{5, 1};
    Shows router;
    router.routes = {{1, {5, 7}}, {2, {5, 8}}, {1, {5, 8}}, {1, {5, 7}}, {2, {5, 1}}};
    NotePlan plan;
    plan.assign(router, batch);
    CHECK(shown(plan) == Shown{{1, {{5, 8}, {5, 7}}}, {2, {{5, 8}, {5, 1}}}});
}

TEST_CASE("viewers without a state are not in the plan", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 1}};
    NotePlan plan;
    plan.assign(PresenceRouterChain{Scripted{{{1, {}}, {2, {{5, 1}}}}}, Edge<3, 9>{}}, batch);
    CHECK(shown(plan) == Shown{{2, {{5, 1}}}});
}

TEST_CASE("a plan is filled again and again, with more and with less", "[delivery_plan]") {
    NotePlan plan;
    for (int const users : {3, 700, 0, 1, 90'000, 5, 40}) {
        std::vector<Note> batch;
        for (int user = 0; user < users; ++user) batch.push_back({user, user % 3});
        Shows router; // one viewer each, and one of all
        for (Note const& note : batch)
            router.routes.insert(router.routes.end(), {{note.user_id, note}, {-1, note}});
        plan.assign(router, batch);
        REQUIRE(plan.size() == (batch.empty() ? 0 : batch.size() + 1));
        REQUIRE(plan.route_count() == 2 * batch.size());
        REQUIRE(plan.states_for(-1).size() == batch.size());
        std::size_t mistakes = 0;
        for (Note const& note : batch) {
            auto const states = plan.states_for(note.user_id);
            mistakes += states.size() != 1 || states.front() != note;
        }
        CHECK(mistakes == 0);
    }
    plan.clear();
    CHECK(plan.empty());
}

TEST_CASE("a router that throws leaves an empty plan, which can be filled again", "[delivery_plan]") {
    std::vector<Note> const batch{{5, 1}, {6, 2}, {7, 3}};
    auto const whole = [&] {
        NotePlan plan;
        plan.assign(FailsAfter{{}, -1}, batch);
        return shown(plan);
    }();
    REQUIRE(whole.size() == 10);
    NotePlan plan;
    for (int good = 0; good < 30; ++good) {
        plan.assign(FailsAfter{{}, -1}, batch);
        CHECK(shown(plan) == whole);
        { // the next batch is gone before the plan is filled again
            std::vector<Note> const next{{5, 9}, {6, 2}, {8, 3}};
            CHECK_THROWS_AS(plan.assign(FailsAfter{{}, good}, next), std::runtime_error);
        }
        CHECK(plan.empty());
        CHECK(plan.route_count() == 0);
        CHECK(plan.states().empty());
        CHECK(plan.find(1) == plan.end());
    }
    plan.assign(FailsAfter{{}, -1}, batch);
    CHECK(shown(plan) == whole);
}

TEST_CASE("a state that does not equal itself leaves nothing behind in the plan", "[delivery_plan]") {
    using plan_keys::Measured;
    BasicRouteTable<int, Measured> table;
    table.add(1, 5);
    std::vector<Measured> batch;
    for (int mood = 0; mood < 5000; ++mood) batch.push_back({5, 0.5 * mood});
    std::vector<Measured> const nans(20, Measured{5, std::numeric_limits<double>::quiet_NaN()});
    BasicDeliveryPlan<int, Measured> plan;
    plan.assign(table, batch); // so that those after it are small
    for (int round = 0; round < 3; ++round) {
        plan.assign(table, nans);
        CHECK(plan.states_for(1).size() == nans.size());
        plan.assign(table, batch.front());
        CHECK(plan.states_for(1).size() == 1);
    }
}

TEST_CASE("a hash that throws leaves an empty plan, which can be filled again", "[delivery_plan]") {
    using plan_keys::Fragile;
    BasicRouteTable<int, Fragile> table;
    table.add(1, 5);
    std::vector<Fragile> batch;
    for (int mood = 0; mood < 5000; ++mood) batch.push_back({5, mood});
    std::span<Fragile const> const few = std::span{batch}.first(3);
    BasicDeliveryPlan<int, Fragile> plan;
    plan.assign(table, batch);
    for (int good = 0; good < 3; ++good) {
        Fragile::calls_left = good;
        CHECK_THROWS_AS(plan.assign(table, few), std::runtime_error);
        CHECK(plan.empty());
        Fragile::calls_left = -1;
        plan.assign(table, few);
        CHECK(plan.states_for(1).size() == 3);
    }
}

TEST_CASE("ids that are equal and no copies are one viewer", "[delivery_plan]") {
    RouteTable one, two;
    UserId const bob{"@bob:x"};
    one.add(UserId{"@alice:x"}, bob);
    two.add(UserId{"@alice:x"}, UserId{"@bob:x"});
    UserPresenceState const update{.user_id = bob};
    DeliveryPlan plan;
    plan.assign(PresenceRouterChain{std::ref(one), std::ref(two), std::ref(one)}, update);
    CHECK(plan.size() == 1);
    CHECK(plan.route_count() == 1);
    CHECK(plan.states_for(UserId{"@alice:x"}).size() == 1);
}

template <class Id, class State>
void check_vocabulary() {
    BasicRouteTable<Id, State> table;
    for (int viewer = 0; viewer < 50; ++viewer) table.add(Id{viewer}, Id{viewer % 10 + 100});
    std::vector<State> batch;
    for (int subject = 0; subject < 10; ++subject) batch.push_back({Id{subject + 100}, subject});
    batch.push_back(batch[3]);
    BasicDeliveryPlan<Id, State> plan;
    for (int round = 0; round < 2; ++round) {
        plan.assign(PresenceRouterChain{std::ref(table), std::ref(table)}, batch);
        CHECK(plan.size() == 50);
        CHECK(plan.route_count() == 50);
        std::size_t mistakes = 0;
        for (int viewer = 0; viewer < 50; ++viewer) {
            auto const states = plan.states_for(Id{viewer});
            mistakes += states.size() != 1 || states[0].mood != viewer % 10;
        }
        CHECK(mistakes == 0);
        CHECK(plan.states_for(Id{77}).empty());
    }
}

TEST_CASE("plans of ids with a hash and no order, and with an order and no hash", "[delivery_plan]") {
    check_vocabulary<plan_keys::Hash, plan_keys::HashNote>();
    check_vocabulary<plan_keys::Less, plan_keys::LessNote>();
}

/// An allocator that counts, and two of which differ.
template <class T>
struct Counting {
    using value_type = T;
    using is_always_equal = std::false_type;
    std::size_t* bytes;

    explicit Counting(std::size_t& counted) : bytes{&counted} {}
    template <class U>
    Counting(Counting<U> const& other) : bytes{other.bytes} {}

    T* allocate(std::size_t count) {
        *bytes += count * sizeof(T);
        return std::allocator<T>{}.allocate(count);
    }
    void deallocate(T* at, std::size_t count) {
        *bytes -= count * sizeof(T);
        std::allocator<T>{}.deallocate(at, count);
    }
    friend bool operator==(Counting const&, Counting const&) = default;
};

TEST_CASE("a plan takes its memory from its allocator", "[delivery_plan]") {
    using Plan = BasicDeliveryPlan<int, Note, Counting<std::byte>>;
    static_assert(std::is_move_constructible_v<Plan> && !std::is_move_assignable_v<Plan>);
    std::size_t bytes = 0;
    {
        constexpr int updates = 400, viewers = 1000;
        Shows router;
        std::vector<Note> batch;
        for (int subject = 0; subject < updates; ++subject) {
            batch.push_back({subject, 1});
            for (int viewer = 0; viewer < viewers; ++viewer) router.routes.push_back({viewer, batch.back()});
        }
        Plan plan{Counting<std::byte>{bytes}};
        plan.assign(router, batch);
        REQUIRE(plan.route_count() == std::size_t{updates} * viewers);
        CHECK(bytes > 8 * plan.route_count());
        CHECK(bytes <= 12 * plan.route_count());
        Plan const moved = std::move(plan);
        CHECK(moved.states_for(3).size() == batch.size());
    }
    CHECK(bytes == 0);

    bytes = 0;
    Plan empty{Counting<std::byte>{bytes}};
    Note const one{5, 1};
    empty.assign(Everything<1>{}, one);
    CHECK(bytes < 8 * 1024); // a small plan is small
}

} // namespace
