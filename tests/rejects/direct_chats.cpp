// SPDX-License-Identifier: BSL-1.0
// expect: direct_chats asks the directory for is_direct\(room\) const -> bool
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

bool ask(support::Rooms const& rooms) {
    return presence_router::SharedRooms{rooms, presence_router::direct_chats}.sees(1, 2);
}
