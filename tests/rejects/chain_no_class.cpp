// SPDX-License-Identifier: BSL-1.0
// expect: not a router: no class type
// expect: RouterAt<1, int>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

using Bad = int;

void ask(presence_router::PresenceRouterChain<support::Edge<1, 2>, int, support::Edge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    (void)chain.get_users_for_states(notes);
}
