// SPDX-License-Identifier: BSL-1.0
// expect: is_member of the directory does not fit
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

struct Bad : support::Rooms {
    bool is_member(int) const { return true; }
};

bool ask(Bad const& bad) { return presence_router::SharedRooms{bad}.sees(1, 2); }
