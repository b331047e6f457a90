// SPDX-License-Identifier: BSL-1.0
#include <presence_router/insight/explain.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/observed.hpp>
#include <presence_router/adaptors/routes.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/adaptors/transformed.hpp>
#include <presence_router/adaptors/viewers.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/presence_router.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <array>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
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

/// What the explanation says below its first line.
template <class R>
std::string lines(R const& router, int viewer, int subject) {
    auto const explanation = explain(router, viewer, subject);
    std::string text = explanation.text();
    return text.erase(0, text.find('\n') + 1);
}

struct Named : Edge<1, 2> {
    static constexpr std::string_view name = "Named";
};

struct TellsItsName : Edge<1, 2> {
    std::string name() const { return "told"; }
};

struct Asked : support::SpeaksNotes { // changes while it answers
    int times = 0;
    Routed get_users_for_states(std::span<Note const>) { return {}; }
    Interest get_interested_users(int const&) {
        ++times;
        return std::set{2};
    }
};

struct Is {
    static constexpr std::string_view name = "is";
    int number;
    bool operator()(int user) const { return user == number; }
};

struct IsRoute {
    bool answer;
    bool operator()(int, int) const { return answer; }
};

struct Policy : PresenceRouterChain<Edge<1, 3>, Named> {
    static constexpr std::string_view name = "policy";
};

struct Hiding : Policy {
    bool sees(int, int) const { return false; }
};

struct HidingByTemplate : Policy {
    template <class Id>
    bool sees(Id const&, Id const&) const {
        return false;
    }
};

struct HidingByStatic : Policy {
    static bool sees(int, int) { return false; }
};

using Filter = decltype(Edge<1, 2>{} | without_viewers(Is{1}));
struct Loud : Filter {
    Loud() : Filter(Edge<1, 2>{} | without_viewers(Is{1})) {}
    bool sees(int viewer, int) const noexcept { return viewer == 1; }
};

constexpr auto ignore = [](std::exception_ptr const&) {};

} // namespace

TEST_CASE("explain asks a router by itself, and names it if it has a name") {
    CHECK(lines(Edge<1, 2>{}, 1, 2) == "  router: grants <- decides\n");
    CHECK(lines(Edge<1, 2>{}, 2, 1) == "  router: does not grant\n");
    CHECK(lines(Named{}, 1, 2) == "  Named: grants <- decides\n");
    CHECK(lines(TellsItsName{}, 1, 3) == "  told: does not grant\n");
    auto const explanation = explain(Named{}, 1, 2);
    STATIC_REQUIRE(std::is_same_v<decltype(explanation), BasicExplanation<int> const>);
    CHECK(explanation.sees());
    REQUIRE(explanation.nodes().size() == 1);
    CHECK(explanation.decisive() == &explanation.nodes()[0]);
    CHECK(explanation.nodes()[0] == ExplanationNode{.name = "Named", .grants = true});
}

TEST_CASE("explain asks a router of the two callbacks as sees does") {
    Scripted const all{{{7, {{2, 0}}}}, all_users};
    CHECK(explain(all, 7, 2).sees());
    CHECK_FALSE(explain(all, 8, 2).sees());
    CHECK(explain(Scripted{{}, std::set{2}}, 8, 2).sees());
}

TEST_CASE("explain tells what each router of a chain says, and which decides") {
    PresenceRouterChain const chain{Edge<1, 3>{}, Named{}, Everything<1>{}};
    CHECK(explain(chain, 1, 2).text() == R"(1 sees 2: 1 Named grants it
  chain: grants
    0 router: does not grant
    1 Named: grants <- decides
    2 router: would grant
)");
    CHECK(explain(chain, 2, 2).text() == R"(2 does not see 2: no router grants it
  chain: does not grant
    0 router: does not grant
    1 Named: does not grant
    2 router: does not grant
)");
    CHECK_FALSE(explain(chain, 1, 2).nodes()[3].asked);
    CHECK(explain(chain, 1, 9).decided_by() == "2");
}

