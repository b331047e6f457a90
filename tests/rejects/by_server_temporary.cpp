// SPDX-License-Identifier: BSL-1.0
// expect: (use of deleted function|call to deleted function)
#include <presence_router/delivery/by_server.hpp>

auto const deliveries = presence_router::by_server(presence_router::DeliveryPlan{}, "example.org");
