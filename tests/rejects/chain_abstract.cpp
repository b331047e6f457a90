// SPDX-License-Identifier: BSL-1.0
// expect: this router cannot be moved into place; pass it by std::ref
// expect: RouterAt<1, Bad>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad : support::SpeaksNotes {
    virtual ~Bad() = default;
    virtual support::Routed get_users_for_states(std::span<support::Note const>) const = 0;
    virtual support::Interest get_interested_users(int const&) const = 0;
};

void ask(presence_router::PresenceRouterChain<support::Edge<1, 2>, Bad, support::Edge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    (void)chain.get_users_for_states(notes);
}
