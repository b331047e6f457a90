// SPDX-License-Identifier: BSL-1.0
// expect: pass std::ref\(router\) to refer to one
// expect: AsyncRouterAt<0, support::WaitingEdge<1, 2> ?&>
// within: 40
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

auto ask(AsyncPresenceRouterChain<support::Task, support::WaitingEdge<1, 2>&> const& chain) {
    return chain.get_interested_users(1);
}
