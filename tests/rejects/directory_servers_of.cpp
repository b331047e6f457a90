// SPDX-License-Identifier: BSL-1.0
// expect: servers_of of the directory does not fit
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

struct Bad : support::Rooms {
    std::vector<int> servers_of(int) const { return {}; }
};

bool ask(Bad const& bad) { return presence_router::SharedRooms{bad}.sees(1, 2); }
