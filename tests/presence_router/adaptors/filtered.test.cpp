// SPDX-License-Identifier: BSL-1.0
#include <presence_router/adaptors/filtered.hpp>

// What all six filters have in common, with rules on viewers, subjects and routes; the filters by name are tested
// beside their own headers.

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/router.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <algorithm>
#include <compare>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using detail::About;
using support::Answering;
using support::Edge;
using support::Everything;
using support::Interest;
using support::Note;
using support::Routed;
using support::SpeaksNotes;

namespace {

template <About about, bool kept, class P>
auto filter(P predicate) {
    using Rule = detail::FilterRule<about, kept, P>;
    return detail::ClosureWith<Filtered, Rule>(Rule(std::move(predicate)));
}

constexpr int users = 6;

/// 1 and 2 are shown 3, 4 and 5; 0 is shown everybody.
struct Small : SpeaksNotes {
    Routed get_users_for_states(std::span<Note const> batch) const {
        Routed routes;
        for (Note const& note : batch) {
            routes[0].insert(note);
            if (note.user_id >= 3) routes[1].insert(note), routes[2].insert(note);
        }
        return routes;
    }
    Interest get_interested_users(int viewer) const {
        if (viewer == 0) return all_users;
        if (viewer <= 2) return std::set{3, 4, 5};
        return std::set<int>{};
    }
};

std::vector<Note> const everybody{{0, 7}, {1, 7}, {2, 7}, {3, 7}, {4, 7}, {5, 7}};

/// All lanes of `router` are those of Small, less the routes for which `allowed(viewer, subject)` is false.
template <class R, class Allowed>
void check_lanes(R const& router, Allowed allowed) {
    Routed const told = presence_router::get_users_for_states(router, everybody);
    for (int viewer = 0; viewer < users; ++viewer) {
        CAPTURE(viewer);
        std::set<Note> expected;
        std::set<int> subjects;
        for (Note const& note : everybody)
            if ((viewer == 0 || (viewer <= 2 && note.user_id >= 3)) && allowed(viewer, note.user_id)) {
                expected.insert(note);
                subjects.insert(note.user_id);
            }
        auto const found = told.find(viewer);
        CHECK((found == told.end() ? std::set<Note>{} : found->second) == expected);
        CHECK(presence_router::states_for_user(router, viewer, everybody) == expected);
        for (int subject = 0; subject < users; ++subject)
            CHECK(presence_router::sees(router, viewer, subject) == subjects.contains(subject));

        std::set<Note> streamed;
        presence_router::for_each_route(router, everybody, [&](int to, Note const& note) {
            if (to == viewer) streamed.insert(note);
        });
        CHECK(streamed == expected);

        Interest const pull = presence_router::get_interested_users(router, viewer);
        std::set<int> shown;
        bool const all = presence_router::for_each_subject(router, viewer, [&](int subject) {
                             shown.insert(subject);
                         }).has_value();
        CHECK(all == std::holds_alternative<AllUsers>(pull));
        if (!all) CHECK((std::get<0>(pull) == subjects && shown == subjects));
    }
}

struct Failure : std::runtime_error {
    Failure() : std::runtime_error{"the predicate is broken"} {}
};

/// Answers as `answers`, but throws when it is asked for the time `fails_at`, counted from 0.
struct FailsAt {
    int fails_at;
    bool answers;
    std::shared_ptr<int> asked = std::make_shared<int>(0);
    bool operator()(auto const&...) const {
        if ((*asked)++ == fails_at) throw Failure{};
        return answers;
    }
};

} // namespace

TEST_CASE("a filter on viewers decides on the viewer, and between all users and nobody") {
    auto const odd = [](int viewer) { return viewer % 2 == 1; };
    auto const only = Small{} | filter<About::viewer, true>(odd);
    check_lanes(only, [&](int viewer, int) { return odd(viewer); });
    CHECK(only.get_interested_users(0) == Interest{});
    auto const without = Small{} | filter<About::viewer, false>(odd);
    check_lanes(without, [&](int viewer, int) { return !odd(viewer); });
    CHECK(without.get_interested_users(0) == Interest{all_users});
}

TEST_CASE("a filter on subjects leaves all users standing, and the point lanes are exact") {
    auto const odd = [](int subject) { return subject % 2 == 1; };
    auto const only = Small{} | filter<About::subject, true>(odd);
    check_lanes(only, [&](int, int subject) { return odd(subject); });
    CHECK(only.get_interested_users(0) == Interest{all_users});
    CHECK(!only.sees(0, 2));
    CHECK(only.get_interested_users(1) == Interest{std::set{3, 5}});
    check_lanes(Small{} | filter<About::subject, false>(odd),
                [&](int, int subject) { return !odd(subject); });
}

