// SPDX-License-Identifier: BSL-1.0
#include <presence_router/users_for_states.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <map>
#include <set>
#include <sstream>
#include <string>

using namespace presence_router;

namespace {

static_assert(std::same_as<UsersForStates, std::map<UserId, std::set<UserPresenceState>>>);
static_assert(std::same_as<UsersForStates, BasicUsersForStates<UserId, UserPresenceState>>);
static_assert(std::same_as<BasicUsersForStates<int, char>, std::map<int, std::set<char>>>);

std::string print(UsersForStates const& routes) {
    std::ostringstream out;
    out << routes;
    return out.str();
}

TEST_CASE("routes are printed, a viewer on each line", "[users_for_states]") {
    UserPresenceState const bob{.user_id = "@bob:x"_user, .state = PresenceState::online};
    UserPresenceState const carol{.user_id = "@carol:x"_user};
    CHECK(print({}) == "");
    CHECK(print({{"@alice:x"_user, {carol, bob}}, {"@zoe:x"_user, {bob}}}) ==
          "@alice:x <- {@bob:x online, @carol:x offline}\n@zoe:x <- {@bob:x online}\n");
    CHECK(print({{"@alice:x"_user, {}}}) == "@alice:x <- {}\n");
}

} // namespace
