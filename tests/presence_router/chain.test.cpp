// SPDX-License-Identifier: BSL-1.0
#include <presence_router/chain.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/router.hpp>

#include <array>
#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Interest;
using support::Note;
using support::Routed;
using support::Scripted;

namespace {

using Strings = std::vector<std::string>;
using Notes = std::span<Note const>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};

// --- what a chain costs: nothing, if its routers have nothing to store

using Empty = PresenceRouterChain<>;
struct AnotherEmpty : Edge<1, 2> {};
struct WithState : Edge<1, 2> {
    explicit WithState(int number) : value{number} {}
    int value;
};
struct ReportNothing {
    void operator()(std::exception_ptr const&) const {}
};
using Silenced = Guarded<Edge<1, 2>, ReportNothing>;

static_assert(sizeof(Empty) == 1);
static_assert(sizeof(PresenceRouterChain<Edge<1, 2>>) == 1);
static_assert(sizeof(PresenceRouterChain<Edge<1, 2>, Everything<3>, Edge<4, 5>>) == 1);
static_assert(sizeof(PresenceRouterChain<Edge<1, 2>, Edge<1, 2>, Edge<1, 2>>) == 1, "duplicates included");
static_assert(sizeof(PresenceRouterChain<Edge<1, 2>, AnotherEmpty>) == 1, "bases included");
static_assert(sizeof(PresenceRouterChain<Empty, Empty, PresenceRouterChain<Empty>>) == 1);
static_assert(sizeof(PresenceRouterChain<PresenceRouterChain<Edge<1, 2>>, Edge<1, 2>,
                                         PresenceRouterChain<Edge<1, 2>, Edge<1, 2>>>) == 1);
static_assert(sizeof(PresenceRouterChain<Silenced, Edge<1, 2>, Silenced, Guarded<Silenced, ReportNothing>>) ==
              1);
static_assert(sizeof(PresenceRouterChain<PresenceRouterChain<Silenced>, PresenceRouterChain<Silenced>>) == 1);
static_assert(sizeof(PresenceRouterChain<Edge<1, 2>, WithState, Edge<1, 2>>) == sizeof(WithState));
static_assert(sizeof(PresenceRouterChain<std::reference_wrapper<WithState>, Edge<1, 2>>) == sizeof(void*));
static_assert(std::is_empty_v<PresenceRouterChain<Edge<1, 2>, Edge<1, 2>>>);
static_assert(std::is_trivially_copyable_v<PresenceRouterChain<Edge<1, 2>, Silenced>>);

auto const silenced_by_lambda = [] {
    auto const ignore = [](std::exception_ptr const&) {};
    return PresenceRouterChain{Edge<1, 2>{} | guarded(ignore),
                               PresenceRouterChain{Edge<1, 2>{}, Edge<1, 2>{}} | guarded(ignore)};
}();
static_assert(sizeof(silenced_by_lambda) == 1);

// --- what a chain is

using Three = PresenceRouterChain<Edge<1, 2>, Everything<3>, Edge<4, 5>>;
static_assert(PresenceRouter<Empty> && PresenceRouter<Three> &&
              PresenceRouter<PresenceRouterChain<Three, Empty>>);
static_assert(std::same_as<Empty::user_id_type, UserId> &&
              std::same_as<Empty::state_type, UserPresenceState>);
static_assert(std::same_as<Three::user_id_type, int> && std::same_as<Three::state_type, Note>);
static_assert(std::same_as<PresenceRouterChain<Empty, Three>::user_id_type, int>);
static_assert(std::same_as<PresenceRouterChain<std::reference_wrapper<Three>>::state_type, Note>);

static_assert(std::is_default_constructible_v<Three> && std::is_default_constructible_v<Empty>);
static_assert(!std::is_default_constructible_v<PresenceRouterChain<WithState>>);
static_assert(!std::is_convertible_v<Edge<1, 2>, PresenceRouterChain<Edge<1, 2>>>);
static_assert(std::is_nothrow_move_constructible_v<Three>);

struct MoveOnly : Edge<1, 2> {
    explicit MoveOnly(int number) : owned{std::make_unique<int>(number)} {}
    std::unique_ptr<int> owned;
};
static_assert(std::is_move_constructible_v<PresenceRouterChain<MoveOnly>>);
static_assert(!std::is_copy_constructible_v<PresenceRouterChain<MoveOnly>>);
static_assert(std::is_copy_constructible_v<PresenceRouterChain<WithState>>);