TEST_CASE("explain counts positions as get does, empty chains included, which say nothing") {
    PresenceRouterChain const chain{PresenceRouterChain<>{}, PresenceRouterChain{Edge<1, 2>{}, Named{}},
                                    PresenceRouterChain<>{} | guarded(ignore), Named{}};
    CHECK(lines(chain, 1, 2) == R"(  chain: grants
    1 chain: grants
      0 router: grants <- decides
      1 Named: would grant
    3 Named: would grant
)");
    CHECK(explain(chain, 1, 2).decided_by() == "1.0");
    auto const none = explain(PresenceRouterChain<>{}, "@alice:x"_user, "@bob:x"_user);
    CHECK_FALSE(none.sees());
    CHECK(none.nodes().empty());
    CHECK_FALSE(explain(PresenceRouterChain<>{} | guarded(ignore), "@alice:x"_user, "@bob:x"_user).sees());
}

TEST_CASE("explain asks routers that are referred to, also those that change while they answer") {
    Asked asked;
    PresenceRouterChain const chain{std::ref(asked), Named{}};
    CHECK(explain(chain, 1, 2).decided_by() == "0");
    CHECK(asked.times == 1);
    CHECK(explain(std::ref(asked), 1, 3).text() ==
          "1 does not see 3: no router grants it\n  router: does not grant\n");
    CHECK(explain(std::cref(chain), 1, 2).decided_by() == "0");
    CHECK(asked.times == 3);
}

TEST_CASE("explain tells which filter denies, by its predicate's name, and what it keeps back") {
    auto const said = [](auto const& filter) {
        auto const explanation = explain(Named{} | filter, 1, 2);
        CHECK(explanation.sees() == presence_router::sees(Named{} | filter, 1, 2));
        REQUIRE(explanation.nodes().size() == 2);
        CHECK(explanation.nodes()[0].grants == explanation.sees());
        CHECK(explanation.nodes()[1].asked == explanation.sees());
        CHECK((explanation.denier() == nullptr) == explanation.sees());
        if (!explanation.sees()) {
            CHECK(explanation.denier() == &explanation.nodes()[0]);
            CHECK(explanation.text().find("denies it\n") != std::string::npos);
            CHECK(explanation.text().ends_with("  Named: would grant\n"));
        }
        std::string const text = lines(Named{} | filter, 1, 2);
        return text.substr(2, text.find('\n') - 2);
    };
    CHECK(said(only_viewers(Is{1})) == "only_viewers(is): allows");
    CHECK(said(only_viewers(Is{2})) == "only_viewers(is): denies");
    CHECK(said(without_viewers(Is{2})) == "without_viewers(is): allows");
    CHECK(said(without_viewers(Is{1})) == "without_viewers(is): denies");
    CHECK(said(only_subjects(Is{2})) == "only_subjects(is): allows");
    CHECK(said(only_subjects(Is{1})) == "only_subjects(is): denies");
    CHECK(said(without_subjects(Is{1})) == "without_subjects(is): allows");
    CHECK(said(without_subjects(Is{2})) == "without_subjects(is): denies");
    CHECK(said(only_routes(IsRoute{true})) == "only_routes: allows");
    CHECK(said(only_routes(IsRoute{false})) == "only_routes: denies");
    CHECK(said(without_routes(IsRoute{false})) == "without_routes: allows");
    CHECK(said(without_routes(IsRoute{true})) == "without_routes: denies");
}

TEST_CASE("explain lets a filter deny what stands below it, and nothing beside it") {
    PresenceRouterChain const chain{Named{} | without_subjects(Is{2}), Everything<1>{}, Edge<1, 2>{}};
    CHECK(explain(chain, 1, 2).text() == R"(1 sees 2: 1 grants it
  chain: grants
    0 without_subjects(is): denies
      Named: would grant
    1 router: grants <- decides
    2 router: would grant
)");
    auto const around = chain | without_subjects(Is{3}) | only_viewers(Is{7});
    CHECK(explain(around, 1, 2).text() == R"(1 does not see 2: only_viewers(is) denies it
  only_viewers(is): denies
    without_subjects(is): allows
      chain: would grant
        0 without_subjects(is): denies
          Named: would grant
        1 router: would grant
        2 router: would grant
)");
    CHECK(explain(around, 8, 9).text().starts_with("8 does not see 9: no router grants it\n"));
}

TEST_CASE("explain looks through observed, whose observer is told nothing") {
    int told = 0;
    auto const watched = Named{} | observed([&](Observation const&) { ++told; });
    CHECK(lines(watched, 1, 2) == "  observed: grants\n    Named: grants <- decides\n");
    CHECK(lines(watched, 2, 2) == "  observed: does not grant\n    Named: does not grant\n");
    CHECK(told == 0);
}

