// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4495.hpp>

#include "support/catch.hpp"
#include "support/room_book.hpp"

#include <presence_router/chain.hpp>

#include <functional>
#include <string>

using namespace presence_router;

TEST_CASE("the header has all of MSC4495") {
    support::RoomBook const rooms{{"!room", {"@alice:x"_user, "@bob:x"_user}}};
    msc4495_2026_07_15::PresenceSharing const local{.share_locally = true};
    PresenceRouterChain const chain{msc4495_2026_07_15::SelectivePresence{
        "x", rooms, [&](UserId const&) { return &local; },
        [](std::string const&) { return msc4495_2026_07_15::RoomHint::forbid; }}};
    CHECK(chain.sees("@bob:x"_user, "@alice:x"_user));
    CHECK_FALSE(chain.sees("@dan:x"_user, "@alice:x"_user));
}
