// SPDX-License-Identifier: BSL-1.0
// expect: this router waits: its callbacks answer awaitables
// expect: RouterAt<1, support::WaitingEdge<1, 2>
// expect: async_chain<Task>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

bool ask() { return PresenceRouterChain{support::Edge<1, 2>{}, support::WaitingEdge<1, 2>{}}.sees(1, 2); }