TEST_CASE("explain tells that transformed takes a blank state away, which sees does not know") {
    std::vector<std::pair<int, Note>> given;
    auto const taking = Named{} | transformed([&](int viewer, Note const& note) -> std::optional<Note> {
                            given.emplace_back(viewer, note);
                            return std::nullopt;
                        });
    CHECK(lines(taking, 1, 2) == R"(  transformed: grants, takes a blank state away
    Named: grants <- decides
)");
    CHECK(given == std::vector{std::pair{1, Note{2}}});
    auto const keeping = Named{} | transformed([](int, Note const& note) { return Note{note.user_id, 7}; });
    CHECK(lines(keeping, 1, 2) == "  transformed: grants\n    Named: grants <- decides\n");
    auto const stealing = Named{} | transformed([](int, Note const&) { return Note{9}; }); // is dropped
    CHECK(explain(stealing, 1, 2).nodes()[0].takes_away);
    auto const throwing =
        Named{} | transformed([](int, Note const&) -> std::optional<Note> { throw Failure{}; });
    CHECK(lines(throwing, 1, 2) == R"(  transformed: grants, throws "this router is broken"
    Named: grants <- decides
)");
}

TEST_CASE("explain passes on what sees would throw") {
    CHECK_THROWS_AS(explain(Failing{}, 1, 2), Failure);
    CHECK_THROWS_AS(explain(PresenceRouterChain{Edge<1, 3>{}, Failing{}, Named{}}, 1, 2), Failure);
    CHECK_THROWS_AS(explain(PresenceRouterChain{Failing{} | only_viewers(Is{1})}, 1, 2), Failure);
    auto const throwing = [](int) -> bool { throw Failure{}; };
    CHECK_THROWS_AS(explain(Named{} | only_viewers(throwing), 1, 2), Failure);
    CHECK_THROWS_AS(explain(Named{} | without_subjects(throwing), 1, 2), Failure);
}

TEST_CASE("explain shows the failure of what sees would not ask") {
    CHECK(lines(PresenceRouterChain{Named{}, Failing{}}, 1, 2) == R"(  chain: grants
    0 Named: grants <- decides
    1 router: throws "this router is broken"
)");
    CHECK(lines(Failing{} | only_viewers(Is{2}), 1, 2) == R"(  only_viewers(is): denies
    router: throws "this router is broken"
)");
    auto const throwing = [](int) -> bool { throw 7; };
    CHECK(lines(PresenceRouterChain{Named{}, Named{} | only_viewers(throwing)}, 1, 2) == R"(  chain: grants
    0 Named: grants <- decides
    1 only_viewers: throws "an exception that is no std::exception"
)");
}

TEST_CASE("explain tells what guarded swallows, and asks its handler as sees does") {
    int handled = 0;
    auto const guard = guarded([&](std::exception_ptr const&) { ++handled; });
    CHECK(lines(Named{} | guard, 1, 2) == "  guarded: grants\n    Named: grants <- decides\n");
    CHECK(handled == 0);
    PresenceRouterChain const broken{Edge<1, 3>{}, Failing{}, Named{}};
    PresenceRouterChain const chain{broken | guard, Named{}};
    CHECK(explain(chain, 1, 2).text() == R"(1 sees 2: 1 Named grants it
  chain: grants
    0 guarded: does not grant, swallows "this router is broken"
      chain: throws "this router is broken"
        0 router: does not grant
        1 router: throws "this router is broken"
    1 Named: grants <- decides
)");
    CHECK(handled == 1);
    // What was granted before stays so, as sees does not get to the failure.
    CHECK(explain(broken | guard, 1, 3).decided_by() == "0");
    CHECK(handled == 1);
    auto const rethrowing = guarded([](std::exception_ptr const&) { throw; });
    CHECK_THROWS_AS(explain(broken | rethrowing, 1, 2), Failure);
    CHECK(explain(PresenceRouterChain{Named{}, broken | rethrowing}, 1, 2).sees());
}

