// SPDX-License-Identifier: BSL-1.0
// expect: (use of|call to|invokes a) deleted
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

auto ask(AsyncPresenceRouterChain<support::Task, support::WaitingEdge<1, 2>> const& chain) {
    return chain.get_users_for_states(std::vector<support::Note>{{2, 2}});
}
