// SPDX-License-Identifier: BSL-1.0
#include <presence_router/runtime/registered_router.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <type_traits>

using namespace presence_router;

static_assert(std::is_same_v<std::underlying_type_t<RegisteredRouter>, std::uint64_t>);
static_assert(!std::is_convertible_v<std::uint64_t, RegisteredRouter>);

TEST_CASE("a registered router is a name that compares and nothing else") {
    CHECK(RegisteredRouter{1} == RegisteredRouter{1});
    CHECK(RegisteredRouter{1} != RegisteredRouter{2});
}
