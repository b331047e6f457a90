// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: transformed\(f\) calls f\(user_id_type const& viewer, state_type const& state\) const
// within: 30
#include <presence_router/presence_router.hpp>

using namespace presence_router;

int main() {
    auto const about_states_alone = [](UserPresenceState const& state) { return state; };
    return (Broadcast{"@monitor:x"_user} | transformed(about_states_alone)).sees("@a:x"_user, "@b:x"_user);
}
