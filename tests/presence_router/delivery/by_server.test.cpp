// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/by_server.hpp>

#include <presence_router/delivery/plan_delivery.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"

#include <string>
#include <type_traits>

using namespace presence_router;

namespace {

static_assert(!std::is_invocable_v<decltype(by_server), DeliveryPlan, char const*>); // would dangle
static_assert(std::is_invocable_r_v<ServerDeliveries, decltype(by_server), DeliveryPlan&, std::string>);

TEST_CASE("what goes to a remote server", "[by_server]") {
    RouteTable routes;
    routes.add("@carol:remote.net"_user, "@bob:example.org"_user);
    routes.add("@alice:example.org"_user, "@bob:example.org"_user);
    UserPresenceState const bob{.user_id = "@bob:example.org"_user, .state = PresenceState::busy};
    auto const plan = plan_delivery(routes, bob);
    auto const deliveries = by_server(plan, "example.org");
    REQUIRE(deliveries.size() == 1);
    CHECK(deliveries[0].server == "remote.net");
    REQUIRE(deliveries[0].states.size() == 1);
    CHECK(&deliveries[0].states[0] == &bob);
}

} // namespace
