// SPDX-License-Identifier: BSL-1.0
// expect: this router cannot be moved into place; pass it by std::ref
// within: 40
#include <presence_router/chain.hpp>
#include <presence_router/runtime/presence_router_registry.hpp>

bool ask(presence_router::PresenceRouterChain<presence_router::PresenceRouterRegistry> const& chain,
         presence_router::UserId const& user) {
    return chain.sees(user, user);
}
