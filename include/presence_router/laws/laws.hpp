// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws of the contract, for the tests of a router: each function looks for the first breach and explains
// it. They need no test framework; catch2.hpp beside this file teaches Catch2 to print what they find.
#include <presence_router/laws/breach.hpp>
#include <presence_router/laws/claim.hpp>
#include <presence_router/laws/find_breach.hpp>
#include <presence_router/laws/find_union_breach.hpp>
#include <presence_router/laws/find_widening.hpp>
