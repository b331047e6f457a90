// SPDX-License-Identifier: BSL-1.0
#include <presence_router/vocabulary.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <map>
#include <set>
#include <variant>

using namespace presence_router;

namespace {

// The shapes of Synapse's answers, as a reader of its documentation would write them down.
static_assert(std::same_as<InterestedUsers, std::variant<std::set<UserId>, AllUsers>>);
static_assert(std::same_as<UsersForStates, std::map<UserId, std::set<UserPresenceState>>>);

TEST_CASE("every word of the vocabulary comes with it", "[vocabulary]") {
    UserPresenceState const update{
        .user_id = "@bob:x"_user, .state = PresenceState::online, .status_msg = SharedText{"hi"}};
    UsersForStates const routes{{"@alice:x"_user, {update}}};
    InterestedUsers const interest = all_users;
    CHECK(routes.at("@alice:x"_user).count(update) == 1);
    CHECK(std::holds_alternative<AllUsers>(interest));
}

} // namespace
