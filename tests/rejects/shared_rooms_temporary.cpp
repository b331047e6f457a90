// SPDX-License-Identifier: BSL-1.0
// expect: (use of deleted function|call to deleted constructor)
#include <presence_router/routers/shared_rooms.hpp>

#include "support/rooms.hpp"

bool ask() { return presence_router::SharedRooms{support::Rooms{}}.sees(1, 2); }
