// SPDX-License-Identifier: BSL-1.0
// expect: take a predicate on users
// within: 40
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

auto ask() {
    return support::WaitingEdge<1, 2>{} | only_viewers([](std::set<int>) { return true; });
}
