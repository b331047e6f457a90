// SPDX-License-Identifier: BSL-1.0
#include <presence_router/updates/federation_ping_due.hpp>

#include <presence_router/user_presence_state.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

using namespace presence_router;
using namespace std::chrono_literals;

namespace {

struct Player {
    std::string_view state = "online";
    std::int64_t last_federation_update_ts = 0;
};

static_assert(federation_ping_due(Player{}, 4, 3));
static_assert(!federation_ping_due(Player{}, 3, 3));
static_assert(!federation_ping_due(Player{.state = "offline"}, 4, 3));

} // namespace

TEST_CASE("federation_ping_due: after more than 25 minutes, of those who are not offline") {
    for (auto const state :
         {PresenceState::offline, PresenceState::unavailable, PresenceState::online, PresenceState::busy}) {
        UserPresenceState const bob{
            .user_id = "@bob:x"_user, .state = state, .last_federation_update_ts = Timestamp{1h}};
        CHECK_FALSE(federation_ping_due(bob, Timestamp{1h}));
        CHECK_FALSE(federation_ping_due(bob, Timestamp{85min}));
        CHECK(federation_ping_due(bob, Timestamp{85min + 1ms}) == (state != PresenceState::offline));
        CHECK(federation_ping_due(bob, Timestamp{61min}, 59s) == (state != PresenceState::offline));
        CHECK(federation_ping_due(bob, Timestamp::max()) == (state != PresenceState::offline));
        CHECK_FALSE(federation_ping_due(bob, Timestamp::min()));
    }
    UserPresenceState const carol{.user_id = "@carol:x"_user,
                                  .state = PresenceState::online,
                                  .last_federation_update_ts = Timestamp::min()};
    CHECK(federation_ping_due(carol, Timestamp::max()));
}