TEST_CASE("a filter on routes decides on viewer and subject") {
    auto const close = [](int viewer, int subject) { return subject - viewer <= 2; };
    auto const only = Small{} | filter<About::route, true>(close);
    check_lanes(only, close);
    CHECK(only.get_interested_users(0) == Interest{all_users});
    check_lanes(Small{} | filter<About::route, false>(close),
                [&](int viewer, int subject) { return !close(viewer, subject); });
}

TEST_CASE("filters compose left to right, and around a chain") {
    auto const not_four = [](int subject) { return subject != 4; };
    auto const not_one = [](int viewer) { return viewer != 1; };
    auto const both = [&](int viewer, int subject) { return not_one(viewer) && not_four(subject); };
    check_lanes(Small{} | filter<About::subject, true>(not_four) | filter<About::viewer, true>(not_one),
                both);
    auto const closure = filter<About::viewer, true>(not_one) | filter<About::subject, true>(not_four);
    check_lanes(Small{} | closure, both);
    check_lanes(PresenceRouterChain{Small{}, Edge<1, 3>{}} | closure, both);
    check_lanes(PresenceRouterChain{Small{} | closure, Small{} | closure}, both);
    Small const small;
    check_lanes(std::ref(small) | closure, both);
}

TEST_CASE("a deny inside one router of a chain does not deny what another grants") {
    auto const nobody = [](int) { return false; };
    PresenceRouterChain const chain{Edge<1, 2>{} | filter<About::viewer, true>(nobody), Edge<1, 2>{}};
    CHECK(chain.sees(1, 2));
    CHECK(!(chain | filter<About::viewer, true>(nobody)).sees(1, 2));
}

TEST_CASE("of viewers without a state a filter on viewers decides; the others leave them") {
    auto const router = support::pushing([](auto) { return Routed{{1, {}}, {2, {}}}; });
    auto const one = [](int user) { return user == 1; };
    CHECK((router | filter<About::viewer, true>(one)).get_users_for_states({Note{3}}) == Routed{{1, {}}});
    CHECK((router | filter<About::viewer, false>(one)).get_users_for_states({Note{3}}) == Routed{{2, {}}});
    CHECK((router | filter<About::subject, true>(one)).get_users_for_states({Note{3}}).size() == 2);
    CHECK((router | filter<About::route, true>([](int, int) { return false; }))
              .get_users_for_states({Note{3}})
              .size() == 2);
}

TEST_CASE("a viewer who loses all states is not in the result") {
    auto const nobody = [](int) { return false; };
    CHECK((Small{} | filter<About::subject, true>(nobody)).get_users_for_states(everybody).empty());
}

TEST_CASE("the subject is that of the state that is routed, also of one that was not in the batch") {
    auto const rewriting = support::pushing([](auto) { return Routed{{1, {Note{9, 1}, Note{8, 1}}}}; });
    auto const filtered = rewriting | filter<About::subject, false>([](int subject) { return subject == 9; });
    CHECK(filtered.get_users_for_states({Note{2}}) == Routed{{1, {Note{8, 1}}}});
    CHECK(filtered.states_for_user(1, {Note{2}}) == std::set{Note{8, 1}});
}

TEST_CASE("nothing is asked of the router about a viewer who is refused") {
    std::vector<std::string> asked;
    support::Scripted const below{Routed{{1, {Note{2}}}}, Interest{std::set{2}}, "below", &asked};
    auto const refusing = below | filter<About::viewer, true>([](int) { return false; });
    CHECK(refusing.get_interested_users(1) == Interest{});
    CHECK(refusing.states_for_user(1, everybody).empty());
    CHECK(!refusing.sees(1, 2));
    CHECK(asked.empty());
}

TEST_CASE("a sink that has had enough stops the stream, and a route that is refused does not") {
    auto const filtered = Small{} | filter<About::subject, false>([](int subject) { return subject == 0; });
    int shown = 0;
    filtered.for_each_route(everybody, [&](int, Note const&) { return ++shown < 3; });
    CHECK(shown == 3);
    shown = 0;
    filtered.for_each_subject(1, [&](int) { return ++shown < 2; });
    CHECK(shown == 2);
}

