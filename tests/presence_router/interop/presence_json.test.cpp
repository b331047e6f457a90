// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/presence_json.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace presence_router;
using namespace std::chrono_literals;

TEST_CASE("presence_json: what one server writes another one reads") {
    constexpr Timestamp sent{1'700'000'000'000ms}, received = sent + 250ms;
    std::vector<UserPresenceState> const states{{.user_id = "@bob:x"_user,
                                                 .state = PresenceState::online,
                                                 .last_active_ts = sent - 20min,
                                                 .last_user_sync_ts = sent,
                                                 .status_msg = "\xC3\x80 table",
                                                 .currently_active = true},
                                                {.user_id = "@eve:x"_user}};
    std::string text;
    append_presence_edu(text, states, sent);
    auto const read = presence_from_text(text, received, "x");
    CHECK(read.problems.empty());
    CHECK(read.updates ==
          std::vector<UserPresenceState>{{.user_id = "@bob:x"_user,
                                          .state = PresenceState::online,
                                          .last_active_ts = received - 20min,
                                          .last_federation_update_ts = received,
                                          .status_msg = "\xC3\x80 table",
                                          .currently_active = true},
                                         {.user_id = "@eve:x"_user, .last_federation_update_ts = received}});
    CHECK(presence_edu_from_json(presence_edu_to_json(states, sent), received).updates == read.updates);
}