// Deduction: a chain is copied, and nests beside another router.
static_assert(std::same_as<decltype(PresenceRouterChain{}), Empty>);
static_assert(
    std::same_as<decltype(PresenceRouterChain{Edge<1, 2>{}, Everything<3>{}, Edge<4, 5>{}}), Three>);
static_assert(std::same_as<decltype(PresenceRouterChain{Three{}}), Three>);
static_assert(
    std::same_as<decltype(PresenceRouterChain{Three{}, Empty{}}), PresenceRouterChain<Three, Empty>>);
static_assert(std::same_as<
              decltype(PresenceRouterChain{std::declval<Edge<1, 2> const&>(), std::ref(silenced_by_lambda)}),
              PresenceRouterChain<Edge<1, 2>, std::reference_wrapper<decltype(silenced_by_lambda)>>>);

// --- noexcept: `sees` if all routers', both ways

struct MayThrow : Edge<1, 2> {
    bool sees(int, int) const { return true; }
};
template <class Chain>
constexpr bool nothrow_sees = noexcept(std::declval<Chain const&>().sees(1, 2)) &&
                              noexcept(presence_router::sees(std::declval<Chain const&>(), 1, 2));
template <class Chain>
constexpr bool may_throw_sees = !noexcept(std::declval<Chain const&>().sees(1, 2)) &&
                                !noexcept(presence_router::sees(std::declval<Chain const&>(), 1, 2));
static_assert(nothrow_sees<Three>);
static_assert(nothrow_sees<PresenceRouterChain<Three, Edge<1, 2>, PresenceRouterChain<>>>);
static_assert(nothrow_sees<PresenceRouterChain<std::reference_wrapper<Three>>>);
static_assert(nothrow_sees<PresenceRouterChain<Silenced>>);
static_assert(noexcept(std::declval<Empty const&>().sees(std::declval<UserId const&>(),
                                                         std::declval<UserId const&>())));
static_assert(may_throw_sees<PresenceRouterChain<MayThrow>>);
static_assert(may_throw_sees<PresenceRouterChain<Edge<1, 2>, MayThrow, Edge<1, 2>>>);
static_assert(may_throw_sees<PresenceRouterChain<Three, PresenceRouterChain<MayThrow>>>);
static_assert(may_throw_sees<PresenceRouterChain<Edge<1, 2>, Scripted>>, "derived, so nothing is promised");
static_assert(may_throw_sees<PresenceRouterChain<std::reference_wrapper<MayThrow const>>>);

// --- constant expressions

constexpr PresenceRouterChain chain_of_constants{
    Edge<1, 2>{}, PresenceRouterChain{},
    PresenceRouterChain{Edge<1, 3>{}, Edge<4, 2>{} | guarded(ReportNothing{})}, Everything<9>{}};
constexpr std::array constant_batch{Note{2, 1}, Note{3, 10}, Note{7, 100}};

constexpr int moods_shown_to(int viewer) {
    int sum = 0;
    for_each_route(chain_of_constants, constant_batch, [&](int told, Note const& note) {
        if (told == viewer) sum += note.mood;
    });
    return sum;
}
constexpr int subjects_shown_to(int viewer) {
    int sum = 0;
    if (chain_of_constants.for_each_subject(viewer, [&](int subject) { sum = sum * 10 + subject; }))
        return -1;
    return sum;
}
constexpr int routes_until(int wanted) {
    int shown = 0;
    chain_of_constants.for_each_route(constant_batch, [&](int, Note const&) { return ++shown < wanted; });
    return shown;
}
static_assert(moods_shown_to(1) == 11 && moods_shown_to(4) == 1 && moods_shown_to(9) == 111 &&
              moods_shown_to(2) == 0);
static_assert(subjects_shown_to(1) == 23 && subjects_shown_to(4) == 2 && subjects_shown_to(9) == -1);
static_assert(routes_until(1) == 1 && routes_until(4) == 4 && routes_until(100) == 6);
static_assert(chain_of_constants.sees(1, 3) && chain_of_constants.sees(4, 2) &&
              chain_of_constants.sees(9, 77));
static_assert(!chain_of_constants.sees(1, 4) && !chain_of_constants.sees(2, 1));
static_assert(presence_router::sees(chain_of_constants, 1, 2));

// --- push

TEST_CASE("push is the union, for each viewer, of what the routers routed", "[chain]") {
    PresenceRouterChain const chain{
        Scripted{{{7, {{1, 10}}}, {8, {{1, 10}, {2, 20}}}}},
        Scripted{{{8, {{2, 20}, {3, 30}}}, {9, {{3, 30}}}}},
    };
    CHECK(chain.get_users_for_states(batch) ==
          Routed{{7, {{1, 10}}}, {8, {{1, 10}, {2, 20}, {3, 30}}}, {9, {{3, 30}}}});
}

