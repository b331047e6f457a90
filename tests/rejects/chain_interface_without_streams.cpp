// SPDX-License-Identifier: BSL-1.0
// expect: To inherit it from RouterInterface takes for_each_route
// expect: RouterAt<1, Bad>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad : presence_router::RouterInterface<Bad>, support::SpeaksNotes {};

void ask(presence_router::PresenceRouterChain<support::Edge<1, 2>, Bad, support::Edge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    (void)chain.get_users_for_states(notes);
}
