// SPDX-License-Identifier: BSL-1.0
#include <presence_router/presence_router.hpp>

// The contract, point by point, kept by what the umbrella header brings. Details are tested beside each
// header.

#include "support/catch.hpp"
#include "support/routers.hpp"
#include "support/single_pass.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Failing;
using support::Failure;
using support::Interest;
using support::Note;
using support::Routed;
using support::Scripted;

namespace {

using Notes = std::span<Note const>;
using Strings = std::vector<std::string>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};

struct Ignore {
    void operator()(std::exception_ptr const&) const {}
};

struct PushOnly : support::SpeaksNotes {
    Routed get_users_for_states(Notes) const;
};
struct PullOnly : support::SpeaksNotes {
    Interest get_interested_users(int const&) const;
};
struct PushThatChanges : support::SpeaksNotes {
    Routed get_users_for_states(Notes) { return {{++asked, {}}}; }
    Interest get_interested_users(int const&) const { return {}; }
    int asked = 0;
};

TEST_CASE("contract 1: both callbacks or neither", "[contract]") {
    static_assert(!PresenceRouter<PushOnly> && !PresenceRouter<PullOnly> &&
                  !PresenceRouter<support::SpeaksNotes>);
    static_assert(!ChainableRouters<Edge<1, 2>, PushOnly> && !ChainableRouters<PullOnly, Edge<1, 2>>);
    static_assert(!PresenceRouter<PushThatChanges> && !ChainableRouters<PushThatChanges>);
    static_assert(ChainableRouters<std::reference_wrapper<PushThatChanges>>);
    static_assert(!PresenceRouter<std::reference_wrapper<Edge<1, 2>>>);

    PushThatChanges router;
    PresenceRouterChain const chain{std::ref(router)};
    CHECK(chain.get_users_for_states(batch) == Routed{{1, {}}});
    CHECK(get_users_for_states(std::ref(router), batch) == Routed{{2, {}}});
    CHECK(get_users_for_states(std::ref(router) | guarded(Ignore{}), batch) == Routed{{3, {}}});
}

TEST_CASE("contract 2: in the order written, each once per call", "[contract]") {
    Strings asked;
    Scripted const a{{}, std::set{1}, "a", &asked};
    Scripted const b{{}, std::set{2}, "b", &asked};
    PresenceRouterChain const chain{b, a | guarded(Ignore{}), PresenceRouterChain{a, b}};
    (void)chain.get_users_for_states(batch);
    CHECK(std::exchange(asked, {}) == Strings{"b", "a", "a", "b"});
    (void)chain.get_interested_users(7);
    CHECK(std::exchange(asked, {}) == Strings{"b", "a", "a", "b"});
    CHECK(chain.sees(7, 1)); // only this stops early
    CHECK(asked == Strings{"b", "a"});
}

TEST_CASE("contract 3: the empty chain", "[contract]") {
    PresenceRouterChain const empty{};
    CHECK(empty.get_users_for_states({{.user_id = "@bob:x"_user}}) == UsersForStates{});
    CHECK(empty.get_interested_users("@alice:x"_user) == InterestedUsers{std::set<UserId>{}});
    PresenceRouterChain const chain{PresenceRouterChain{}, Edge<7, 1>{}, empty | guarded(Ignore{})};
    CHECK(chain.get_users_for_states(batch) == Routed{{7, {{1, 10}}}});
}

TEST_CASE("contract 4: push is the union, with the viewers who got nothing", "[contract]") {
    PresenceRouterChain const chain{Scripted{{{7, {{1, 10}}}, {8, {}}}},
                                    Scripted{{{7, {{1, 11}}}, {9, {}}}} | guarded(Ignore{})};
    Routed const expected{{7, {{1, 10}, {1, 11}}}, {8, {}}, {9, {}}};
    CHECK(chain.get_users_for_states(batch) == expected);
    CHECK(PresenceRouterChain{PresenceRouterChain{}, chain}.get_users_for_states(batch) == expected);

    Strings asked;
    PresenceRouterChain const all{Scripted{{{7, {}}}, all_users, "a", &asked},
                                  Scripted{{}, all_users, "b", &asked}};
    (void)all.get_users_for_states(batch);
    CHECK(asked == Strings{"a", "b"}); // nothing stops it early
}

