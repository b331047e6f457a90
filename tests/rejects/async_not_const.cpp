// SPDX-License-Identifier: BSL-1.0
// expect: a callback that waits is not const. Make it const, or pass the router by std::ref
// expect: AsyncRouterAt<1, Bad>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

struct Bad : support::SpeaksNotes {
    support::Task<support::Routed> get_users_for_states(std::span<support::Note const>) const;
    support::Task<support::Interest> get_interested_users(int);
};

auto ask(AsyncPresenceRouterChain<support::Task, support::WaitingEdge<1, 2>, Bad, support::Edge<1, 2>> const&
             chain,
         std::span<support::Note const> notes) {
    return chain.get_users_for_states(notes);
}
