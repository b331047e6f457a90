// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4325.hpp>

#include "support/catch.hpp"
#include "support/room_book.hpp"

#include <presence_router/chain.hpp>

#include <functional>

using namespace presence_router;

TEST_CASE("the header has all of MSC4325") {
    support::RoomBook const rooms{{"!room", {"@alice:x"_user, "@bob:x"_user}}};
    msc4325_2026_01_23::PresenceSharingConfigs configs;
    PresenceRouterChain const chain{msc4325_2026_01_23::PresencePrivacy{configs, rooms}};
    CHECK(chain.sees("@bob:x"_user, "@alice:x"_user));
    configs.set("@alice:x"_user, {.denied_users = {"@*:*"}});
    CHECK_FALSE(chain.sees("@bob:x"_user, "@alice:x"_user));
}
