// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/plan_delivery.hpp>

#include <presence_router/chain.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <array>
#include <functional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Note;

namespace {

static_assert(
    std::is_same_v<decltype(plan_delivery(RouteTable{}, std::declval<std::vector<UserPresenceState>&>())),
                   DeliveryPlan>);

TEST_CASE("a plan of Matrix users", "[plan_delivery]") {
    UserId const alice = "@alice:x"_user, bob = "@bob:x"_user, monitor = "@monitor:x"_user;
    RouteTable routes;
    routes.add(alice, bob);
    PresenceRouterChain const chain{std::ref(routes), Broadcast{monitor}};
    std::vector<UserPresenceState> const batch{{.user_id = bob, .state = PresenceState::online},
                                               {.user_id = alice}};
    auto const plan = plan_delivery(chain, batch);

    REQUIRE(plan.size() == 2);
    CHECK(plan.route_count() == 3);
    CHECK(plan[0].viewer == alice);
    CHECK(&plan[0].states[0] == &batch[0]); // borrowed, not copied
    CHECK(plan.states_for(monitor).size() == 2);
    CHECK(plan.find(bob) == plan.end());
}

TEST_CASE("the batch of a plan may be a vector, an array, a span or one state", "[plan_delivery]") {
    std::vector<Note> const vector{{2, 1}};
    std::array<Note, 1> const array{{{2, 1}}};
    Note const raw[] = {{2, 1}};
    Note note{2, 1};
    Edge<1, 2> const router;
    CHECK(plan_delivery(router, vector).size() == 1);
    CHECK(plan_delivery(router, array).size() == 1);
    CHECK(plan_delivery(router, raw).size() == 1);
    CHECK(plan_delivery(router, std::span{vector}).size() == 1);
    CHECK(plan_delivery(router, std::as_const(note)).size() == 1);
    auto const plan = plan_delivery(router, note);
    CHECK(&plan.states_for(1)[0] == &note);
}

TEST_CASE("the plan of a router by reference", "[plan_delivery]") {
    RouteTable routes;
    UserPresenceState const bob{.user_id = "@bob:x"_user};
    routes.add("@alice:x"_user, bob.user_id);
    CHECK(plan_delivery(std::ref(routes), bob).size() == 1);
}

TEST_CASE("an empty chain plans nothing", "[plan_delivery]") {
    UserPresenceState const bob{.user_id = "@bob:x"_user};
    CHECK(plan_delivery(PresenceRouterChain{}, bob).empty());
}

} // namespace
