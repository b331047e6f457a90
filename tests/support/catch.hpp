// SPDX-License-Identifier: BSL-1.0
#pragma once

// Catch2 3 where it is installed, else 2.13: the macros are the same.
#if __has_include(<catch2/catch_test_macros.hpp>)
#  include <catch2/catch_test_macros.hpp>
#else
#  include <catch2/catch.hpp>
#endif