TEST_CASE("a predicate that throws never widens the audience, on any lane, at whichever question") {
    auto const allowed = [](auto const& lane,
                            auto&& closure) { // what a lane shows, or had shown when it threw
        std::set<std::pair<int, int>> shown;
        try {
            lane(Small{} | closure, shown);
        } catch (Failure const&) {
        }
        return shown;
    };
    auto const route = [](auto const& router, auto& shown) {
        router.for_each_route(everybody,
                              [&](int viewer, Note const& note) { shown.emplace(viewer, note.user_id); });
    };
    auto const canonical = [](auto const& router, auto& shown) {
        for (auto const& [viewer, states] : router.get_users_for_states(everybody))
            for (Note const& note : states) shown.emplace(viewer, note.user_id);
    };
    auto const subjects = [](auto const& router, auto& shown) {
        for (int viewer = 0; viewer < users; ++viewer)
            if (router.for_each_subject(viewer, [&, viewer](int subject) { shown.emplace(viewer, subject); }))
                shown.emplace(viewer, -1);
    };
    auto const interested = [](auto const& router, auto& shown) {
        for (int viewer = 0; viewer < users; ++viewer) {
            Interest const interest = router.get_interested_users(viewer);
            if (std::holds_alternative<AllUsers>(interest)) shown.emplace(viewer, -1);
            else
                for (int const subject : std::get<0>(interest)) shown.emplace(viewer, subject);
        }
    };
    auto const for_user = [](auto const& router, auto& shown) {
        for (int viewer = 0; viewer < users; ++viewer)
            for (Note const& note : router.states_for_user(viewer, everybody))
                shown.emplace(viewer, note.user_id);
    };
    auto const pairs = [](auto const& router, auto& shown) {
        for (int viewer = 0; viewer < users; ++viewer)
            for (int subject = 0; subject < users; ++subject)
                if (router.sees(viewer, subject)) shown.emplace(viewer, subject);
    };
    constexpr int never = std::numeric_limits<int>::max();
    auto const check = [&]<About about, bool kept>(auto const& lane) {
        for (bool const answers : {true, false}) {
            auto const whole = allowed(lane, filter<about, kept>(FailsAt{never, answers}));
            for (int fails_at = 0; fails_at < 40; ++fails_at) {
                CAPTURE(static_cast<int>(about), kept, answers, fails_at);
                auto const part = allowed(lane, filter<about, kept>(FailsAt{fails_at, answers}));
                CHECK(std::includes(whole.begin(), whole.end(), part.begin(), part.end()));
                auto const ignore = [](std::exception_ptr) {};
                auto const inside =
                    allowed(lane, filter<about, kept>(FailsAt{fails_at, answers}) | guarded(ignore));
                CHECK(std::includes(whole.begin(), whole.end(), inside.begin(), inside.end()));
            }
        }
    };
    auto const check_all = [&](auto const& lane) {
        check.template operator()<About::viewer, true>(lane);
        check.template operator()<About::viewer, false>(lane);
        check.template operator()<About::subject, true>(lane);
        check.template operator()<About::subject, false>(lane);
        check.template operator()<About::route, true>(lane);
        check.template operator()<About::route, false>(lane);
    };
    check_all(route);
    check_all(canonical);
    check_all(subjects);
    check_all(interested);
    check_all(for_user);
    check_all(pairs);
}

TEST_CASE("under guarded a predicate that throws takes the whole answer with it, no half of it") {
    int failures = 0;
    auto const count = [&](std::exception_ptr) { ++failures; };
    auto const guarding = Small{} | filter<About::subject, true>(FailsAt{2, true}) | guarded(count);
    int shown = 0;
    guarding.for_each_route(everybody, [&](int, Note const&) { ++shown; });
    CHECK(shown == 0);
    CHECK(failures == 1);
}

TEST_CASE("guarded inside does not swallow what the predicate around it throws") {
    int failures = 0;
    auto const count = [&](std::exception_ptr) { ++failures; };
    auto const outside = [&] {
        return Small{} | guarded(count) | filter<About::subject, true>(FailsAt{0, true});
    };
    CHECK_THROWS_AS(outside().for_each_route(everybody, [](int, Note const&) {}), Failure);
    CHECK_THROWS_AS(outside().get_interested_users(1), Failure);
    CHECK(failures == 0);
}

namespace {

struct IsOdd {
    constexpr bool operator()(int user) const noexcept { return user % 2 == 1; }
};
struct MayThrow {
    constexpr bool operator()(int user) const { return user % 2 == 1; }
};

constexpr auto constant = PresenceRouterChain{Edge<1, 2>{}, Edge<1, 3>{}} |
                          detail::ClosureWith<Filtered, detail::FilterRule<About::subject, true, IsOdd>>(
                              detail::FilterRule<About::subject, true, IsOdd>(IsOdd{}));
using Constant = std::remove_const_t<decltype(constant)>;

template <About about, class P>
using EdgeWith = Filtered<Edge<1, 2>, detail::FilterRule<about, true, P>>;

constexpr int routes_of(auto const& router) {
    int routes = 0;
    router.for_each_route({Note{2, 0}, Note{3, 0}}, [&](int, Note const&) { ++routes; });
    return routes;
}

} // namespace

