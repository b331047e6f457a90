// SPDX-License-Identifier: BSL-1.0
#include <presence_router/config.hpp>

#include "support/catch.hpp"

#include <memory>
#include <version>

// Tested by #if, so that the macros are known to work there too: each is always defined, as a plain number.
#if PRESENCE_ROUTER_VERSION_MAJOR < 0 || PRESENCE_ROUTER_VERSION_MINOR < 0 ||                                \
    PRESENCE_ROUTER_VERSION_PATCH < 0
#    error "a version counts upwards"
#endif
#if PRESENCE_ROUTER_EXCEPTIONS != 0 && PRESENCE_ROUTER_EXCEPTIONS != 1
#    error "yes or no"
#endif
#if PRESENCE_ROUTER_FORMAT != 0 && PRESENCE_ROUTER_FORMAT != 1
#    error "yes or no"
#endif
#if PRESENCE_ROUTER_FORMAT != defined(__cpp_lib_format)
#    error "there is <format>, or there is none"
#endif

namespace {

struct Empty {};

struct WithEmpty {
    PRESENCE_ROUTER_NO_UNIQUE_ADDRESS Empty empty;
    int number = 0;
};
static_assert(sizeof(WithEmpty) == sizeof(int));

TEST_CASE("the tests are built with exceptions", "[config]") { CHECK(PRESENCE_ROUTER_EXCEPTIONS == 1); }

TEST_CASE("a member without state takes no room", "[config]") {
    WithEmpty const both{};
    CHECK(static_cast<void const*>(std::addressof(both.empty)) ==
          static_cast<void const*>(std::addressof(both.number)));
}

} // namespace
