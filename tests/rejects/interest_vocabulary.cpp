// SPDX-License-Identifier: BSL-1.0
// expect: the users of the directory are not those of the router
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

auto ask(presence_router::RouteTable const& router, support::Rooms const& rooms,
         std::vector<presence_router::UserPresenceState> const& updates) {
    return presence_router::interested_parties(router, updates, rooms);
}
