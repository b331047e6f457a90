// SPDX-License-Identifier: BSL-1.0
// expect: states of SharedRooms are not about the users of its directory
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

struct Bad {
    using user_id_type = int;
    std::vector<int> rooms_of(int) const { return {}; }
    std::vector<int> members_of(int) const { return {}; }
};

bool ask(Bad const& bad) { return presence_router::SharedRooms{bad}.sees(1, 2); }
