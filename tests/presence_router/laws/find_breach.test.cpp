// SPDX-License-Identifier: BSL-1.0
#include <presence_router/laws/find_breach.hpp>

#include "support/altered.hpp"
#include "support/catch.hpp"
#include "support/routers.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/laws/catch2.hpp>
#include <presence_router/routers/broadcast.hpp>

#include <compare>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <list>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Altered;
using support::Edge;
using support::Everything;
using support::Note;

namespace {

using States = std::span<UserPresenceState const>;

UserId const a = "@a:x"_user;
UserId const b = "@b:x"_user;
UserId const c = "@c:x"_user;
UserPresenceState const a_busy{.user_id = a, .state = PresenceState::busy};
UserPresenceState const b_online{.user_id = b, .state = PresenceState::online};
UserPresenceState const b_offline{.user_id = b};

/// Lawful to begin with: a receives b, and b receives both.
Altered lawful() {
    RouteTable routes;
    routes.add(a, b);
    routes.add(b, a);
    routes.add(b, b);
    return Altered{routes};
}

std::string breach_of(auto const& router, Claim claim = Claim::relation) {
    auto const breach = find_breach(router, {a, b}, {b_online, b_offline, a_busy}, claim);
    return breach ? breach->sentence : "";
}

/// Answers `first` once, and then what it answers to all else.
template <class Answer>
auto once(Answer first, Answer then) {
    return [first, then, calls = 0](auto&&...) mutable { return calls++ == 0 ? first : then; };
}

UsersForStates without(UsersForStates routes, UserId const& viewer, UserPresenceState const& state) {
    routes.at(viewer).erase(state);
    return routes;
}

} // namespace

// --- what is lawful

TEST_CASE("a lawful router has no breach", "[laws]") {
    for (Claim const claim : {Claim::routed_is_seen, Claim::any_order, Claim::one_by_one, Claim::relation}) {
        CHECK(breach_of(lawful(), claim).empty());
        CHECK(breach_of(lawful().lawful, claim).empty());
        CHECK(breach_of(Broadcast{a}, claim).empty());
        CHECK(breach_of(PresenceRouterChain{lawful(), Broadcast{b, c}}, claim).empty());
        CHECK(
            breach_of(PresenceRouterChain{lawful().lawful, Broadcast{a}} | guarded([](auto const&) {}), claim)
                .empty());
        CHECK(breach_of(PresenceRouterChain<>{}, claim).empty());
    }
}

TEST_CASE("a router may be asked through a reference, and change while it answers", "[laws]") {
    struct Changing {
        RouteTable routes;
        int asked = 0;
        UsersForStates get_users_for_states(States batch) {
            return ++asked, routes.get_users_for_states(batch);
        }
        InterestedUsers get_interested_users(UserId const& viewer) {
            return ++asked, routes.get_interested_users(viewer);
        }
    } router{lawful().lawful};
    CHECK(breach_of(std::ref(router)).empty());
    CHECK(router.asked > 10);
}

TEST_CASE("users and states may be any ranges, empty ones too", "[laws]") {
    std::list<UserId> const users{b, a, a};
    std::vector<UserPresenceState> const states{b_online, b_online, b_offline, a_busy};
    CHECK_FALSE(find_breach(lawful(), users, states));
    CHECK_FALSE(find_breach(lawful(), std::set{a}, std::set{b_online}));
    CHECK_FALSE(find_breach(lawful(), {}, {}));
    Altered router = lawful();
    router.granted = [](auto&&...) { return false; };
    CHECK_FALSE(find_breach(router, {}, {}));
    CHECK(find_breach(router, {a}, {})->sentence ==
          "sees(@a:x, @b:x) is false, but get_interested_users(@a:x) has @b:x");
}

TEST_CASE("subjects, and those whom a router brings in, are asked about too", "[laws]") {
    Altered router = lawful();
    router.lawful.add(c, b);
    CHECK(breach_of(router).empty());
    router.pull = [lawful = router.lawful](UserId const& viewer) {
        return viewer == c ? InterestedUsers{} : lawful.get_interested_users(viewer);
    };
    CHECK(find_breach(router, {}, {b_online})->sentence ==
          "push without pull: @c:x is routed @b:x online, but get_interested_users(@c:x) lacks @b:x");
    router = lawful();
    router.pull = [](UserId const&) { return InterestedUsers{std::set{c}}; };
    CHECK(find_breach(router, {a}, {})->sentence ==
          "sees(@a:x, @c:x) is false, but get_interested_users(@a:x) has @c:x");
}

// --- equal questions

