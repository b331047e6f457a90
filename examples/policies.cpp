// SPDX-License-Identifier: BSL-1.0
// What users of presence systems ask their servers for, year after year, each wish beside the expression that grants
// it. A line of the output says who then receives whose presence.

#include <presence_router/laws/find_breach.hpp>
#include <presence_router/presence_router.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace presence_router;
using namespace std::chrono_literals;

namespace {

UserId const alice = "@alice:example.org"_user;
UserId const bob = "@bob:example.org"_user;
UserId const carol = "@carol:staff.example.org"_user;
UserId const dan = "@dan:elsewhere.net"_user;
std::vector<UserId> const everybody{alice, bob, carol, dan};

std::vector<UserPresenceState> states_of(std::vector<UserId> const& users) {
    std::vector<UserPresenceState> states;
    for (UserId const& user : users)
        states.push_back({.user_id = user, .state = PresenceState::online, .status_msg = "here"});
    return states;
}

std::map<UserId, std::set<UserId>> seen_under(PresenceRouter auto const& policy) {
    std::map<UserId, std::set<UserId>> seen;
    for (UserId const& viewer : everybody)
        for (UserId const& subject : everybody)
            if (sees(policy, viewer, subject)) seen[viewer].insert(subject);
    return seen;
}

bool all_right = true;

/// Prints who sees whom under `policy`, and checks it; and that push, pull and `sees` say the same.
void show(std::string_view wish, PresenceRouter auto const& policy,
          std::map<UserId, std::set<UserId>> const& expected) {
    std::cout << wish << "\n   ";
    auto const seen = seen_under(policy);
    for (auto const& [viewer, subjects] : seen) {
        std::cout << ' ' << viewer.localpart() << " <-";
        for (UserId const& subject : subjects) std::cout << ' ' << subject.localpart();
        std::cout << ';';
    }
    std::cout << (seen.empty() ? " nobody\n" : "\n");
    if (auto const breach = find_breach(policy, everybody, states_of(everybody), Claim::relation)) {
        std::cout << "    WRONG: " << *breach << '\n';
        all_right = false;
    }
    if (seen != expected) {
        std::cout << "    WRONG: this is not what was expected\n";
        all_right = false;
    }
}

} // namespace

int main() {
    // The server: who is in which room, and who has asked for what. It changes any time; routers refer to it.
    RoomDirectory directory;
    for (UserId const& user : everybody) directory.join(user, "!lobby:example.org");
    for (UserId const& user : {alice, bob, carol}) directory.join(user, "!team:example.org");
    for (UserId const& user : {alice, dan}) directory.join(user, "!chat:example.org");
    RouteTable routes;
    routes.add(alice, bob);
    UserRelation rosters, ignored;
    std::set<UserId> hidden;

    SharedRooms const roommates{directory};
    show("0. As Synapse does: everybody I share a room with, and I myself",
         PresenceRouterChain{OwnPresence{}, roommates},
         {{alice, {alice, bob, carol, dan}},
          {bob, {alice, bob, carol, dan}},
          {carol, {alice, bob, carol, dan}},
          {dan, {alice, bob, carol, dan}}});

    show("1. Replace the default: explicit routes, and nothing else", PresenceRouterChain{std::ref(routes)},
         {{alice, {bob}}});
    show("   or subtract from it",
         PresenceRouterChain{roommates, std::ref(routes)} | without_viewers(one_of(dan, carol)),
         {{alice, {bob, carol, dan}}, {bob, {alice, carol, dan}}});

    show("2. Bounded cost: no fan-out to rooms of more than three", SharedRooms{directory, at_most(3)},
         {{alice, {bob, carol, dan}}, {bob, {alice, carol}}, {carol, {alice, bob}}, {dan, {alice}}});

    rosters.add(alice, bob);
    rosters.add(bob, alice);
    rosters.add(alice, carol);
    ignored.add(bob, dan);
    show("3. By contact: who list each other", Contacts{rosters, ListedBy::both},
         {{alice, {bob}}, {bob, {alice}}});
    show("   and ignore lists, whatever else grants it", roommates | without_routes(ignored_by(ignored)),
         {{alice, {bob, carol, dan}},
          {bob, {alice, carol}},
          {carol, {alice, bob, dan}},
          {dan, {alice, carol}}});

    show("4. By server: presence does not leave example.org",
         roommates | only_viewers(on_server("example.org") || on_server("*.example.org")),
         {{alice, {bob, carol, dan}}, {bob, {alice, carol, dan}}, {carol, {alice, bob, dan}}});
    show("   or stays on each server", roommates | only_routes(same_server),
         {{alice, {bob}}, {bob, {alice}}});

    show("5. By room: the lobby, where everybody is, does not count",
         SharedRooms{directory, !one_of("!lobby:example.org")},
         {{alice, {bob, carol, dan}}, {bob, {alice, carol}}, {carol, {alice, bob}}, {dan, {alice}}});

    hidden.insert(bob);
    PresenceRouterChain const with_self{OwnPresence{}, SharedRooms{directory, at_most(3)}};
    show("6. Invisible: nobody sees Bob but Bob, who sees the others",
         with_self | without_routes(invisible(hidden)),
         {{alice, {alice, carol, dan}},
          {bob, {alice, bob, carol}},
          {carol, {alice, carol}},
          {dan, {alice, dan}}});
    show("   or does not see them either", with_self | without_routes(mutually_invisible(hidden)),
         {{alice, {alice, carol, dan}}, {bob, {bob}}, {carol, {alice, carol}}, {dan, {alice, dan}}});

    // 7 is what every line above has been checked for: one policy, the same answer on every read path.
    auto const policy = with_self | without_routes(invisible(hidden) || ignored_by(ignored));
    std::cout << "7. One policy for push, sync and status: Alice sees Bob: " << sees(policy, alice, bob)
              << '\n';

    hidden.clear();
    ignored.remove(bob, dan);
    show("8. At once: a change is in force with the next question", policy,
         {{alice, {alice, bob, carol, dan}},
          {bob, {alice, bob, carol}},
          {carol, {alice, bob, carol}},
          {dan, {alice, dan}}});
    TimedGrants grants;
    auto const tomorrow = std::chrono::system_clock::now() + 24h;
    grants.grant(dan, carol, tomorrow);
    grants.grant(dan, bob, tomorrow - 48h);
    grants
        .expire(); // what a host does when its timer fires; a grant that is over routes nothing before it, too
    show("   and a grant ends by itself, one timer for all", grants, {{dan, {carol}}});
    all_right = all_right && grants.next_change_at() == tomorrow;

    auto const vague = Broadcast{dan} | transformed(hide_status_msg) | transformed(coarse_last_active(15min));
    auto const told = get_users_for_states(vague, states_of({bob}));
    all_right = all_right && !told.at(dan).begin()->status_msg;
    std::cout << "   Dan receives of Bob: " << *told.at(dan).begin() << '\n';

    return all_right && std::cout.flush() ? 0 : 1;
}
