// SPDX-License-Identifier: BSL-1.0
// expect: not a directory: its room ids lack ==
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

struct Room {};
struct Bad : support::SpeaksNotes {
    std::vector<Room> rooms_of(int) const { return {}; }
    std::vector<int> members_of(Room) const { return {}; }
};

bool ask(Bad const& bad) { return presence_router::SharedRooms{bad}.sees(1, 2); }
