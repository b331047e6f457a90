// SPDX-License-Identifier: BSL-1.0
#include <presence_router/laws/find_union_breach.hpp>

#include "support/altered.hpp"
#include "support/catch.hpp"
#include "support/routers.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/routers/broadcast.hpp>

#include <functional>
#include <set>
#include <span>
#include <string>

using namespace presence_router;
using support::Altered;
using support::Edge;
using support::Everything;
using support::Note;

namespace {

using States = std::span<UserPresenceState const>;

UserId const a = "@a:x"_user;
UserId const b = "@b:x"_user;
UserPresenceState const a_busy{.user_id = a, .state = PresenceState::busy};
UserPresenceState const b_online{.user_id = b, .state = PresenceState::online};

RouteTable edge(UserId const& viewer, UserId const& subject) {
    RouteTable table;
    table.add(viewer, subject);
    return table;
}

template <class Composed, class... Parts>
std::string breach(Composed const& composed, Parts const&... parts) {
    auto const found = find_union_breach(composed, {a, b}, {b_online, a_busy}, parts...);
    return found ? found->sentence : "";
}

} // namespace

TEST_CASE("a chain is the union of its routers", "[laws]") {
    RouteTable const ab = edge(a, b);
    RouteTable const ba = edge(b, a);
    Broadcast const all{a};
    CHECK(breach(PresenceRouterChain{ab, ba}, ab, ba).empty());
    CHECK(breach(PresenceRouterChain{ab, PresenceRouterChain{ba, all}}, ab, ba, all).empty());
    CHECK(breach(PresenceRouterChain{ab, ab}, ab).empty());
    CHECK(breach(PresenceRouterChain{ab, PresenceRouterChain<>{}}, ab, PresenceRouterChain<>{}).empty());
    CHECK(breach(PresenceRouterChain<>{}).empty());
    CHECK(breach(ab | guarded([](auto const&) {}), ab).empty());
    CHECK(breach(std::cref(ab), std::cref(ab)).empty());
    CHECK_FALSE(find_union_breach(PresenceRouterChain{Edge<1, 2>{}, Everything<3>{}, PresenceRouterChain<>{}},
                                  {1, 2, 3}, {Note{2, 1}, Note{3, 1}}, Edge<1, 2>{}, PresenceRouterChain<>{},
                                  Everything<3>{}));
}

TEST_CASE("what is too little or too much is told, on each push lane", "[laws]") {
    auto const lane = [](auto Altered::* replaced, UsersForStates const& answer) {
        Altered router{edge(a, b)};
        router.*replaced = [answer](States) { return answer; };
        return breach(router, edge(a, b));
    };
    UsersForStates const none;
    UsersForStates const both{{a, {b_online, a_busy}}};
    CHECK(lane(&Altered::push, both) ==
          "get_users_for_states of the composed router routes @a:x busy to @a:x, the "
          "union of its parts does not");
    CHECK(lane(&Altered::push, none) ==
          "the union of its parts routes @b:x online to @a:x, get_users_for_states of "
          "the composed router does not");
    CHECK(lane(&Altered::streamed_push, both) ==
          "for_each_route of the composed router routes @a:x busy to @a:x, the union of its parts does not");
    CHECK(
        lane(&Altered::pointwise_push, none) ==
        "the union of its parts routes @b:x online to @a:x, states_for_user of the composed router does not");
}

TEST_CASE("entries without a state are part of the union", "[laws]") {
    Altered with_entry{edge(a, b)};
    with_entry.push = [](States) { return UsersForStates{{a, {b_online}}, {b, {}}}; };
    CHECK(breach(PresenceRouterChain{with_entry}, with_entry).empty());
    CHECK(
        breach(with_entry, edge(a, b)) ==
        "get_users_for_states of the composed router has an entry for @b:x, the union of its parts does not");
    CHECK(
        breach(edge(a, b), with_entry) ==
        "the union of its parts has an entry for @b:x, get_users_for_states of the composed router does not");
}

TEST_CASE("what is too little or too much is told, on each pull lane", "[laws]") {
    auto const lane = [](auto Altered::* replaced, InterestedUsers const& answer, auto const&... parts) {
        Altered router{edge(a, b)};
        router.*
            replaced = [answer](UserId const& viewer) { return viewer == a ? answer : InterestedUsers{}; };
        return breach(router, edge(a, b), parts...);
    };
    CHECK(lane(&Altered::pull, std::set{a, b}) == "asked by @a:x, get_interested_users of the composed "
                                                  "router has @a:x, the union of its parts does not");
    CHECK(lane(&Altered::streamed_pull, InterestedUsers{}) ==
          "asked by @a:x, the union of its parts has @b:x, for_each_subject of the composed router does not");
    CHECK(lane(&Altered::streamed_pull, all_users) == "asked by @a:x, for_each_subject of the composed "
                                                      "router answers all users, the union of its parts does "
                                                      "not");
    Altered silent{RouteTable{}};
    silent.pull = [](UserId const&) { return all_users; };
    CHECK(lane(&Altered::pull, std::set{b}, silent) == "asked by @a:x, the union of its parts answers all "
                                                       "users, get_interested_users of the composed router "
                                                       "does not");
    CHECK(breach(PresenceRouterChain{edge(a, b), silent}, silent, edge(a, b)).empty());
}

TEST_CASE("sees is true if it is true of a part", "[laws]") {
    auto const granting = [](bool answer) {
        Altered router{edge(a, b)};
        router.granted = [answer](auto&&...) { return answer; };
        return router;
    };
    CHECK(breach(granting(true), edge(a, b), edge(a, b)) ==
          "sees(@a:x, @a:x) of the composed router is true, of each of its parts false");
    CHECK(breach(granting(false), edge(a, b), RouteTable{}) ==
          "sees(@a:x, @b:x) of the composed router is false, of one of its parts true");
    CHECK(breach(granting(true), edge(a, b), granting(true)).empty());
}
