// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: a delivery plan borrows its batch, so the batch has to be there
// within: 30
#include <presence_router/delivery/plan_delivery.hpp>
#include <presence_router/routers/route_table.hpp>

using namespace presence_router;

auto const plan = plan_delivery(RouteTable{}, {UserPresenceState{"@bob:x"_user}});
