// SPDX-License-Identifier: BSL-1.0
// expect: results are sets, so a user id and a presence state need operator<, or operator== and std::hash
// expect: specialise presence_router::SetFor
#include <presence_router/presence_router.hpp>

#include <span>
#include <utility>
#include <vector>

struct State {
    int user_id = 0;
    int level = 0; // and nothing to compare it by
};

struct Router {
    using user_id_type = int;
    using state_type = State;
    std::vector<std::pair<int, State>> get_users_for_states(std::span<State const>) const;
    std::vector<int> get_interested_users(int) const;
};

void ask(presence_router::PresenceRouterChain<Router> const& chain, std::span<State const> states) {
    (void)chain.get_users_for_states(states);
}
