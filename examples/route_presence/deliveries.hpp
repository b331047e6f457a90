// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/delivery_plan.hpp>
#include <presence_router/user_presence_state.hpp>

#include <ostream>
#include <string_view>

namespace route_presence {

// Both write what is received as it is at `now`, and stop when `out` fails.

/// One line for each viewer who receives something, `{"viewer": ..., "events": [...]}`, in the order of their
/// ids: the events as a client gets them.
void write_inboxes(presence_router::DeliveryPlan const& plan, std::ostream& out,
                   presence_router::Timestamp now);

/// One line for each EDU that `own_server` sends, `{"destination": ..., "edu": {...}}`, in the order of the
/// destinations.
void write_edus(presence_router::DeliveryPlan const& plan, std::string_view own_server, std::ostream& out,
                presence_router::Timestamp now);

} // namespace route_presence
