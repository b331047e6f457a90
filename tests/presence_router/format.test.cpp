// SPDX-License-Identifier: BSL-1.0
#include <presence_router/format.hpp>

#include "support/catch.hpp"

#if PRESENCE_ROUTER_FORMAT
#  include <format>

using namespace presence_router;
using namespace presence_router::literals;

TEST_CASE("the vocabulary is formatted as it is printed", "[format]") {
    CHECK(std::format("{}", "@bob:example.org"_user) == "@bob:example.org");
    CHECK(std::format("{}", SharedText{"text"}) == "text");
    CHECK(std::format("{}", PresenceState::unavailable) == "unavailable");
    CHECK(std::format("{}", all_users) == "all users");
    UserPresenceState const update{.user_id = "@bob:example.org"_user,
                                   .state = PresenceState::online,
                                   .status_msg = "at \"lunch\"",
                                   .currently_active = true};
    CHECK(std::format("{}", update) == R"(@bob:example.org online "at \"lunch\"" active)");
}

TEST_CASE("the vocabulary takes the format specifications of strings", "[format]") {
    CHECK(std::format("{:>8}|{:-<8}|{:^9}", SharedText{"right"}, PresenceState::busy, all_users) ==
          "   right|busy----|all users");
    CHECK(std::format("{:.4}", "@bob:example.org"_user) == "@bob");
    CHECK(std::format("{:*>12}", UserPresenceState{.user_id = "@b:x"_user}) == "@b:x offline");
    CHECK(std::format("{:*>13}", UserPresenceState{.user_id = "@b:x"_user}) == "*@b:x offline");
}
#else
TEST_CASE("the header is harmless where the library has no <format>", "[format]") {
    SUCCEED("it compiled");
}
#endif