TEST_CASE("contract 5: pull is the union, until a router answers all users", "[contract]") {
    Strings asked;
    Scripted const some{{}, std::set{1, 2}, "some", &asked};
    Scripted const others{{}, std::set{2, 3}, "others", &asked};
    Scripted const all{{}, all_users, "all", &asked};
    CHECK(PresenceRouterChain{some, others}.get_interested_users(7) == Interest{std::set{1, 2, 3}});
    asked.clear();
    CHECK(PresenceRouterChain{some, all, others}.get_interested_users(7) == Interest{all_users});
    CHECK(asked == Strings{"some", "all"});
}

TEST_CASE("contract 6: states that were not in the batch", "[contract]") {
    auto const coarser = support::pushing([](Notes notes) {
        return notes |
               std::views::transform([](Note const& note) { return std::pair{7, Note{note.user_id, 0}}; });
    });
    PresenceRouterChain const chain{coarser, Edge<7, 1>{}};
    CHECK(chain.get_users_for_states(batch) == Routed{{7, {{1, 0}, {1, 10}, {2, 0}, {3, 0}}}});
    CHECK(chain.states_for_user(7, batch) == std::set<Note>{{1, 0}, {1, 10}, {2, 0}, {3, 0}});
}

struct Spans : support::SpeaksNotes { // writes down where the batch lies
    Routed get_users_for_states(Notes notes) const {
        seen->push_back(notes.data());
        return {};
    }
    Interest get_interested_users(int const&) const { return {}; }
    std::vector<Note const*>* seen;
    explicit Spans(std::vector<Note const*>& where) : seen{&where} {}
};

TEST_CASE("contract 7: the batch is any range of states, gathered once", "[contract]") {
    std::vector<Note const*> seen;
    Spans const router{seen};
    PresenceRouterChain const chain{router, PresenceRouterChain{router, router | guarded(Ignore{})},
                                    std::cref(router)};
    auto const all_saw_one_span = [&] {
        bool const same = seen.size() == 4 && std::set(seen.begin(), seen.end()).size() == 1;
        seen.clear();
        return same;
    };
    (void)chain.get_users_for_states(batch);
    CHECK(seen == std::vector(4, batch.data()));
    CHECK(all_saw_one_span());

    support::SinglePass<Note> once{{1, 10}, {2, 20}};
    (void)chain.get_users_for_states(once);
    CHECK(all_saw_one_span());
    CHECK(once.begun() == 1);

    support::SinglePass<Note> twice{{1, 10}, {2, 20}};
    chain.for_each_route(twice, [](int, Note const&) {});
    CHECK(all_saw_one_span());
    CHECK(twice.begun() == 1);

    support::SinglePass<Note> thrice{{1, 10}, {2, 20}};
    (void)states_for_user(chain, 7, thrice);
    CHECK(all_saw_one_span());
    CHECK(thrice.begun() == 1);

    (void)chain.get_users_for_states({{1, 10}, {2, 20}});
    CHECK(all_saw_one_span());
    (void)get_users_for_states(
        chain, batch | std::views::filter([](Note const& note) { return note.user_id != 2; }));
    CHECK(all_saw_one_span());
}

TEST_CASE("contract 8: results own what they hold", "[contract]") {
    auto notes = std::make_unique<std::vector<Note>>(batch);
    auto table = std::make_unique<BasicRouteTable<int, Note>>();
    table->add(7, 1);
    PresenceRouterChain const chain{std::cref(*table), Everything<8>{}};
    Routed const routes = chain.get_users_for_states(*notes);
    Interest const interest = chain.get_interested_users(7);
    std::set<Note> const states = chain.states_for_user(8, *notes);
    table->erase(1);
    table.reset();
    notes.reset();
    CHECK(routes == Routed{{7, {{1, 10}}}, {8, {{1, 10}, {2, 20}, {3, 30}}}});
    CHECK(interest == Interest{std::set{1}});
    CHECK(states.size() == 3);
}

struct Cancelled {};