TEST_CASE("equal questions have equal answers", "[laws]") {
    Claim const least = Claim::routed_is_seen;
    RouteTable const routes = lawful().lawful;
    UsersForStates const right = routes.get_users_for_states({b_online, b_offline, a_busy});
    UsersForStates const less = without(right, a, b_offline);

    auto const push = [&](auto Altered::* lane) {
        Altered router = lawful();
        router.push = [right](States) { return right; };
        router.*lane = once(less, right);
        return breach_of(router, least);
    };
    CHECK(push(&Altered::push) ==
          "one of two equal calls of get_users_for_states routes @b:x offline to @a:x, the other does not");
    CHECK(push(&Altered::streamed_push) ==
          "one of two equal calls of for_each_route routes @b:x offline to @a:x, the other does not");
    CHECK(push(&Altered::pointwise_push) ==
          "one of two equal calls of states_for_user routes @b:x offline to @a:x, the other does not");

    auto const pull = [&](auto Altered::* lane, InterestedUsers const& first) {
        Altered router = lawful();
        router.*lane = [first, routes, asked = false](UserId const& viewer) mutable {
            return viewer == a && !std::exchange(asked, true) ? first : routes.get_interested_users(viewer);
        };
        return breach_of(router, least);
    };
    CHECK(pull(&Altered::pull, InterestedUsers{}) ==
          "asked by @a:x, one of two equal calls of get_interested_users has @b:x, the other does not");
    CHECK(pull(&Altered::streamed_pull, all_users) ==
          "asked by @a:x, one of two equal calls of for_each_subject answers all users, the other does not");

    Altered router = lawful();
    router.granted = [routes, calls = 0](UserId const& viewer, UserId const& subject) mutable {
        return routes.sees(viewer, subject) != (viewer == a && subject == a && ++calls % 2 == 0);
    };
    CHECK(breach_of(router, least) == "two equal calls of sees(@a:x, @a:x) differ");
}

// --- the lanes

TEST_CASE("the lanes agree", "[laws]") {
    Claim const least = Claim::routed_is_seen;
    UsersForStates const less =
        without(lawful().lawful.get_users_for_states({b_online, b_offline, a_busy}), b, a_busy);
    UsersForStates more = lawful().lawful.get_users_for_states({b_online, b_offline, a_busy});
    more[a].insert(a_busy);
    auto const push = [&](auto Altered::* lane, UsersForStates const& answer) {
        Altered router = lawful();
        router.*lane = [answer](States batch) { return batch.size() == 3 ? answer : UsersForStates{}; };
        return breach_of(router, least);
    };
    CHECK(push(&Altered::streamed_push, less) ==
          "get_users_for_states routes @a:x busy to @b:x, for_each_route does not");
    CHECK(push(&Altered::streamed_push, more) ==
          "for_each_route routes @a:x busy to @a:x, get_users_for_states does not");
    CHECK(push(&Altered::pointwise_push, less) ==
          "get_users_for_states routes @a:x busy to @b:x, states_for_user does not");
    CHECK(push(&Altered::pointwise_push, more) ==
          "states_for_user routes @a:x busy to @a:x, get_users_for_states does not");

    auto const pull = [&](InterestedUsers const& answer) {
        Altered router = lawful();
        router.streamed_pull = [answer](UserId const&) { return answer; };
        return breach_of(router, least);
    };
    CHECK(pull(InterestedUsers{}) ==
          "asked by @a:x, get_interested_users has @b:x, for_each_subject does not");
    CHECK(pull(std::set{a, b}) == "asked by @a:x, for_each_subject has @a:x, get_interested_users does not");
    CHECK(pull(all_users) ==
          "asked by @a:x, for_each_subject answers all users, get_interested_users does not");
    Altered router{RouteTable{}};
    router.pull = [](UserId const&) { return all_users; };
    router.streamed_pull = [](UserId const&) { return InterestedUsers{}; };
    CHECK(breach_of(router, least) ==
          "asked by @a:x, get_interested_users answers all users, for_each_subject does not");
}

TEST_CASE("entries without a state, routes shown twice and subjects shown before all users are no breach",
          "[laws]") {
    Altered router = lawful();
    router.push = [routes = router.lawful](States batch) {
        UsersForStates answer = routes.get_users_for_states(batch);
        answer[c];
        return answer;
    };
    CHECK(breach_of(router).empty());
    CHECK(breach_of(PresenceRouterChain{lawful(), lawful()}).empty());
    CHECK(breach_of(PresenceRouterChain{lawful().lawful, Broadcast{a, b}}).empty());
}

// --- the batch

TEST_CASE("the order of a batch does not matter, where that is claimed", "[laws]") {
    Altered router = lawful();
    router.push = [](States batch) {
        UsersForStates answer;
        if (!batch.empty()) answer[b].insert(batch.front());
        return answer;
    };
    CHECK(breach_of(router, Claim::routed_is_seen).empty());
    CHECK(breach_of(router, Claim::any_order) ==
          "get_users_for_states of the batch routes @b:x online to @b:x, get_users_for_states of the batch "
          "backwards does not");
}