TEST_CASE("states of one subject that differ in any field both stay", "[chain]") {
    PresenceRouterChain const chain{Scripted{{{7, {{1, 10}}}}}, Scripted{{{7, {{1, 11}}}}}};
    CHECK(chain.get_users_for_states(batch) == Routed{{7, {{1, 10}, {1, 11}}}});
}

TEST_CASE("equal updates at two places of the batch are one state", "[chain]") {
    std::vector<Note> const repeated{{1, 10}, {2, 20}, {1, 10}};
    PresenceRouterChain const chain{Everything<7>{}, Scripted{{{7, {{1, 10}, {9, 90}}}}}, Everything<7>{}};
    CHECK(chain.get_users_for_states(repeated) == Routed{{7, {{1, 10}, {2, 20}, {9, 90}}}});
}

TEST_CASE("a viewer mapped to no state stays in the result", "[chain]") {
    Scripted const nothing{{{5, {}}, {6, {}}}};
    PresenceRouterChain const chain{nothing, Scripted{{{6, {{1, 10}}}, {7, {}}}}};
    Routed const expected{{5, {}}, {6, {{1, 10}}}, {7, {}}};
    CHECK(chain.get_users_for_states(batch) == expected);
    CHECK(PresenceRouterChain{Edge<9, 9>{}, chain}.get_users_for_states(batch) == expected);
    CHECK(PresenceRouterChain{chain | guarded(ReportNothing{}), PresenceRouterChain{}}.get_users_for_states(
              batch) == expected);
    CHECK(get_users_for_states(PresenceRouterChain{std::cref(nothing)}, batch) == Routed{{5, {}}, {6, {}}});
}

TEST_CASE("routers may answer in different types", "[chain]") {
    PresenceRouterChain const chain{
        support::pushing([](Notes notes) { return std::vector{std::pair{7, notes[0]}}; }),
        support::pushing([](Notes notes) { return std::vector{std::tuple{8, notes.last(2)}}; }),
        Scripted{{{7, {{2, 20}}}}},
        Edge<7, 3>{},
    };
    CHECK(chain.get_users_for_states(batch) ==
          Routed{{7, {{1, 10}, {2, 20}, {3, 30}}}, {8, {{2, 20}, {3, 30}}}});
}

// --- order

TEST_CASE("routers are asked in the order written, each once", "[chain]") {
    Strings asked;
    Scripted const a{{{7, {{1, 10}}}}, std::set{1}, "a", &asked};
    Scripted const b{{}, std::set{2}, "b", &asked};
    Scripted const c{{{7, {{1, 10}}}}, std::set{1, 3}, "c", &asked};
    PresenceRouterChain const chain{a, PresenceRouterChain{b, PresenceRouterChain{}}, std::cref(c), a};
    Strings const once_each{"a", "b", "c", "a"};

    (void)chain.get_users_for_states(batch);
    CHECK(std::exchange(asked, {}) == once_each);
    (void)chain.get_interested_users(7);
    CHECK(std::exchange(asked, {}) == once_each);
    chain.for_each_route(batch, [](int, Note const&) {});
    CHECK(std::exchange(asked, {}) == once_each);
    chain.for_each_subject(7, [](int) {});
    CHECK(std::exchange(asked, {}) == once_each);
    (void)chain.states_for_user(7, batch);
    CHECK(std::exchange(asked, {}) == once_each);
    CHECK_FALSE(chain.sees(7, 99));
    CHECK(std::exchange(asked, {}) == once_each);
}

TEST_CASE("a point query stops at the first grant", "[chain]") {
    Strings asked;
    PresenceRouterChain const chain{Scripted{{}, std::set{1}, "a", &asked},
                                    Scripted{{}, std::set{2}, "b", &asked},
                                    Scripted{{}, std::set{2, 3}, "c", &asked}};
    CHECK(chain.sees(7, 2));
    CHECK(asked == Strings{"a", "b"});
}

