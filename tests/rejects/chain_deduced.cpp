// SPDX-License-Identifier: BSL-1.0
// expect: lacks get_interested_users\(user_id_type const&\) const
// expect: RouterAt<1, Bad>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad : support::SpeaksNotes {
    support::Routed get_users_for_states(std::span<support::Note const>) const { return {}; }
};

support::Routed ask(std::span<support::Note const> notes) {
    presence_router::PresenceRouterChain const chain{support::Edge<1, 2>{}, Bad{}, support::Edge<1, 2>{}};
    return chain.get_users_for_states(notes);
}