TEST_CASE("an update is routed whatever else is in the batch, where that is claimed", "[laws]") {
    auto const breach = [](auto const& wrong, UserPresenceState const& extra) {
        Altered router = lawful();
        router.push = [wrong, extra, routes = router.lawful](States batch) {
            UsersForStates answer = routes.get_users_for_states(batch);
            if (!wrong(batch.size())) return answer;
            if (!answer[b].erase(extra)) answer[b].insert(extra);
            return answer;
        };
        CHECK(breach_of(router, Claim::any_order).empty());
        return breach_of(router, Claim::one_by_one);
    };
    CHECK(
        breach([](std::size_t size) { return size == 0; }, a_busy) ==
        "get_users_for_states of {} routes @a:x busy to @b:x, get_users_for_states of each state alone does "
        "not");
    CHECK(breach([](std::size_t size) { return size == 2; }, b_offline) ==
          "get_users_for_states of each state alone routes @b:x offline to @b:x, get_users_for_states of "
          "{@b:x online, @b:x offline} does not");
    CHECK(breach([](std::size_t size) { return size == 3; }, b_offline) ==
          "get_users_for_states of each state alone routes @b:x offline to @b:x, get_users_for_states of "
          "{@b:x online, @b:x offline, @a:x busy} does not");
}

TEST_CASE("a relation routes states of the batch and no others", "[laws]") {
    Altered router = lawful();
    router.push = [routes = router.lawful](States batch) {
        UsersForStates answer = routes.get_users_for_states(batch);
        if (answer.contains(a))
            answer[a] = {UserPresenceState{.user_id = b, .state = PresenceState::unavailable}};
        return answer;
    };
    CHECK(breach_of(router, Claim::one_by_one).empty());
    CHECK(breach_of(router) ==
          "get_users_for_states of {@b:x online} routes @b:x unavailable to @a:x, which is "
          "no state of that batch");
    // Also a state that is another's in the sample: it was not asked about.
    router.push = [](States batch) {
        UsersForStates answer;
        if (!batch.empty()) answer[b] = {b_offline};
        return answer;
    };
    CHECK(
        breach_of(router) ==
        "get_users_for_states of {@b:x online} routes @b:x offline to @b:x, which is no state of that batch");
}

// --- push, pull and sees

TEST_CASE("who is routed a state sees its subject", "[laws]") {
    Altered router = lawful();
    router.granted = [](UserId const& viewer, UserId const&) { return viewer == b; };
    CHECK(breach_of(router, Claim::one_by_one) ==
          "@a:x is routed @b:x online, but sees(@a:x, @b:x) is false");
    // Also where it is routed only when it is alone, or only when it is not.
    for (std::size_t const size : {std::size_t{1}, std::size_t{3}}) {
        router.push = [size, routes = router.lawful](States batch) {
            return batch.size() == size ? routes.get_users_for_states(batch) : UsersForStates{};
        };
        CHECK(breach_of(router, Claim::any_order) ==
              "@a:x is routed @b:x online, but sees(@a:x, @b:x) is false");
    }
    router.push = [](States) { return UsersForStates{}; };
    CHECK(breach_of(router, Claim::one_by_one).empty());
}

TEST_CASE("push, pull and sees are three sides of one relation", "[laws]") {
    RouteTable const routes = lawful().lawful;
    auto const breach = [&](RouteTable const& push, auto const& pull, RouteTable const& granted) {
        Altered router{push};
        router.pull = [pull](UserId const& viewer) { return pull.get_interested_users(viewer); };
        router.granted = [granted](UserId const& viewer, UserId const& subject) {
            return granted.sees(viewer, subject);
        };
        return breach_of(router);
    };
    RouteTable fewer = routes;
    fewer.remove(a, b);

    CHECK(breach(routes, routes, routes).empty());
    CHECK(breach(routes, fewer, routes) ==
          "push without pull: @a:x is routed @b:x online, but get_interested_users(@a:x) lacks @b:x");
    CHECK(breach(fewer, routes, routes) ==
          "pull without push: get_interested_users(@a:x) has @b:x, but @a:x is not routed @b:x online");
    CHECK(breach(routes, routes, fewer) ==
          "sees(@a:x, @b:x) is false, but get_interested_users(@a:x) has @b:x");
    CHECK(breach(fewer, fewer, routes) ==
          "sees(@a:x, @b:x) is true, but get_interested_users(@a:x) lacks @b:x");

    struct Everybody {
        InterestedUsers get_interested_users(UserId const&) const { return all_users; }
    } const everybody{};
    CHECK(breach(routes, everybody, routes).empty());
    CHECK(breach(fewer, everybody, fewer).empty());
    CHECK(breach(fewer, everybody, routes) == "sees without push: get_interested_users(@a:x) is all users "
                                              "and sees(@a:x, @b:x) is true, but @a:x is "
                                              "not routed @b:x online");
    CHECK(breach(routes, everybody, fewer) == "@a:x is routed @b:x online, but sees(@a:x, @b:x) is false");
}

