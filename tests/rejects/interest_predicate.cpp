// SPDX-License-Identifier: BSL-1.0
// expect: the room predicate is called with \(room\) or with \(directory, room\)
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"
#include "support/routers.hpp"

auto ask(support::Edge<1, 2> const& router, support::Rooms const& rooms,
         std::vector<support::Note> const& updates) {
    return presence_router::interested_parties(router, updates, rooms, [](char const*) { return true; });
}
