// SPDX-License-Identifier: BSL-1.0
// expect: room predicate of SharedRooms is called with \(room\) or with \(directory, room\)
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

void ask(support::Rooms const& rooms, std::span<support::Note const> notes) {
    presence_router::SharedRooms const router{rooms, [](int, int, int) { return true; }};
    (void)router.get_users_for_states(notes);
}
