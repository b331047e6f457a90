// SPDX-License-Identifier: BSL-1.0
// expect: lacks get_users_for_states and get_interested_users
// expect: RouterAt<1, Bad>
// expect: derive from RouterInterface
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad : support::SpeaksNotes {};

void ask(presence_router::PresenceRouterChain<support::Edge<1, 2>, Bad, support::Edge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    (void)chain.get_users_for_states(notes);
}
