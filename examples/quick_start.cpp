// SPDX-License-Identifier: BSL-1.0
// Alice receives the presence of Bob and Charlie without sharing a room with them; Dan does not.

#include <presence_router/presence_router.hpp>

#include <cstddef>
#include <functional>
#include <iostream>
#include <set>
#include <span>
#include <string_view>
#include <variant>

using namespace presence_router;

namespace {

UserId const alice = "@alice:example.org"_user;
UserId const bob = "@bob:example.com"_user;
UserId const charlie = "@charlie:somewhere.org"_user;
UserId const dan = "@dan:example.org"_user;
UserId const monitor = "@monitor:example.org"_user;

/// A router is any class with these two functions, and they have to agree with each other.
struct AlicesContacts {
    /// These users changed: who is told of it?
    UsersForStates get_users_for_states(std::span<UserPresenceState const> updates) const {
        UsersForStates routed;
        for (UserPresenceState const& update : updates)
            if (contacts.contains(update.user_id)) routed[alice].insert(update);
        return routed;
    }

    /// This user asks: whose presence may they see?
    InterestedUsers get_interested_users(UserId const& viewer) const {
        return viewer == alice ? contacts : std::set<UserId>{};
    }

    std::set<UserId> contacts;
};

} // namespace

int main() {
    RouteTable routes;
    PresenceRouterChain const chain{AlicesContacts{{bob, charlie}}, std::ref(routes), Broadcast{monitor}};
    routes.add(bob, alice); // the chain refers to the table, so a server may change it at any time

    bool all_true = true;
    auto const fact = [&](std::string_view text, bool is_true) {
        std::cout << (is_true ? "yes: " : "NO:  ") << text << '\n';
        all_true = all_true && is_true;
    };

    // Canonical: containers that own what they hold, in the shape that Synapse's modules know.
    UserPresenceState const bob_online{.user_id = bob, .state = PresenceState::online, .status_msg = "Hi!"};
    UserPresenceState const charlie_away{.user_id = charlie, .state = PresenceState::unavailable};
    UsersForStates const told = chain.get_users_for_states({bob_online, charlie_away});
    std::cout << told;
    fact("Alice is told of Bob and Charlie", told.at(alice) == std::set{bob_online, charlie_away});
    fact("so is the monitor, who is told of everyone", told.at(monitor) == told.at(alice));
    fact("nobody else is, Dan included", told.size() == 2);
    fact("Alice may see both", chain.get_interested_users(alice) == InterestedUsers{std::set{bob, charlie}});
    fact("the monitor may see everyone", chain.get_interested_users(monitor) == InterestedUsers{all_users});

    // Streaming: the same routes one by one, with no container in between.
    std::size_t shown = 0;
    chain.for_each_route({bob_online, charlie_away}, [&](UserId const&, auto const&) { ++shown; });
    fact("that makes four routes", shown == 4);

    // Pointwise: one question, one answer.
    fact("Alice sees Bob", chain.sees(alice, bob));
    fact("Bob sees Alice, by the table", chain.sees(bob, alice));
    fact("Dan does not see Bob", !chain.sees(dan, bob));

    return all_true && std::cout.flush() ? 0 : 1;
}