TEST_CASE("a filter is a router, costs no room when it has no state, and works in constant expressions") {
    STATIC_REQUIRE(PresenceRouter<Constant>);
    STATIC_REQUIRE(sizeof(Constant) == 1);
    STATIC_REQUIRE(sizeof(PresenceRouterChain{constant, constant, constant}) == 1);
    STATIC_REQUIRE(routes_of(constant) == 1);
    STATIC_REQUIRE(constant.sees(1, 3) && !constant.sees(1, 2));
}

TEST_CASE("what cannot throw says so, so that guarded need not buffer it") {
    auto const sink = [](int, Note const&) noexcept {};
    auto const show = [](int) noexcept {};
    auto const throwing = [](int, Note const&) {};
    EdgeWith<About::viewer, IsOdd> const viewers;
    EdgeWith<About::subject, IsOdd> const subjects;
    EdgeWith<About::subject, MayThrow> const may_throw;
    std::span<Note const> const batch;
    STATIC_REQUIRE(noexcept(viewers.sees(1, 2)) && noexcept(subjects.sees(1, 2)));
    STATIC_REQUIRE(noexcept(viewers.for_each_route(batch, sink)) &&
                   noexcept(subjects.for_each_route(batch, sink)));
    STATIC_REQUIRE(noexcept(viewers.for_each_subject(1, show)) &&
                   noexcept(subjects.for_each_subject(1, show)));
    STATIC_REQUIRE(!noexcept(subjects.for_each_route(batch, throwing)));
    STATIC_REQUIRE(!noexcept(may_throw.sees(1, 2)) && !noexcept(may_throw.for_each_route(batch, sink)));
    STATIC_REQUIRE(!noexcept(may_throw.for_each_subject(1, show)));
    STATIC_REQUIRE(!noexcept((Small{} | filter<About::viewer, true>(IsOdd{})).sees(1, 2)));
}

TEST_CASE("a filter above the empty chain fits every vocabulary") {
    auto const empty = PresenceRouterChain{} | filter<About::viewer, true>(IsOdd{});
    PresenceRouterChain const chain{empty, Edge<1, 2>{}};
    CHECK(chain.sees(1, 2));
}

TEST_CASE("tables, broadcasts and their ids are filtered like any other router") {
    BasicRouteTable<int, Note> table;
    for (int subject = 3; subject < users; ++subject) table.add(1, subject), table.add(2, subject);
    auto const odd = [](int subject) { return subject % 2 == 1; };
    check_lanes(PresenceRouterChain{std::ref(table), BasicBroadcast<int, Note>{0}} |
                    filter<About::subject, true>(odd),
                [&](int, int subject) { return odd(subject); });
}

namespace {

/// An id that is made of a name, which may fail.
struct Named {
    std::string name;
    Named(std::string const& given) : name{given} {
        if (name.empty()) throw std::invalid_argument{"nobody"};
    }
    friend auto operator<=>(Named const&, Named const&) noexcept = default;
};

struct AboutName {
    std::string user_id;
    friend auto operator<=>(AboutName const&, AboutName const&) noexcept = default;
};

} // namespace

TEST_CASE("what makes an id of the subject may throw, and guarded has it") {
    auto const anybody = [](Named const&) noexcept { return true; };
    std::vector<AboutName> const batch{{"a"}, {""}};
    auto const check = [&](auto const& router) {
        int errors = 0;
        int routes = 0;
        (router | guarded([&](std::exception_ptr) {
             ++errors;
         })).for_each_route(batch, [&](Named const&, AboutName const&) noexcept { ++routes; });
        CHECK(errors == 1);
        CHECK(routes == 0);
    };
    BasicRouteTable<Named, AboutName> table;
    table.add(Named{"v"}, Named{"a"});
    check(table);
    check(BasicBroadcast<Named, AboutName>{Named{"v"}} | filter<About::subject, true>(anybody));
}

TEST_CASE("a member of the ids is a predicate too") {
    struct Player {
        bool is_npc;
    };
    detail::FilterRule<About::viewer, true, bool Player::*> const rule{&Player::is_npc};
    CHECK(rule.allows_viewer(Player{true}));
    CHECK(!rule.allows_viewer(Player{false}));
}