TEST_CASE("a sink that answers false ends the chain, even if the router that ran did not heed it",
          "[chain]") {
    Strings asked;
    Scripted const two{{{7, {{1, 10}, {2, 20}}}}, std::set{1, 2}, "two", &asked};
    PresenceRouterChain const chain{two, PresenceRouterChain{two, two}, two};
    for (std::size_t const wanted : {1U, 2U, 3U, 4U, 5U}) {
        std::size_t shown = 0;
        asked.clear();
        chain.for_each_route(batch, [&](int, Note const&) { return ++shown < wanted; });
        CHECK(shown == wanted);
        CHECK(asked.size() == (wanted + 1) / 2);

        shown = 0;
        asked.clear();
        CHECK(chain.for_each_subject(7, [&](int) { return ++shown < wanted; }) == std::nullopt);
        CHECK(shown == wanted);
        CHECK(asked.size() == (wanted + 1) / 2);
    }
}

// --- pull

TEST_CASE("pull is the union of the sets", "[chain]") {
    PresenceRouterChain const chain{Scripted{{}, std::set{1, 5}}, Edge<7, 3>{}, Scripted{{}, std::set{5, 2}}};
    CHECK(chain.get_interested_users(7) == Interest{std::set{1, 2, 3, 5}});
}

TEST_CASE("after all users no router is asked, and what came before is dropped", "[chain]") {
    Strings asked;
    Scripted const some{{}, std::set{1}, "some", &asked};
    Scripted const all{{}, all_users, "all", &asked};
    PresenceRouterChain const chain{some, all, some, all};
    CHECK(chain.get_interested_users(7) == Interest{all_users});
    CHECK(std::exchange(asked, {}) == Strings{"some", "all"});
    PresenceRouterChain const nested{PresenceRouterChain{some, all, some}, some};
    CHECK(nested.get_interested_users(7) == Interest{all_users});
    CHECK(std::exchange(asked, {}) == Strings{"some", "all"});

    std::vector<int> shown;
    CHECK(chain.for_each_subject(7, [&](int subject) { shown.push_back(subject); }) == all_users);
    CHECK(shown == std::vector{1}); // subjects may come before all users do
    CHECK(asked == Strings{"some", "all"});
}

// --- pointwise

TEST_CASE("the states of one viewer are those of the map", "[chain]") {
    auto const coarser = support::pushing([](Notes notes) {
        std::vector<std::pair<int, Note>> routes;
        for (Note const& note : notes) routes.emplace_back(7, Note{note.user_id, 0});
        return routes;
    });
    PresenceRouterChain const chain{Edge<7, 1>{}, coarser, Scripted{{{8, {{3, 30}}}, {9, {}}}}};
    Routed const routes = chain.get_users_for_states(batch);
    CHECK(chain.states_for_user(7, batch) == routes.at(7));
    CHECK(chain.states_for_user(8, batch) == routes.at(8));
    CHECK(chain.states_for_user(9, batch).empty());
    CHECK(chain.states_for_user(1, batch).empty());
    CHECK(routes.at(7) == std::set<Note>{{1, 0}, {1, 10}, {2, 0}, {3, 0}});
}

struct Targeted : Edge<7, 1> {
    std::set<Note> states_for_user(int viewer, Notes notes) const {
        return {Note{viewer, static_cast<int>(notes.size())}};
    }
};

TEST_CASE("each router answers for one viewer in its own way", "[chain]") {
    PresenceRouterChain const chain{Targeted{}, Edge<7, 2>{}, std::cref(silenced_by_lambda)};
    CHECK(chain.states_for_user(7, batch) == std::set<Note>{{7, 3}, {2, 20}});
}

// --- empty chains

TEST_CASE("the empty chain routes nobody, in the words of Matrix", "[chain]") {
    Empty const chain;
    std::vector const updates{UserPresenceState{.user_id = "@bob:x"_user}};
    CHECK(chain.get_users_for_states(updates) == UsersForStates{});
    CHECK(chain.get_interested_users("@alice:x"_user) == InterestedUsers{std::set<UserId>{}});
    CHECK(chain.states_for_user("@alice:x"_user, updates).empty());
    CHECK_FALSE(chain.sees("@alice:x"_user, "@alice:x"_user));
    chain.for_each_route(updates, [](UserId const&, UserPresenceState const&) { CHECK(false); });
    CHECK(chain.for_each_subject("@alice:x"_user, [](UserId const&) { CHECK(false); }) == std::nullopt);
    CHECK(get_users_for_states(chain, updates).empty());
    CHECK(get_interested_users(chain, "@alice:x"_user) == InterestedUsers{});
    CHECK_FALSE(presence_router::sees(chain, "@alice:x"_user, "@bob:x"_user));
}

