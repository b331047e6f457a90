// SPDX-License-Identifier: BSL-1.0
// The library in a program built with -fno-exceptions -fno-rtti; without Catch2, which needs both.
#include <presence_router/format.hpp>
#include <presence_router/presence_router.hpp>

#include "support/expect.hpp"
#include "support/task.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::expect;

namespace {

struct Note {
    std::uint64_t user_id = 0;
    int mood = 0;
    friend constexpr auto operator<=>(Note const&, Note const&) = default;
};

struct TwoCallbacks { // answers in loose types
    using user_id_type = std::uint64_t;
    using state_type = Note;
    std::vector<std::pair<std::uint64_t, Note>> get_users_for_states(std::span<Note const> notes) const {
        std::vector<std::pair<std::uint64_t, Note>> routes;
        for (Note const& note : notes) routes.emplace_back(7, note);
        return routes;
    }
    std::variant<std::vector<std::uint64_t>, AllUsers> get_interested_users(std::uint64_t viewer) const {
        if (viewer == 7) return all_users;
        return std::vector<std::uint64_t>{};
    }
};

void ids() {
    expect(UserId::parse("@alice:example.org").has_value(), "parse takes an id");
    expect(!UserId::parse("alice"), "parse refuses what is none, without an exception");
    expect("@alice:example.org"_user.localpart() == "alice", "a literal");
    expect(UserId{"@alice:example.org"} == "@alice:example.org"_user, "the constructor takes an id");
}

void chain_of_matrix() {
    RouteTable table;
    expect(table.add("@alice:x"_user, "@bob:x"_user), "add");
    expect(table.add("@alice:x"_user, "@alice:x"_user), "add a route to oneself");
    auto const ignore = [](auto const&) {};
    PresenceRouterChain const chain{std::cref(table) | guarded(ignore), Broadcast{"@admin:x"_user},
                                    PresenceRouterChain{}};
    UserPresenceState const bob{
        .user_id = "@bob:x"_user, .state = PresenceState::online, .status_msg = "text"};

    UsersForStates const routes = chain.get_users_for_states(std::list{bob, bob});
    expect(routes == UsersForStates{{"@admin:x"_user, {bob}}, {"@alice:x"_user, {bob}}}, "push");
    expect(chain.get_interested_users("@alice:x"_user) ==
               InterestedUsers{std::set{"@alice:x"_user, bob.user_id}},
           "pull");
    expect(chain.get_interested_users("@admin:x"_user) == InterestedUsers{all_users}, "pull of all users");
    expect(chain.states_for_user("@alice:x"_user, {bob}).size() == 1, "states for one user");
    expect(chain.sees("@alice:x"_user, bob.user_id) && !chain.sees(bob.user_id, "@alice:x"_user), "sees");
    int shown = 0;
    for_each_route(chain, {bob}, [&](UserId const&, UserPresenceState const&) { return ++shown < 1; });
    expect(shown == 1, "a sink stops");
    expect(!for_each_subject(chain, "@alice:x"_user, [&](UserId const&) { ++shown; }) && shown == 3,
           "subjects");
    expect(table.remove("@alice:x"_user, "@alice:x"_user) && table.erase("@alice:x"_user) == 1 &&
               table.empty(),
           "remove");

    std::ostringstream out;
    out << routes << chain.get_interested_users("@admin:x"_user);
    expect(out.str() ==
               "@admin:x <- {@bob:x online \"text\"}\n@alice:x <- {@bob:x online \"text\"}\nall users",
           "printing");
}

void another_vocabulary() {
    auto const router = TwoCallbacks{} | guarded([](auto const&) {});
    std::vector<Note> const notes{{1, 10}, {2, 20}};
    expect(get_users_for_states(router, notes).at(7).size() == 2, "push of a two-callback router");
    expect(presence_router::sees(router, 7, 1), "derived sees asks push");
    expect(!presence_router::sees(router, 8, 1), "derived sees grants nothing in doubt");
    expect(states_for_user(router, 7, notes).size() == 2, "derived states for one user");
    PresenceRouterChain const chain{router, BasicRouteTable<std::uint64_t, Note>{}};
    expect(chain.get_interested_users(7) == std::variant<std::set<std::uint64_t>, AllUsers>{all_users},
           "pull");
}

// Without exceptions guarded is the identity: nothing is buffered, so a sink that stops stops the router.
struct Streaming : RouterInterface<Streaming> {
    using user_id_type = std::uint64_t;
    using state_type = Note;
    template <class Sink>
    void for_each_route(std::span<Note const> notes, Sink&& sink) const {
        for (Note const& note : notes) {
            ++*asked;
            if (!sink(std::uint64_t{7}, note)) return;
        }
    }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(std::uint64_t, Sink&&) const {
        return all_users;
    }
    int* asked;
    explicit Streaming(int& count) : asked{&count} {}
};

void guarded_is_the_identity() {
    int asked = 0;
    auto const router = Streaming{asked} | guarded([](auto const&) {});
    router.for_each_route({{1, 10}, {2, 20}}, [](std::uint64_t, Note const&) { return false; });
    expect(asked == 1, "guarded is the identity");
}

void syncing() {
    MemoryPresenceStore store;
    RouteTable table;
    UserId const alice = "@alice:x"_user, bob = "@bob:x"_user;
    for (UserId const& user : {alice, bob}) store.update({.user_id = user, .state = PresenceState::online});
    table.add(alice, bob);
    expect(presence_for(alice, table, store).states.size() == 2, "a first sync");
    expect(presence_for(alice, table, store, 1).states.size() == 1, "news");
    expect(status_for(alice, bob, table, store) && !status_for(bob, alice, table, store), "a status");
    expect(local_presence_for(alice, table, store, "x").size() == 2, "local presence");
    FullPresenceRequests requests;
    requests.request({alice}, store.current_token());
    expect(!requests.since_for(alice, 2) && requests.since_for(bob, 2), "a request");
}

void at_run_time() {
    RouteTable table;
    table.add("@alice:x"_user, "@bob:x"_user);
    AnyPresenceRouter erased{std::ref(table)};
    AnyPresenceRouter const moved{std::move(erased)};
    expect(moved.sees("@alice:x"_user, "@bob:x"_user), "an erased router");
    PresenceRouterRegistry registry;
    RegisteredRouter const id = registry.register_router(std::cref(moved));
    expect(!registry.register_presence_router_callbacks(), "neither callback");
    expect(registry.get_users_for_states({UserPresenceState{.user_id = "@bob:x"_user}}).size() == 1,
           "a registry routes");
    expect(registry.remove(id) && registry.size() == 0, "remove a router");
    registry.wait_for_readers();
}

void insight() {
    RouteTable table;
    table.add("@alice:x"_user, "@bob:x"_user);
    auto const policy = PresenceRouterChain{std::cref(table), Broadcast{"@admin:x"_user}} |
                        guarded([](auto const&) {}) | without_subjects(one_of("@eve:x"_user));
    auto const explanation = explain(policy, "@admin:x"_user, "@bob:x"_user);
    expect(explanation.sees() && explanation.decided_by() == "1 Broadcast", "explain");
    expect(routing_graph(policy, {"@alice:x"_user, "@bob:x"_user}).edges().size() == 1, "routing graph");
    UserPresenceState const bob{.user_id = "@bob:x"_user};
    expect(compare(policy, table, bob).text() == "@admin:x loses @bob:x offline\n", "compare");
}

struct WaitsForTwo {
    using user_id_type = std::uint64_t;
    using state_type = Note;
    support::Loop* loop;
    support::Task<std::map<std::uint64_t, std::set<Note>>>
    get_users_for_states(std::span<Note const> notes) const {
        co_await loop->turn();
        co_return std::map<std::uint64_t, std::set<Note>>{{7, {notes.front()}}, {8, {notes.front()}}};
    }
    support::Task<std::set<std::uint64_t>> get_interested_users(std::uint64_t) const {
        co_await loop->turn();
        co_return std::set<std::uint64_t>{1};
    }
};

void routers_that_wait() {
    support::Loop loop;
    auto const only_seven = only_viewers([](std::uint64_t viewer) { return viewer == 7; });
    auto const chain = async_chain<support::Task>(
        WaitsForTwo{&loop} | only_seven | guarded([](std::exception_ptr const&) {}), TwoCallbacks{});
    std::vector<Note> const notes{{1, 10}, {2, 20}};
    auto const routes = support::answer_of(chain.get_users_for_states(notes), loop);
    expect(routes.size() == 1 && routes.at(7).size() == 2, "push of routers that wait");
    expect(support::answer_of(chain.get_interested_users(7), loop).index() == 1, "pull of routers that wait");
}

} // namespace

int main() {
    static_assert(PRESENCE_ROUTER_EXCEPTIONS == 0, "this program is built without exceptions");
    ids();
    chain_of_matrix();
    another_vocabulary();
    guarded_is_the_identity();
    syncing();
    at_run_time();
    insight();
    routers_that_wait();
    return support::failures == 0 ? 0 : 1;
}
