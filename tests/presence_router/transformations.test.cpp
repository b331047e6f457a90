// SPDX-License-Identifier: BSL-1.0
#include <presence_router/transformations.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <optional>

using namespace presence_router;
using namespace std::chrono_literals;

namespace {

UserPresenceState bob_at(Timestamp last_active) {
    return {.user_id = "@bob:x"_user,
            .state = PresenceState::online,
            .last_active_ts = last_active,
            .last_federation_update_ts = Timestamp{7ms},
            .last_user_sync_ts = Timestamp{8ms},
            .status_msg = "busy",
            .currently_active = true};
}

UserId const viewer = "@alice:x"_user;

} // namespace

TEST_CASE("hide_last_active hides when and whether, and nothing else") {
    UserPresenceState expected = bob_at({});
    expected.currently_active = false;
    CHECK(hide_last_active(viewer, bob_at(Timestamp{90min})) == expected);
}

TEST_CASE("hide_status_msg hides the message, and nothing else") {
    UserPresenceState expected = bob_at(Timestamp{90min});
    expected.status_msg = std::nullopt;
    CHECK(hide_status_msg(viewer, bob_at(Timestamp{90min})) == expected);
}

TEST_CASE("appear_offline leaves nothing but the subject") {
    CHECK(appear_offline(viewer, bob_at(Timestamp{90min})) == UserPresenceState{.user_id = "@bob:x"_user});
}

TEST_CASE("coarse_last_active rounds down") {
    auto const to_quarters = coarse_last_active(15min);
    CHECK(to_quarters(viewer, bob_at(Timestamp{44min + 59s})) == bob_at(Timestamp{30min}));
    CHECK(to_quarters(viewer, bob_at(Timestamp{45min})) == bob_at(Timestamp{45min}));
    CHECK(to_quarters(viewer, bob_at({})) == bob_at({}));
    CHECK(to_quarters(viewer, bob_at(Timestamp{-1ms})) == bob_at(Timestamp{-15min}));
    CHECK(to_quarters(viewer, bob_at(Timestamp::min())) == bob_at(Timestamp::min()));
    CHECK(to_quarters(viewer, bob_at(Timestamp::min() + 1ms)) == bob_at(Timestamp::min()));
    CHECK(to_quarters(viewer, bob_at(Timestamp::max())).last_active_ts > Timestamp::max() - 15min);
    CHECK(coarse_last_active(0ms)(viewer, bob_at(Timestamp{7ms})) == bob_at(Timestamp{7ms}));
    CHECK(coarse_last_active(-5ms)(viewer, bob_at(Timestamp{7ms})) == bob_at(Timestamp{7ms}));
}