TEST_CASE("contract 9: an exception reaches the caller, unless it is guarded", "[contract]") {
    PresenceRouterChain const chain{Edge<7, 1>{}, Failing{}, Edge<7, 2>{}};
    for (int times = 0; times < 2; ++times) { // the chain is as it was
        CHECK_THROWS_AS(chain.get_users_for_states(batch), Failure);
        CHECK_THROWS_AS(chain.get_interested_users(7), Failure);
        CHECK_THROWS_AS(chain.sees(7, 2), Failure);
        CHECK(chain.sees(7, 1));
    }
    bool in_handler = false;
    auto const note = [&](std::exception_ptr const& error) {
        in_handler = std::current_exception() == error && error;
    };
    PresenceRouterChain const isolated{Edge<7, 1>{}, Failing{} | guarded(note), Edge<7, 2>{}};
    CHECK(isolated.get_users_for_states(batch) == Routed{{7, {{1, 10}, {2, 20}}}});
    CHECK(std::exchange(in_handler, false));
    CHECK(isolated.get_interested_users(7) == Interest{std::set{1, 2}});
    CHECK(std::exchange(in_handler, false));
    CHECK(isolated.sees(7, 2));
    CHECK(std::exchange(in_handler, false));

    CHECK_THROWS_AS(
        (PresenceRouterChain{Failing{} | guarded([](std::exception_ptr const&) { throw; })}.sees(7, 2)),
        Failure);
    CHECK_THROWS_AS(isolated.for_each_route(batch, [](int, Note const&) { throw Cancelled{}; }), Cancelled);
}

struct Denying : support::SpeaksNotes { // a rule that denies, and fails when it is asked about user 2
    template <class Allow>
    static bool allows(int subject, Allow allow) {
        if (subject == 2) throw Failure{};
        return allow(subject);
    }
    Routed get_users_for_states(Notes notes) const {
        Routed routes;
        for (Note const& note : notes)
            if (allows(note.user_id, [](int subject) { return subject == 1; })) routes[7].insert(note);
        return routes;
    }
    AllUsers get_interested_users(int) const { return all_users; } // "ask push"
};

TEST_CASE("contract 10: a rule that denies and fails never widens the audience", "[contract]") {
    auto const router = Denying{} | guarded(Ignore{});
    CHECK(router.sees(7, 1));
    CHECK_FALSE(router.sees(7, 2));
    CHECK_FALSE(router.sees(7, 3));
    CHECK(router.get_users_for_states(batch).empty());
    CHECK(router.states_for_user(7, batch).empty());
    router.for_each_route(batch, [](int, Note const&) { CHECK(false); });
    CHECK_THROWS_AS(presence_router::sees(Denying{}, 7, 2), Failure);
    CHECK_FALSE(presence_router::sees(Denying{}, 7, 3));

    PresenceRouterChain const chain{router, Edge<7, 3>{}};
    CHECK(chain.sees(7, 3)); // a deny inside one element does not deny the union
    CHECK_FALSE(chain.sees(7, 2));
}

