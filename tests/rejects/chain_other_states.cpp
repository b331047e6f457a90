// SPDX-License-Identifier: BSL-1.0
// expect: routers of two vocabularies in one chain: this router's state_type
// expect: check_vocabulary<1U?L?U?, Bad|At = 1; M = Bad
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

struct Bad {
    using user_id_type = int;
    std::map<int, std::set<presence_router::UserPresenceState>>
        get_users_for_states(std::span<presence_router::UserPresenceState const>) const;
    presence_router::AllUsers get_interested_users(int const&) const;
};

void ask(presence_router::PresenceRouterChain<support::Edge<1, 2>, Bad, support::Edge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    (void)chain.get_users_for_states(notes);
}
