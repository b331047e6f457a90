// SPDX-License-Identifier: BSL-1.0
#include <presence_router/updates/notify_reason.hpp>

#include "support/catch.hpp"

#include <sstream>

using namespace presence_router;

static_assert(to_string_view(NotifyReason::status_msg_change) == "status_msg_change");
static_assert(to_string_view(NotifyReason::state_change) == "state_change");
static_assert(to_string_view(NotifyReason::current_active_change) == "current_active_change");
static_assert(to_string_view(NotifyReason::last_active_change_online) == "last_active_change_online");
static_assert(to_string_view(NotifyReason::last_active_change_not_online) == "last_active_change_not_online");
static_assert(to_string_view(static_cast<NotifyReason>(77)) == "unknown");

TEST_CASE("a reason to notify is printed by its name") {
    std::ostringstream out;
    out << NotifyReason::state_change;
    CHECK(out.str() == "state_change");
}
