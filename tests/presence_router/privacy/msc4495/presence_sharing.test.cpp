// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4495/presence_sharing.hpp>

#include "support/catch.hpp"

#include <type_traits>

using namespace presence_router;
using namespace presence_router::msc4495_2026_07_15;

static_assert(std::is_aggregate_v<PresenceSharing> && std::is_nothrow_move_constructible_v<PresenceSharing>);
static_assert(RoomHint{} == RoomHint::forbid);

TEST_CASE("what is not said is the proposal's default") {
    PresenceSharing const nothing;
    CHECK_FALSE(nothing.share_locally);
    CHECK(nothing.users.empty());
    CHECK(nothing.allowed_rooms.empty());
    CHECK(nothing.denied_servers.empty());
    CHECK(nothing == PresenceSharing{.share_locally = false});
    CHECK(nothing != PresenceSharing{.allowed_rooms = {"!room"}});
}