TEST_CASE("an answer that depends on the state is a breach of the relation, and of nothing else", "[laws]") {
    Altered router = lawful();
    router.push = [routes = router.lawful](States batch) {
        UsersForStates answer = routes.get_users_for_states(batch);
        for (auto& [viewer, states] : answer)
            std::erase_if(states, [](auto const& state) { return state.state == PresenceState::offline; });
        return answer;
    };
    CHECK(breach_of(router, Claim::one_by_one).empty());
    CHECK(breach_of(router) ==
          "pull without push: get_interested_users(@a:x) has @b:x, but @a:x is not routed @b:x offline");
}

TEST_CASE("the first breach is told, and no other", "[laws]") {
    Altered router = lawful();
    router.streamed_push = [](States) { return UsersForStates{}; };
    router.pull = [](UserId const&) { return InterestedUsers{}; };
    router.granted = [](auto&&...) { return false; };
    CHECK(breach_of(router) == "get_users_for_states routes @b:x online to @a:x, for_each_route does not");
}

// --- other vocabularies

namespace {

/// With a hash and no order, and without <<.
struct Player {
    int number = 0;
    friend bool operator==(Player, Player) = default;
};
struct Score {
    Player user_id;
    int points = 0;
    friend bool operator==(Score, Score) = default;
};
/// With an order and no equality.
struct Seat {
    int number = 0;
    friend bool operator<(Seat one, Seat other) { return one.number < other.number; }
};
struct Move {
    Seat user_id;
    friend bool operator<(Move one, Move other) { return one.user_id < other.user_id; }
};

template <class Id, class State>
struct Deaf { // tells everything to one user, whom nobody answers
    using user_id_type = Id;
    using state_type = State;
    std::vector<std::pair<Id, State>> get_users_for_states(std::span<State const> batch) const {
        std::vector<std::pair<Id, State>> routes;
        for (State const& state : batch) routes.emplace_back(viewer, state);
        return routes;
    }
    std::vector<Id> get_interested_users(Id const&) const { return {}; }
    Id viewer;
};

} // namespace

template <>
struct std::hash<Player> {
    std::size_t operator()(Player player) const noexcept {
        return static_cast<std::size_t>(player.number % 2);
    }
};
template <>
struct std::hash<Score> {
    std::size_t operator()(Score score) const noexcept { return static_cast<std::size_t>(score.points); }
};

TEST_CASE("what has no << is named by its place in the sample", "[laws]") {
    Deaf<Player, Score> const players{Player{8}};
    CHECK(find_breach(players, {Player{9}, Player{9}, Player{8}}, {Score{{7}, 1}, Score{{7}, 2}})->sentence ==
          "push without pull: user #1 is routed state #0 of user #2, but get_interested_users(user #1) lacks "
          "user #2");
    CHECK(find_breach(players, {}, {Score{{7}, 1}})->sentence ==
          "push without pull: a user who is not in the sample is routed state #0 of user #0, but "
          "get_interested_users(a user who is not in the sample) lacks user #0");
    BasicRouteTable<Player, Score> table;
    table.add({1}, {2});
    CHECK_FALSE(find_breach(table, {Player{1}}, {Score{{2}, 1}, Score{{2}, 2}, Score{{1}, 1}}));

    Deaf<Seat, Move> const seats{Seat{8}};
    CHECK(find_breach(seats, {Seat{9}}, {Move{{7}}}, Claim::one_by_one)->sentence ==
          "a user who is not in the sample is routed state #0 of user #1, but sees(a user who is not in the "
          "sample, user #1) is false");
    BasicBroadcast<Seat, Move> const broadcast{Seat{3}};
    CHECK_FALSE(find_breach(broadcast, {Seat{1}}, {Move{{2}}, Move{{1}}}));

    CHECK_FALSE(
        find_breach(PresenceRouterChain{Edge<1, 2>{}, Everything<3>{}}, {1, 2, 3}, {Note{2, 1}, Note{3, 1}}));
    support::Scripted const makes_its_own({{1, {Note{2, 9}}}}, std::set{2});
    CHECK(find_breach(makes_its_own, {1}, {Note{2, 1}})->sentence ==
          "get_users_for_states of {state #0 of 2} routes a state of 2 that is not in the sample to 1, which "
          "is "
          "no state of that batch");
}
