// SPDX-License-Identifier: BSL-1.0
#include <presence_router/laws/claim.hpp>

#include "support/catch.hpp"

using presence_router::Claim;

TEST_CASE("each claim includes those before it", "[laws]") {
    STATIC_REQUIRE(Claim::routed_is_seen < Claim::any_order);
    STATIC_REQUIRE(Claim::any_order < Claim::one_by_one);
    STATIC_REQUIRE(Claim::one_by_one < Claim::relation);
}
