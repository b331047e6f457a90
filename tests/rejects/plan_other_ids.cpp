// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: the router speaks of other user ids or states than the plan
// within: 30
#include <presence_router/delivery/plan_delivery.hpp>
#include <presence_router/routers/route_table.hpp>

using namespace presence_router;

UserPresenceState const bob{"@bob:x"_user};
void fill(BasicDeliveryPlan<int, UserPresenceState>& plan) { plan.assign(RouteTable{}, bob); }
