// SPDX-License-Identifier: BSL-1.0
// expect: lacks get_interested_users\(user_id_type const&\) const
// expect: Bad
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad : support::SpeaksNotes {
    support::Routed get_users_for_states(std::span<support::Note const>) const { return {}; }
};

support::Routed ask(Bad const& router, std::span<support::Note const> notes) {
    return presence_router::get_users_for_states(router, notes);
}
