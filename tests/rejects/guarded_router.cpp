// SPDX-License-Identifier: BSL-1.0
// expect: lacks get_users_for_states\(std::span<state_type const>\) const
// expect: RouterAt<0, Bad>
// within: 40
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad : support::SpeaksNotes {
    support::Interest get_interested_users(int const&) const;
};

bool ask(Bad const& router) {
    return (router | presence_router::guarded([](std::exception_ptr) {})).sees(1, 2);
}
