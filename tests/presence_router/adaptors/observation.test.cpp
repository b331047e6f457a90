// SPDX-License-Identifier: BSL-1.0
#include <presence_router/adaptors/observation.hpp>

#include "support/catch.hpp"

#include <sstream>

using namespace presence_router;

TEST_CASE("a lane has the name of its member") {
    CHECK(to_string_view(Lane::canonical_push) == "get_users_for_states");
    CHECK(to_string_view(Lane::canonical_pull) == "get_interested_users");
    CHECK(to_string_view(Lane::streaming_push) == "for_each_route");
    CHECK(to_string_view(Lane::streaming_pull) == "for_each_subject");
    CHECK(to_string_view(Lane::pointwise_push) == "states_for_user");
    CHECK(to_string_view(static_cast<Lane>(99)) == "unknown");
    std::ostringstream out;
    out << Lane::pointwise_pull;
    CHECK(out.str() == "sees");
}
