// SPDX-License-Identifier: BSL-1.0
// expect: members_of of the directory answers a range that cannot be moved
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"

struct Members {
    Members() = default;
    Members(Members const&) = delete;
    int const* begin() const { return nullptr; }
    int const* end() const { return nullptr; }
};
struct Bad : support::Rooms {
    Members members_of(int) const { return {}; }
};

bool ask(Bad const& bad) { return presence_router::SharedRooms{bad}.sees(1, 2); }
