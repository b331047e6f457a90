// SPDX-License-Identifier: BSL-1.0
// expect: not a router: lacks get_users_for_states and get_interested_users
// within: 30
#include <presence_router/runtime/any_presence_router.hpp>

struct Bad {
    bool sees(presence_router::UserId const&, presence_router::UserId const&) const;
};

presence_router::AnyPresenceRouter make() { return presence_router::AnyPresenceRouter{Bad{}}; }
