// SPDX-License-Identifier: BSL-1.0
#include <presence_router/laws/find_widening.hpp>

#include "support/altered.hpp"
#include "support/catch.hpp"
#include "support/routers.hpp"

#include <presence_router/chain.hpp>
#include <presence_router/routers/broadcast.hpp>

#include <functional>
#include <set>
#include <span>
#include <string>

using namespace presence_router;
using support::Altered;
using support::Edge;
using support::Note;

namespace {

using States = std::span<UserPresenceState const>;

UserId const a = "@a:x"_user;
UserId const b = "@b:x"_user;
UserPresenceState const a_busy{.user_id = a, .state = PresenceState::busy};
UserPresenceState const b_online{.user_id = b, .state = PresenceState::online};
UserPresenceState const b_offline{.user_id = b};

RouteTable routes() {
    RouteTable table;
    table.add(a, b);
    return table;
}

template <class Inner, class Outer>
std::string widening(Inner const& inner, Outer const& outer) {
    auto const breach = find_widening(inner, outer, {a, b}, {b_online, a_busy});
    return breach ? breach->sentence : "";
}

/// The lawful router of `routes`, with entries of the viewers given.
Altered with_entries(std::set<UserId> const& viewers) {
    Altered router{routes()};
    router.push = [viewers, table = routes()](States batch) {
        UsersForStates answer = table.get_users_for_states(batch);
        for (UserId const& viewer : viewers) answer[viewer];
        return answer;
    };
    return router;
}

} // namespace

TEST_CASE("what takes away does not widen", "[laws]") {
    CHECK(widening(routes(), routes()).empty());
    CHECK(widening(routes(), RouteTable{}).empty());
    CHECK(widening(routes(), PresenceRouterChain<>{}).empty());
    CHECK(widening(PresenceRouterChain{routes(), Broadcast{b}}, routes()).empty());
    CHECK(widening(PresenceRouterChain{routes(), Broadcast{b}}, Broadcast{b}).empty());
    CHECK(widening(Broadcast{a, b}, routes()).empty()); // of all users, some
    CHECK(widening(with_entries({a, b}), with_entries({b})).empty());
    CHECK(widening(with_entries({b}), routes()).empty());
    RouteTable const table = routes();
    CHECK(widening(std::cref(table), std::ref(table)).empty());
}

TEST_CASE("a route too many is told, on each lane", "[laws]") {
    auto const lane = [](auto Altered::* replaced) {
        Altered router{routes()};
        router.*replaced = [](States) { return UsersForStates{{a, {b_online, a_busy}}}; };
        return widening(routes(), router);
    };
    CHECK(lane(&Altered::push) ==
          "get_users_for_states of the adapted router routes @a:x busy to @a:x, that of "
          "the router below does not");
    CHECK(lane(&Altered::streamed_push) ==
          "for_each_route of the adapted router routes @a:x busy to @a:x, that of the router below does not");
    CHECK(
        lane(&Altered::pointwise_push) ==
        "states_for_user of the adapted router routes @a:x busy to @a:x, that of the router below does not");
}

TEST_CASE("a state that the router below does not route is one too many", "[laws]") {
    Altered router{routes()};
    router.push = [](States) { return UsersForStates{{a, {b_offline}}}; };
    CHECK(widening(routes(), router) ==
          "get_users_for_states of the adapted router routes @b:x offline to @a:x, "
          "that of the router below does not");
}

TEST_CASE("an entry without a state may not be added", "[laws]") {
    CHECK(widening(with_entries({}), with_entries({b})) ==
          "get_users_for_states of the adapted router has an entry for @b:x, that of the router below does "
          "not");
}

TEST_CASE("a subject too many is told, on each lane", "[laws]") {
    auto const lane = [](auto Altered::* replaced, InterestedUsers const& answer, auto const& inner) {
        Altered router{RouteTable{}};
        router.*
            replaced = [answer](UserId const& viewer) { return viewer == a ? answer : InterestedUsers{}; };
        return widening(inner, router);
    };
    CHECK(lane(&Altered::pull, std::set{a, b}, routes()) ==
          "asked by @a:x, get_interested_users of the adapted router has @a:x, that of the router below does "
          "not");
    CHECK(
        lane(&Altered::streamed_pull, std::set{a}, routes()) ==
        "asked by @a:x, for_each_subject of the adapted router has @a:x, that of the router below does not");
    CHECK(lane(&Altered::pull, all_users, routes()) ==
          "asked by @a:x, get_interested_users of the adapted router "
          "answers all users, that of the router below does not");
    CHECK(lane(&Altered::streamed_pull, all_users, routes()) ==
          "asked by @a:x, for_each_subject of the adapted router answers all users, that of the router below "
          "does "
          "not");
    CHECK(lane(&Altered::pull, all_users, Broadcast{a}).empty());
    CHECK(lane(&Altered::pull, std::set{a, b}, Broadcast{a}).empty());
    // All users below means those whom push routes.
    Altered below{routes()};
    below.pull = [](UserId const&) { return all_users; };
    CHECK(lane(&Altered::pull, std::set{b}, below).empty());
    CHECK(lane(&Altered::pull, std::set{a}, below) == "asked by @a:x, get_interested_users of the adapted "
                                                      "router has @a:x, that of the router below does not");
}

TEST_CASE("a grant too many is told", "[laws]") {
    Altered router{routes()};
    router.granted = [](UserId const& viewer, UserId const&) { return viewer == b; };
    CHECK(widening(routes(), router) ==
          "sees(@b:x, @a:x) of the adapted router is true, that of the router below is false");
}

TEST_CASE("any vocabulary will do for the adaptors", "[laws]") {
    CHECK_FALSE(
        find_widening(PresenceRouterChain{Edge<1, 2>{}, Edge<2, 1>{}}, Edge<1, 2>{}, {1}, {Note{2, 1}}));
    CHECK(find_widening(Edge<1, 2>{}, Edge<1, 3>{}, {1}, {Note{2, 1}})->sentence ==
          "asked by 1, get_interested_users of the adapted router has 3, that of the router below does not");
}
