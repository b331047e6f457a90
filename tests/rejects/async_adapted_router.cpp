// SPDX-License-Identifier: BSL-1.0
// expect: lacks get_interested_users\(user_id_type const&\) const
// expect: AsyncRouterAt<0, Bad>
// within: 60
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

struct Bad : support::SpeaksNotes {
    support::Task<support::Routed> get_users_for_states(std::span<support::Note const>) const;
};

auto ask() { return Bad{} | guarded([](std::exception_ptr) {}); }
