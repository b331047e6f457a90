// SPDX-License-Identifier: BSL-1.0
// expect: a sink is called with
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

void ask(support::Edge<1, 2> const& router, std::span<support::Note const> notes) {
    presence_router::for_each_route(router, notes, [](support::Note const&) {}); // where is the viewer?
}
