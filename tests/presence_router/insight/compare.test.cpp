// SPDX-License-Identifier: BSL-1.0
#include <presence_router/insight/compare.hpp>

#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/adaptors/transformed.hpp>
#include <presence_router/adaptors/viewers.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <cstddef>
#include <functional>
#include <list>
#include <span>
#include <type_traits>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Failing;
using support::Failure;
using support::Interest;
using support::Note;
using support::Routed;
using support::Scripted;

namespace hashed {

// With a hash and no order.
struct Key {
    std::size_t value = 0;
    friend bool operator==(Key const&, Key const&) = default;
};
struct State {
    Key user_id;
    int mood = 0;
    friend bool operator==(State const&, State const&) = default;
};

} // namespace hashed

template <>
struct std::hash<hashed::Key> {
    std::size_t operator()(hashed::Key const& key) const noexcept { return key.value; }
};
template <>
struct std::hash<hashed::State> {
    std::size_t operator()(hashed::State const& state) const noexcept { return state.user_id.value; }
};

namespace {

using Difference = BasicRoutingDifference<int, Note>;

/// Changes while it answers.
struct Asked : support::SpeaksNotes {
    std::size_t times = 0, notes = 0;
    Routed get_users_for_states(std::span<Note const> batch) {
        ++times;
        notes = batch.size();
        return {};
    }
    Interest get_interested_users(int const&) { return {}; }
};

} // namespace

TEST_CASE("compare tells who gains and who loses what") {
    PresenceRouterChain const live{Edge<1, 2>{}, Edge<1, 3>{}, Edge<2, 3>{}};
    PresenceRouterChain const tried{Edge<1, 3>{}, Edge<4, 3>{}, Everything<2>{}};
    auto const difference = compare(live, tried, {Note{2, 7}, Note{3, 8}});
    STATIC_REQUIRE(std::is_same_v<decltype(difference), Difference const>);
    CHECK(difference == Difference{{{1, {{2, 7}}}}, {{2, {{2, 7}}}, {4, {{3, 8}}}}});
    auto const back = compare(tried, live, {Note{2, 7}, Note{3, 8}});
    CHECK(back == Difference{difference.gained, difference.lost});
}

TEST_CASE("compare finds nothing between routers that route the same") {
    auto const same = [](auto const& a, auto const& b) {
        return compare(a, b, {Note{2, 7}, Note{2, 7}, Note{2, 8}, Note{3, 8}}).empty();
    };
    CHECK(same(Edge<1, 2>{}, Edge<1, 2>{}));
    CHECK(same(Edge<1, 2>{}, PresenceRouterChain{Edge<1, 2>{}, Edge<1, 2>{}, Edge<1, 9>{}}));
    CHECK(same(Scripted{{{1, {{2, 7}, {2, 8}}}}}, Edge<1, 2>{})); // one routes copies
    CHECK(same(Scripted{{{1, {}}}}, Edge<9, 9>{}));               // a viewer without a state receives nothing
    CHECK(compare(Edge<1, 2>{}, Edge<7, 8>{}, std::vector<Note>{}).empty());
    CHECK_FALSE(same(Edge<1, 2>{}, Edge<1, 3>{}));
}

TEST_CASE("compare shows a rewritten state as lost and gained") {
    auto const in_another_mood = transformed([](int, Note const& note) { return Note{note.user_id, 9}; });
    CHECK(compare(Edge<1, 2>{}, Edge<1, 2>{} | in_another_mood, Note{2, 7}) ==
          Difference{{{1, {{2, 7}}}}, {{1, {{2, 9}}}}});
    CHECK(compare(Edge<1, 2>{} | in_another_mood, Edge<1, 2>{}, {Note{2, 7}, Note{2, 9}}) ==
          Difference{{}, {{1, {{2, 7}}}}});
}

TEST_CASE("compare with a chain of nobody shows all that the other routes") {
    PresenceRouterChain<> const nobody; // speaks of Matrix users, alone
    CHECK(compare(nobody, Edge<1, 2>{}, Note{2, 7}) == Difference{{}, {{1, {{2, 7}}}}});
    CHECK(compare(Edge<1, 2>{}, nobody, Note{2, 7}) == Difference{{{1, {{2, 7}}}}, {}});
    CHECK(compare(nobody, nobody, std::vector<UserPresenceState>{}).empty());
}

TEST_CASE("compare asks each router once, about each state once, also by reference and of any range") {
    Asked a, b;
    CHECK(compare(std::ref(a), std::ref(b), std::list{Note{1, 2}, Note{1, 2}, Note{2, 2}}).empty());
    CHECK((a.times == 1 && b.times == 1));
    CHECK((a.notes == 2 && b.notes == 2));
}

TEST_CASE("compare passes on what a router throws") {
    CHECK_THROWS_AS(compare(Edge<1, 2>{}, Failing{}, Note{2, 7}), Failure);
    CHECK_THROWS_AS(compare(Failing{}, Edge<1, 2>{}, Note{2, 7}), Failure);
}

TEST_CASE("compare takes ids with a hash and no order") {
    using hashed::Key;
    using hashed::State;
    BasicRouteTable<Key, State> routes;
    routes.add(Key{1}, Key{2});
    auto const difference =
        compare(routes, BasicBroadcast<Key, State>{Key{3}}, {State{Key{2}, 1}, State{Key{2}, 1}});
    CHECK((difference.lost.size() == 1 && difference.lost.at(Key{1}).contains(State{Key{2}, 1})));
    CHECK((difference.gained.size() == 1 && difference.gained.at(Key{3}).size() == 1));
}

TEST_CASE("compare of two policies reads as lines") {
    RouteTable routes;
    routes.add("@alice:x"_user, "@bob:x"_user);
    PresenceRouterChain const live{std::cref(routes), Broadcast{"@monitor:x"_user}};
    auto const hides_bob = without_subjects([](UserId const& user) { return user == "@bob:x"_user; });
    UserPresenceState const bob{.user_id = "@bob:x"_user, .state = PresenceState::online};
    CHECK(compare(live, live | hides_bob, bob).text() ==
          "@alice:x loses @bob:x online\n@monitor:x loses @bob:x online\n");
}
