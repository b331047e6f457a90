// SPDX-License-Identifier: BSL-1.0
#include <presence_router/insight/routing_difference.hpp>

#include "support/catch.hpp"

#include <compare>
#include <sstream>
#include <type_traits>

using namespace presence_router;

namespace unprinted {

struct Id {
    int number = 0;
    friend auto operator<=>(Id const&, Id const&) = default;
};
struct State {
    Id user_id;
    friend auto operator<=>(State const&, State const&) = default;
};

} // namespace unprinted

TEST_CASE("a routing difference is an aggregate, and empty at first") {
    RoutingDifference const none;
    CHECK(none.empty());
    CHECK(none.text().empty());
    CHECK(none == RoutingDifference{});
    UserPresenceState const bob{.user_id = "@bob:x"_user};
    CHECK_FALSE(RoutingDifference{.lost = {{"@alice:x"_user, {bob}}}}.empty());
    CHECK_FALSE(RoutingDifference{.gained = {{"@alice:x"_user, {bob}}}}.empty());
    CHECK(none != RoutingDifference{.lost = {{"@alice:x"_user, {bob}}}});
}

TEST_CASE("a routing difference has a line for each state that a viewer gains or loses") {
    UserPresenceState const bob{
        .user_id = "@bob:x"_user, .state = PresenceState::online, .status_msg = "a\nb"};
    UserPresenceState const plain{.user_id = "@bob:x"_user, .state = PresenceState::online};
    UserPresenceState const eve{.user_id = "@eve:x"_user};
    RoutingDifference const difference{
        .lost = {{"@alice:x"_user, {bob}}, {"@dan:x"_user, {bob, eve}}},
        .gained = {{"@alice:x"_user, {plain}}, {"@charlie:x"_user, {eve}}},
    };
    CHECK(difference.text() == R"(@alice:x gains @bob:x online
@alice:x loses @bob:x online "a\x0Ab"
@charlie:x gains @eve:x offline
@dan:x loses @bob:x online "a\x0Ab"
@dan:x loses @eve:x offline
)");
    std::ostringstream out;
    out << difference;
    CHECK(out.str() == difference.text());
}

TEST_CASE("a routing difference of what has no text tells how much there is") {
    using namespace unprinted;
    BasicRoutingDifference<Id, State> const difference{.lost = {{Id{1}, {State{{2}}}}}, .gained = {}};
    CHECK(difference.text() == "a viewer loses a state of a user\n");
}
