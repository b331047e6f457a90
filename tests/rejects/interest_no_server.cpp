// SPDX-License-Identifier: BSL-1.0
// expect: interested_remotes asks which server a user lives on, and the ids do not tell
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"
#include "support/routers.hpp"

auto ask(support::Edge<1, 2> const& router, support::Rooms const& rooms,
         std::vector<support::Note> const& updates) {
    return presence_router::interested_remotes(router, updates, rooms);
}