TEST_CASE("explain knows the ready routers by name") {
    using namespace std::string_literals;
    UserId const alice = "@alice:x"_user, bob = "@bob:x"_user;
    RouteTable routes;
    routes.add(alice, bob);
    RoomDirectory rooms;
    UserRelation rosters;
    TimedGrants const grants;
    auto const nobodys = [](UserId const&) { return std::vector<UserId>{}; };
    PresenceRouterChain const chain{std::cref(routes),  Broadcast{bob},
                                    SharedRooms{rooms}, Contacts{rosters, ListedBy::both},
                                    OwnPresence{},      from_relation(nobodys, nobodys),
                                    std::cref(grants)};
    auto const explanation = explain(chain, alice, bob);
    std::vector<std::string> names;
    for (ExplanationNode const& node : explanation.nodes().subspan(1)) names.push_back(node.name);
    CHECK(names == std::vector{"RouteTable"s, "Broadcast"s, "SharedRooms"s, "Contacts"s, "OwnPresence"s,
                               "from_relation"s, "TimedGrants"s});
    CHECK(explanation.text().starts_with("@alice:x sees @bob:x: 0 RouteTable grants it\n"));
}

TEST_CASE("explain knows the ready predicates by name") {
    UserId const alice = "@alice:x"_user, bob = "@bob:x"_user;
    std::set<UserId> const users{bob};
    UserRelation lists;
    auto const name_of = [&](auto const& filter) {
        return explain(Broadcast{alice} | filter, alice, bob).nodes()[0].name;
    };
    CHECK(name_of(without_subjects(one_of(bob))) == "one_of");
    CHECK(name_of(without_subjects(one_of(users))) == "one_of");
    CHECK(name_of(only_viewers(on_server("*.x"))) == "on_server");
    CHECK(name_of(only_viewers(matching("@*"))) == "matching");
    CHECK(name_of(only_routes(same_server)) == "same_server");
    CHECK(name_of(without_routes(ignored_by(lists))) == "ignored_by");
    CHECK(name_of(without_routes(ignored_by_viewer(lists))) == "ignored_by_viewer");
    CHECK(name_of(without_routes(ignored_by_subject(lists))) == "ignored_by_subject");
    CHECK(name_of(without_routes(invisible(users))) == "invisible");
    CHECK(name_of(without_routes(mutually_invisible(users))) == "mutually_invisible");
    CHECK(name_of(without_routes(!same_server)).empty());
}

TEST_CASE("explain looks into what derives from a chain, unless it answers sees by itself") {
    CHECK(lines(Policy{}, 1, 2) == R"(  chain(policy): grants
    0 router: does not grant
    1 Named: grants <- decides
)");
    CHECK(explain(Hiding{}, 1, 2).text() ==
          "1 does not see 2: no router grants it\n  policy: does not grant\n");
    CHECK(lines(Loud{}, 1, 2) == "  router: grants <- decides\n");
    CHECK_FALSE(explain(HidingByTemplate{}, 1, 2).sees());
    CHECK_FALSE(explain(HidingByStatic{}, 1, 2).sees());
}

TEST_CASE("explain of a router that stands behind a type of its own passes through it") {
    // As a router whose type is erased does.
    struct Passing : support::SpeaksNotes {
        PresenceRouterChain<Edge<1, 3>, Named> held;
        Routed get_users_for_states(std::span<Note const> batch) const {
            return held.get_users_for_states(batch);
        }
        Interest get_interested_users(int const& viewer) const { return held.get_interested_users(viewer); }
        bool explain_sees(int const& viewer, int const& subject, detail::Inquiry& inquiry) const {
            inquiry.is_adaptor("passing");
            return inquiry.ask(held, viewer, subject);
        }
    };
    CHECK(lines(Passing{}, 1, 2) == R"(  passing: grants
    chain: grants
      0 router: does not grant
      1 Named: grants <- decides
)");
}

TEST_CASE("explain sees through erased and registered routers", "[insight]") {
    using Any = BasicAnyPresenceRouter<int, Note>;
    auto const rule = [] {
        return PresenceRouterChain{Named{}, Edge<1, 3>{}} |
               without_subjects([](int subject) { return subject == 3; });
    };
    for (int const subject : {2, 3, 4}) {
        CHECK(explain(Any{rule()}, 1, subject) == explain(rule(), 1, subject));
        CHECK(explain(PresenceRouterChain{Any{Named{}}, Any{rule()}}, 1, subject) ==
              explain(PresenceRouterChain{Named{}, rule()}, 1, subject));
    }

    BasicPresenceRouterRegistry<int, Note> registry;
    registry.replace_all(Edge<1, 4>{}, Named{}, rule());
    auto const explanation = explain(registry, 1, 2);
    CHECK(explanation.sees());
    CHECK(explanation.decided_by() == "1 Named");
    CHECK_FALSE(explain(registry, 1, 3).sees());
    CHECK(lines(registry, 1, 2).find("registry") != std::string::npos);
}
