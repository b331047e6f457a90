// SPDX-License-Identifier: BSL-1.0
// expect: a chain holds its routers by value; pass std::ref\(router\)
// expect: RouterAt<1, support::Edge<3, 4> ?&>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

using Bad = support::Edge<3, 4>&;

void ask(presence_router::PresenceRouterChain<support::Edge<1, 2>, Bad, support::Edge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    (void)chain.get_users_for_states(notes);
}
