// SPDX-License-Identifier: BSL-1.0
// expect: is no type that a coroutine can return
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

#include <future>

using namespace presence_router;

auto ask(AsyncPresenceRouterChain<std::future, support::WaitingEdge<1, 2>> const& chain) {
    return chain.get_interested_users(1);
}
