// SPDX-License-Identifier: BSL-1.0
// expect: not a directory: lacks rooms_of
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

struct Bad : support::SpeaksNotes {
    std::vector<int> members_of(int) const { return {}; }
};

bool ask(Bad const& bad) { return presence_router::SharedRooms{bad}.sees(1, 2); }