TEST_CASE("an empty chain inside another is passed over, in every vocabulary", "[chain]") {
    PresenceRouterChain const hollow{Empty{}, PresenceRouterChain<Empty>{Empty{}},
                                     Empty{} | guarded(ReportNothing{})};
    static_assert(std::same_as<decltype(hollow)::user_id_type, UserId>);
    PresenceRouterChain const chain{
        Empty{},      hollow, Edge<7, 1>{}, std::cref(hollow), hollow | guarded(ReportNothing{}),
        Edge<7, 2>{}, Empty{}};
    static_assert(std::same_as<decltype(chain)::user_id_type, int>);
    CHECK(chain.get_users_for_states(batch) == Routed{{7, {{1, 10}, {2, 20}}}});
    CHECK(chain.get_interested_users(7) == Interest{std::set{1, 2}});
    CHECK(chain.states_for_user(7, batch) == std::set<Note>{{1, 10}, {2, 20}});
    CHECK(chain.sees(7, 2));
    CHECK_FALSE(chain.sees(7, 3));
}

// --- holding routers

TEST_CASE("routers are held by value, or referred to", "[chain]") {
    PresenceRouterChain chain{MoveOnly{5}, WithState{6}};
    CHECK(*get<0>(chain).owned == 5);
    PresenceRouterChain const moved = std::move(chain);
    CHECK(*get<0>(moved).owned == 5);
    CHECK(get<1>(moved).value == 6);

    WithState state{1};
    PresenceRouterChain const referring{std::ref(state), std::cref(state)};
    state.value = 2;
    CHECK(get<0>(referring).get().value == 2);
    CHECK(&get<1>(referring).get() == &state);
    static_assert(std::same_as<decltype(get<0>(moved)), MoveOnly const&>);
    static_assert(std::same_as<decltype(get<1>(Three{})), Everything<3>>, "not stored, so given by value");
}

template <std::size_t At, class Chain>
concept HasRouterAt = requires(Chain const& chain) { get<At>(chain); };
static_assert(HasRouterAt<2, Three> && !HasRouterAt<3, Three> && !HasRouterAt<0, Empty>);

struct Counter : support::SpeaksNotes {
    int asked = 0;
    Routed get_users_for_states(Notes) {
        ++asked;
        return {};
    }
    Interest get_interested_users(int) { return std::set{++asked}; }
};

TEST_CASE("a router that changes while it answers goes in by reference", "[chain]") {
    Counter counter;
    PresenceRouterChain const chain{Edge<7, 1>{}, std::ref(counter)};
    CHECK(chain.get_users_for_states(batch).size() == 1);
    CHECK(chain.get_interested_users(7) == Interest{std::set{1, 2}});
    CHECK(counter.asked == 2);
}

TEST_CASE("an array of chains is an array of one type", "[chain]") {
    std::array<PresenceRouterChain<WithState, Edge<1, 2>>, 2> const chains{
        PresenceRouterChain{WithState{1}, Edge<1, 2>{}}, PresenceRouterChain{WithState{2}, Edge<1, 2>{}}};
    CHECK(get<0>(chains[1]).value == 2);
}

// --- exceptions

struct FailsOnce : Counter {
    Routed get_users_for_states(Notes) {
        if (asked++ == 0) throw support::Failure{};
        return {{5, {{1, 10}}}};
    }
};

TEST_CASE("an exception leaves the chain as it was, and reaches the caller", "[chain]") {
    FailsOnce fails;
    PresenceRouterChain const chain{Edge<7, 1>{}, std::ref(fails), Edge<7, 2>{}};
    CHECK_THROWS_AS(chain.get_users_for_states(batch), support::Failure);
    CHECK(chain.get_users_for_states(batch) == Routed{{5, {{1, 10}}}, {7, {{1, 10}, {2, 20}}}});

    PresenceRouterChain const failing{Edge<7, 1>{}, support::Failing{}, Edge<7, 2>{}};
    CHECK_THROWS_AS(failing.get_interested_users(7), support::Failure);
    CHECK_THROWS_AS(failing.states_for_user(7, batch), support::Failure);
    CHECK_THROWS_AS(failing.sees(7, 2), support::Failure);
    CHECK(failing.sees(7, 1)); // granted before the router that fails is asked
    std::vector<int> told;
    CHECK_THROWS_AS(failing.for_each_route(batch, [&](int viewer, Note const&) { told.push_back(viewer); }),
                    support::Failure);
    CHECK(told == std::vector{7, 1});
    CHECK_THROWS_AS(failing.for_each_route(batch, [](int, Note const&) { throw 5; }), int);
}

} // namespace