TEST_CASE("contract 11: a chain keeps no state, and may be asked by many threads", "[contract][threads]") {
    static_assert(sizeof(PresenceRouterChain<Edge<1, 2>, Edge<1, 2>, PresenceRouterChain<Edge<1, 2>>>) == 1);
    static_assert(sizeof(PresenceRouterChain<Guarded<Edge<1, 2>, Ignore>, Guarded<Edge<1, 2>, Ignore>>) == 1);

    RouteTable table;
    table.add("@alice:x"_user, "@bob:x"_user);
    PresenceRouterChain const chain{std::cref(table), Broadcast{"@admin:x"_user} | guarded(Ignore{})};
    std::atomic<int> mistakes{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            UserPresenceState const bob{.user_id = "@bob:x"_user, .state = PresenceState::online};
            for (int times = 0; times < 200; ++times) {
                mistakes += chain.get_users_for_states({bob}).size() != 2;
                mistakes +=
                    chain.get_interested_users("@alice:x"_user) != InterestedUsers{std::set{bob.user_id}};
                mistakes += chain.states_for_user("@admin:x"_user, {bob}).size() != 1;
                mistakes += !chain.sees("@alice:x"_user, bob.user_id);
                mistakes += chain.sees(bob.user_id, "@alice:x"_user);
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(mistakes == 0);
}

TEST_CASE("contract 12: streaming and sees work in constant expressions", "[contract]") {
    static constexpr std::array notes{Note{1, 10}, Note{2, 20}};
    static constexpr PresenceRouterChain chain{Edge<7, 1>{}, Edge<8, 2>{} | guarded(Ignore{}),
                                               PresenceRouterChain{}};
    static constexpr auto sum = [] {
        int total = 0;
        for_each_route(chain, notes, [&](int viewer, Note const& note) { total += viewer * note.mood; });
        for_each_subject(chain, 8, [&](int subject) { total += 1000 * subject; });
        return total;
    };
    static_assert(sum() == 70 + 160 + 2000);
    static_assert(presence_router::sees(chain, 8, 2) && !presence_router::sees(chain, 8, 1));
    static_assert(noexcept(chain.sees(7, 1)));
    static_assert(!noexcept(PresenceRouterChain<Edge<1, 2>, Failing>{}.sees(7, 1)));
    CHECK(sum() == 2230);
}

TEST_CASE("the documentation's example: Alice receives the presence of Bob and of Charlie", "[contract]") {
    RouteTable table;
    table.add("@alice:example.com"_user, "@bob:example.com"_user);
    table.add("@alice:example.com"_user, "@charlie:somewhere.org"_user);
    PresenceRouterChain const chain{table, Broadcast{}};
    UserPresenceState const bob{.user_id = "@bob:example.com"_user, .state = PresenceState::online};
    CHECK(chain.get_users_for_states({bob}) == UsersForStates{{"@alice:example.com"_user, {bob}}});
    CHECK(chain.get_interested_users("@alice:example.com"_user) ==
          InterestedUsers{std::set{"@bob:example.com"_user, "@charlie:somewhere.org"_user}});
}

} // namespace

// A server with a vocabulary of its own: ids and states with == and a hash, customised by functions beside
// them.
namespace game {

struct PlayerId {
    std::uint64_t number = 0;
    friend bool operator==(PlayerId, PlayerId) = default;
};
struct Status {
    PlayerId whose{};
    int level = 0;
    friend bool operator==(Status const&, Status const&) = default;
};
inline PlayerId subject_of(Status const& status) noexcept { return status.whose; }
inline Status state_about(PlayerId id) noexcept { return {id, 0}; }

} // namespace game

template <>
struct std::hash<game::PlayerId> {
    std::size_t operator()(game::PlayerId id) const noexcept { return static_cast<std::size_t>(id.number); }
};
template <>
struct std::hash<game::Status> {
    std::size_t operator()(game::Status const& status) const noexcept {
        return static_cast<std::size_t>(status.level);
    }
};

namespace {

using game::PlayerId;
using game::Status;

struct Friends { // the two callbacks, in loose types
    using user_id_type = PlayerId;
    using state_type = Status;
    std::vector<std::pair<PlayerId, Status>> get_users_for_states(std::span<Status const> statuses) const {
        std::vector<std::pair<PlayerId, Status>> routes;
        for (Status const& status : statuses) routes.push_back({PlayerId{5}, status});
        return routes;
    }
    AllUsers get_interested_users(PlayerId) const { return all_users; }
};

TEST_CASE("a vocabulary of one's own, with == and a hash only, gets everything", "[contract]") {
    BasicRouteTable<PlayerId, Status> table;
    table.add({1}, {2});
    table.add({1}, {3});
    PresenceRouterChain const chain{std::cref(table), BasicBroadcast<PlayerId, Status>{PlayerId{9}},
                                    Friends{} | guarded(Ignore{}), PresenceRouterChain{}};
    std::vector<Status> const statuses{{{2}, 20}, {{4}, 40}, {{2}, 20}};
    std::unordered_map<PlayerId, std::unordered_set<Status>> const routes =
        chain.get_users_for_states(statuses);
    CHECK(routes.size() == 3);
    CHECK(routes.at({1}) == std::unordered_set<Status>{{{2}, 20}});
    CHECK(routes.at({5}).size() == 2);
    CHECK(routes.at({9}).size() == 2);
    CHECK(chain.states_for_user({1}, statuses).size() == 1);
    CHECK(chain.get_interested_users({1}) == std::variant<std::unordered_set<PlayerId>, AllUsers>{all_users});
    CHECK(table.get_interested_users({1}) ==
          std::variant<std::unordered_set<PlayerId>, AllUsers>{std::unordered_set<PlayerId>{{2}, {3}}});
    CHECK(presence_router::sees(Friends{}, {5}, {77}));
    CHECK_FALSE(presence_router::sees(Friends{}, {6}, {77}));
    CHECK(chain.sees({1}, {3}));
    CHECK_FALSE(chain.sees({1}, {4}));
}

} // namespace
