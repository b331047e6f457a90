// SPDX-License-Identifier: BSL-1.0
// expect: get_users_for_states does not fit
// expect: RouterAt<1, Bad>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad : support::SpeaksNotes {
    int get_users_for_states(std::span<support::Note const>) const;
    support::Interest get_interested_users(int const&) const;
};

void ask(presence_router::PresenceRouterChain<support::Edge<1, 2>, Bad, support::Edge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    (void)chain.get_users_for_states(notes);
}
