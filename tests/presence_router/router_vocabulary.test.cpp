// SPDX-License-Identifier: BSL-1.0
#include <presence_router/router_vocabulary.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <concepts>
#include <functional>
#include <string>

using namespace presence_router;
using support::Note;

namespace {

struct Plain {};
struct OnlyIds {
    using user_id_type = int;
};
struct OnlyStates {
    using state_type = Note;
};
struct Both : support::SpeaksNotes {};
class Hidden { // what others cannot name is not stated
    [[maybe_unused]] typedef int user_id_type;
};
struct NoTypes { // members of these names that are no types state nothing
    int user_id_type = 0;
    int state_type() const;
};

static_assert(std::same_as<user_id_t<Plain>, UserId> && std::same_as<state_t<Plain>, UserPresenceState>);
static_assert(std::same_as<user_id_t<OnlyIds>, int> && std::same_as<state_t<OnlyIds>, UserPresenceState>);
static_assert(std::same_as<user_id_t<OnlyStates>, UserId> && std::same_as<state_t<OnlyStates>, Note>);
static_assert(std::same_as<user_id_t<Both>, int> && std::same_as<state_t<Both>, Note>);
static_assert(std::same_as<user_id_t<Hidden>, UserId>);
static_assert(std::same_as<user_id_t<NoTypes>, UserId> && std::same_as<state_t<NoTypes>, UserPresenceState>);
static_assert(std::same_as<user_id_t<int>, UserId>, "asked of what is no router, it does not fail");

static_assert(std::same_as<user_id_t<Both const>, int>);
static_assert(std::same_as<user_id_t<std::reference_wrapper<Both>>, int>);
static_assert(std::same_as<state_t<std::reference_wrapper<Both const>>, Note>);

static_assert(std::same_as<interested_users_t<Plain>, InterestedUsers>);
static_assert(std::same_as<users_for_states_t<Plain>, UsersForStates>);
static_assert(std::same_as<interested_users_t<std::reference_wrapper<Both>>, support::Interest>);
static_assert(std::same_as<users_for_states_t<Both>, support::Routed>);

TEST_CASE("answers are made in the router's vocabulary", "[router_vocabulary]") {
    users_for_states_t<Both> const routes{{1, {Note{2, 3}}}};
    CHECK(routes.at(1).begin()->mood == 3);
}

} // namespace
