// SPDX-License-Identifier: BSL-1.0
// expect: not a directory: lacks members_of
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

struct Bad : support::SpeaksNotes {
    std::vector<int> rooms_of(int) const { return {}; }
    std::vector<int> members_of(int) { return {}; } // not const
};

void ask(Bad const& bad) {
    presence_router::PresenceRouterChain const chain{presence_router::SharedRooms{bad}};
    (void)chain.get_interested_users(1);
}
