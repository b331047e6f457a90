// SPDX-License-Identifier: BSL-1.0
// expect: get_users_for_states does not fit: it is called with std::span<state_type const>
// within: 40
#include <presence_router/runtime/presence_router_registry.hpp>

void ask(presence_router::PresenceRouterRegistry& registry) {
    (void)registry.register_presence_router_callbacks(
        [](presence_router::UserId const&) { return presence_router::UsersForStates{}; },
        [](presence_router::UserId const&) { return presence_router::all_users; });
}
