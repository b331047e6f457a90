// SPDX-License-Identifier: BSL-1.0
// expect: results are (sets|maps), so a user id .*needs? operator<, or operator== and std::hash
// expect: specialise presence_router::(SetFor|MapFor)
#include <presence_router/presence_router.hpp>

#include <span>
#include <utility>
#include <vector>

struct Id {
    int value = 0;
    friend bool operator==(Id, Id) = default; // and no hash
};
struct State {
    Id user_id{};
    int level = 0;
    friend bool operator<(State const& a, State const& b) { return a.level < b.level; }
};

struct Router {
    using user_id_type = Id;
    using state_type = State;
    std::vector<std::pair<Id, State>> get_users_for_states(std::span<State const>) const;
    std::vector<Id> get_interested_users(Id) const;
};

void ask(presence_router::PresenceRouterChain<Router> const& chain, std::span<State const> states) {
    (void)chain.get_users_for_states(states);
}
