// SPDX-License-Identifier: BSL-1.0
// expect: a sink returns void, or bool where false stops
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

void ask(support::Edge<1, 2> const& router, std::span<support::Note const> notes) {
    presence_router::for_each_route(router, notes, [](int, support::Note const&) { return std::vector{1}; });
}
