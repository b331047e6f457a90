// SPDX-License-Identifier: BSL-1.0
#include <presence_router/sync/status_for.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/routers.hpp"

#include <presence_router/adaptors/transformed.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/own_presence.hpp>
#include <presence_router/routers/route_table.hpp>
#include <presence_router/sync/memory_presence_store.hpp>

#include <concepts>
#include <optional>
#include <span>

using namespace presence_router;
using support::Note;
using support::Routed;

namespace {

using Notes = BasicMemoryPresenceStore<int, Note>;
using Table = BasicRouteTable<int, Note>;
using Seen = std::optional<Note>;

Notes known() {
    Notes store;
    store.update({1, 10});
    store.update({2, 20});
    store.update({3, 0});
    return store;
}

TEST_CASE("a status is shown to whom it is routed, and to oneself", "[status_for]") {
    Notes const store = known();
    Table routes;
    routes.add(1, 2);
    routes.add(1, 3);
    routes.add(1, 9);
    static_assert(std::same_as<decltype(status_for(1, 2, routes, store)), Seen>);
    CHECK(status_for(1, 2, routes, store) == Note{2, 20});
    CHECK(status_for(2, 1, routes, store) == std::nullopt);
    CHECK(status_for(2, 2, routes, store) == Note{2, 20});
    CHECK(status_for(1, 3, routes, store) == Note{3, 0}); // offline is an answer
    CHECK(status_for(1, 9, routes, store) == std::nullopt);
    CHECK(status_for(9, 9, routes, store) == std::nullopt);
    CHECK(status_for(1, 1, PresenceRouterChain<>{}, store) == Note{1, 10});
    CHECK(status_for(2, 1, PresenceRouterChain<>{}, store) == std::nullopt);
}

TEST_CASE("a status is what push would give", "[status_for]") {
    Notes const store = known();
    Table routes;
    routes.add(1, 2);
    auto const soften = [](int, Note const& note) { return Note{note.user_id, 5}; };
    auto const withhold = [](int, Note const&) { return Seen{}; };
    CHECK(status_for(1, 2, routes | transformed(soften), store) == Note{2, 5});
    CHECK(status_for(1, 2, routes | transformed(withhold), store) == std::nullopt);
    BasicOwnPresence<int, Note> const own;
    CHECK(status_for(1, 1, own | transformed(soften), store) == Note{1, 5});
    CHECK(status_for(1, 1, own | transformed(withhold), store) == Note{1, 10});
    // Of several forms it is the unchanged one, in whichever order they come.
    auto const brighten = [](int, Note const& note) { return Note{note.user_id, 99}; };
    CHECK(status_for(1, 2, PresenceRouterChain{routes | transformed(soften), routes}, store) == Note{2, 20});
    CHECK(status_for(1, 2, PresenceRouterChain{routes, routes | transformed(brighten)}, store) ==
          Note{2, 20});
    // All users, and routed nothing.
    CHECK(status_for(1, 2, support::pulling([](int) { return all_users; }), store) == std::nullopt);
    // A router that brings up somebody else.
    auto const beside = support::pushing([](std::span<Note const>) { return Routed{{1, {{3, 30}}}}; });
    CHECK(status_for(1, 2, beside, store) == std::nullopt);
}

} // namespace
