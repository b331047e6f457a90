// SPDX-License-Identifier: BSL-1.0
#include <presence_router/insight/explanation_node.hpp>

#include "support/catch.hpp"

#include <type_traits>

using namespace presence_router;

TEST_CASE("an explanation's node is an aggregate that says nothing of itself") {
    STATIC_REQUIRE(std::is_aggregate_v<ExplanationNode>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<ExplanationNode>);
    ExplanationNode const node;
    CHECK(
        (!node.grants && !node.denies && !node.takes_away && node.asked && !node.failure && !node.position));
    CHECK(node == ExplanationNode{.depth = 0});
    CHECK(node != ExplanationNode{.name = "RouteTable"});
    CHECK(node != ExplanationNode{.position = 0});
}
