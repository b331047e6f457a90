// SPDX-License-Identifier: BSL-1.0
// The main function of the suites under Catch2 2, compiled here because a packaged one is bound to one
// standard library. Under Catch2 3 the build links Catch2's own main instead.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
