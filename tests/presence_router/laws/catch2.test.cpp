// SPDX-License-Identifier: BSL-1.0
#include <presence_router/laws/catch2.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <presence_router/laws/find_breach.hpp>
#include <presence_router/routers/route_table.hpp>

#include <optional>
#include <span>
#include <string>

using namespace presence_router;
using support::Note;

namespace {

struct PushOnly : support::SpeaksNotes {
    support::Routed get_users_for_states(std::span<Note const>) const { return {{1, {Note{2, 1}}}}; }
    support::Interest get_interested_users(int const&) const { return {}; }
};

} // namespace

TEST_CASE("Catch2 prints the sentence of a breach", "[laws]") {
    std::optional<Breach> const breach = find_breach(PushOnly{}, {}, {Note{2, 1}}, Claim::routed_is_seen);
    CHECK(Catch::Detail::stringify(breach) == "1 is routed state #0 of 2, but sees(1, 2) is false");
    CHECK(Catch::Detail::stringify(std::optional<Breach>{}) == "no breach");
}

TEST_CASE("a check of the laws reads", "[laws]") {
    BasicRouteTable<int, Note> routes;
    routes.add(1, 2);
    CHECK_FALSE(find_breach(routes, {1, 2}, {Note{2, 1}}));
}
