// SPDX-License-Identifier: BSL-1.0
// expect: lacks get_interested_users\(user_id_type const&\) const
// expect: AsyncRouterAt<1, Bad>
// expect: the two callbacks are complementary
// within: 40
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

struct Bad : support::SpeaksNotes {
    support::Task<support::Routed> get_users_for_states(std::span<support::Note const>) const;
};

auto ask(AsyncPresenceRouterChain<support::Task, support::WaitingEdge<1, 2>, Bad, support::Edge<1, 2>> const&
             chain,
         std::span<support::Note const> notes) {
    return chain.get_users_for_states(notes);
}
