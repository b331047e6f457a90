// SPDX-License-Identifier: BSL-1.0
#include <presence_router/laws/laws.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <presence_router/routers/route_table.hpp>

#include <optional>

using namespace presence_router;
using support::Note;

TEST_CASE("one header has the laws", "[laws]") {
    BasicRouteTable<int, Note> routes;
    routes.add(1, 2);
    std::optional<Breach> const none = find_breach(routes, {1, 2}, {Note{2, 1}}, Claim::relation);
    CHECK_FALSE(none);
    CHECK_FALSE(find_widening(routes, routes, {1, 2}, {Note{2, 1}}));
    CHECK_FALSE(find_union_breach(routes, {1, 2}, {Note{2, 1}}, routes));
}
