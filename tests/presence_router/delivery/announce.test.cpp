// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/announce.hpp>

#include "support/catch.hpp"

#include <presence_router/user_presence_state.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using namespace presence_router;

namespace {

UserPresenceState const bob{
    .user_id = "@bob:x"_user, .state = PresenceState::busy, .status_msg = "in a meeting"};

using Sent = std::vector<std::pair<std::string, UserPresenceState>>;

Sent sent(RecipientChange<std::string> const& change, OnLoss on_loss) {
    Sent result;
    announce(change, bob, on_loss,
             [&](std::string const& to, UserPresenceState const& state) { result.emplace_back(to, state); });
    return result;
}

} // namespace

TEST_CASE("who was gained is sent the state, who was lost that the subject is offline") {
    UserPresenceState const offline{.user_id = bob.user_id};
    CHECK(sent({{"alice", "dan"}, {"eve"}}, OnLoss::retract) ==
          Sent{{"alice", bob}, {"dan", bob}, {"eve", offline}});
    CHECK(sent({{}, {"eve"}}, OnLoss::retract) == Sent{{"eve", offline}});
}

TEST_CASE("where an artificial clear is forbidden, who was lost is sent nothing") {
    CHECK(sent({{"alice"}, {"eve"}}, OnLoss::stay_silent) == Sent{{"alice", bob}});
    CHECK(sent({{}, {"eve"}}, OnLoss::stay_silent).empty());
}

TEST_CASE("a change of nobody sends nothing") {
    CHECK(sent({}, OnLoss::retract).empty());
    CHECK(sent({.was_unknown = true}, OnLoss::retract).empty());
}

namespace announced {

struct Player {
    int number = 0;
    bool in_match = false;
};
int subject_of(Player const& player) { return player.number; }

} // namespace announced

TEST_CASE("states of other kinds are announced too") {
    int sum = 0;
    RecipientChange<int> const change{{1, 2}, {3}};
    announce(change, announced::Player{7, true}, OnLoss::retract,
             [&](int to, announced::Player const& player) {
                 CHECK(player.number == 7);
                 sum += player.in_match ? to : 100 * to;
             });
    CHECK(sum == 303);
}
