// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: what goes to which server can be told of ids that name one
// within: 40
#include <presence_router/delivery/by_server.hpp>

#include "support/notes.hpp"

void send(presence_router::BasicDeliveryPlan<int, support::Note> const& plan) {
    auto const deliveries = presence_router::by_server(plan, "example.org");
}
