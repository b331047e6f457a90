// SPDX-License-Identifier: BSL-1.0
#include <presence_router/adaptors/transformed.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/transformations.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <exception>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Interest;
using support::Note;
using support::Routed;

namespace {

constexpr PresenceRouterChain router{Edge<1, 2>{}, Edge<1, 3>{}, Everything<4>{}};

struct Louder {
    constexpr Note operator()(int viewer, Note const& note) const noexcept {
        return {note.user_id, note.mood * 10 + viewer};
    }
};

} // namespace

TEST_CASE("transformed gives each viewer a state of their own, on all push lanes") {
    constexpr auto louder = router | transformed(Louder{});
    STATIC_REQUIRE(PresenceRouter<std::remove_const_t<decltype(louder)>>);
    std::vector<Note> const batch{{2, 5}, {3, 6}};
    Routed const expected{{1, {{2, 51}, {3, 61}}}, {4, {{2, 54}, {3, 64}}}};
    CHECK(louder.get_users_for_states(batch) == expected);
    CHECK(louder.states_for_user(1, batch) == expected.at(1));
    CHECK(louder.states_for_user(4, batch) == expected.at(4));
    CHECK(louder.states_for_user(2, batch).empty());
    Routed streamed;
    louder.for_each_route(batch, [&](int viewer, Note const& note) { streamed[viewer].insert(note); });
    CHECK(streamed == expected);
}

TEST_CASE("transformed leaves the pull side and sees as they are") {
    constexpr auto louder = router | transformed(Louder{});
    CHECK(louder.get_interested_users(1) == Interest{std::set{2, 3}});
    CHECK(louder.get_interested_users(4) == Interest{all_users});
    STATIC_REQUIRE(louder.sees(1, 2) && louder.sees(4, 9) && !louder.sees(2, 1));
    STATIC_REQUIRE(noexcept(louder.sees(1, 2)));
}

TEST_CASE("an optional says that nothing is received; sees is that of the router below") {
    auto const no_moods = [](int, Note const& note) -> std::optional<Note> {
        if (note.mood == 0) return std::nullopt;
        return note;
    };
    auto const quiet = router | transformed(no_moods);
    CHECK(quiet.get_users_for_states({Note{2, 0}}).empty());
    CHECK(quiet.states_for_user(1, {Note{2, 0}, Note{3, 1}}) == std::set{Note{3, 1}});
    CHECK(quiet.sees(1, 2));
}

TEST_CASE("a pointer and a reference pass a state on without a copy") {
    std::vector<Note> const batch{{2, 5}};
    auto const check = [&](auto const& unchanged) {
        int routes = 0;
        unchanged.for_each_route(batch, [&](int, Note const& note) {
            CHECK(&note == batch.data());
            ++routes;
        });
        CHECK(routes == 2);
    };
    check(router | transformed([](int, Note const& note) -> Note const& { return note; }));
    check(router | transformed([](int, Note const& note) { return &note; }));
}

TEST_CASE("what is about another user than the state it is made of is dropped") {
    auto const misled = router | transformed([](int, Note const& note) { return Note{note.user_id + 7, 1}; });
    std::vector<Note> const batch{{2, 5}};
    CHECK(misled.get_users_for_states(batch).empty());
    CHECK(misled.states_for_user(1, batch).empty());
    auto const misled_at_times =
        router | transformed([](int, Note const& note) { return std::optional{Note{note.user_id + 7, 1}}; });
    CHECK(misled_at_times.get_users_for_states(batch).empty());
}

TEST_CASE("states that become equal are received once, in the canonical and the point lane") {
    auto const flat = router | transformed([](int, Note const& note) { return Note{note.user_id, 0}; });
    CHECK(flat.get_users_for_states({Note{2, 1}, Note{2, 2}}).at(1) == std::set{Note{2, 0}});
    CHECK(flat.states_for_user(1, {Note{2, 1}, Note{2, 2}}) == std::set{Note{2, 0}});
}

TEST_CASE("a viewer without a state passes, and a sink may stop") {
    auto const empty = support::pushing([](auto) { return Routed{{1, {}}}; });
    CHECK((empty | transformed(Louder{})).get_users_for_states({Note{2, 0}}) == Routed{{1, {}}});
    int shown = 0;
    (router | transformed(Louder{})).for_each_route({Note{2, 0}, Note{3, 0}}, [&](int, Note const&) {
        return ++shown < 2;
    });
    CHECK(shown == 2);
}

TEST_CASE("transformations and filters compose in any order") {
    auto const not_two = [](int subject) { return subject != 2; };
    std::vector<Note> const batch{{2, 5}, {3, 6}};
    Routed const expected{{1, {{3, 61}}}, {4, {{3, 64}}}};
    CHECK((router | transformed(Louder{}) | only_subjects(not_two)).get_users_for_states(batch) == expected);
    CHECK((router | only_subjects(not_two) | transformed(Louder{})).get_users_for_states(batch) == expected);
}

TEST_CASE("a transformation that throws shows nothing that it was not asked about") {
    auto const broken = [](int viewer, Note const& note) -> Note {
        if (viewer == 4) throw std::runtime_error{"broken"};
        return note;
    };
    std::set<int> told;
    auto const note = [&](int viewer, Note const&) { told.insert(viewer); };
    CHECK_THROWS_AS((router | transformed(broken)).for_each_route({Note{2, 1}}, note), std::runtime_error);
    CHECK(told == std::set{1});
    told.clear();
    (router | transformed(broken) | guarded([](std::exception_ptr) {})).for_each_route({Note{2, 1}}, note);
    CHECK(told.empty());
}

TEST_CASE("transformed costs no room without state, streams in constant expressions, and keeps noexcept") {
    constexpr auto louder = Edge<1, 2>{} | transformed(Louder{});
    STATIC_REQUIRE(sizeof(PresenceRouterChain{louder, louder}) == 1);
    STATIC_REQUIRE([&] {
        int sum = 0;
        louder.for_each_route({Note{2, 3}}, [&](int, Note const& note) { sum += note.mood; });
        return sum;
    }() == 31);
    std::span<Note const> const batch;
    auto const sink = [](int, Note const&) noexcept {};
    STATIC_REQUIRE(noexcept(louder.for_each_route(batch, sink)));
    constexpr auto careless = Edge<1, 2>{} | transformed([](int, Note const& note) { return note; });
    STATIC_REQUIRE(!noexcept(careless.for_each_route(batch, sink)));
}

TEST_CASE("Matrix states are made coarser for whoever is on another server") {
    UserId const here = "@a:here"_user, there = "@b:there"_user;
    auto const coarse =
        Broadcast{here, there} | transformed([](UserId const& viewer, UserPresenceState const& state) {
            return viewer.server_name() == "here" ? state : hide_status_msg(viewer, state);
        });
    UserPresenceState const busy{.user_id = here, .state = PresenceState::busy, .status_msg = "in a meeting"};
    UserPresenceState mute = busy;
    mute.status_msg = std::nullopt;
    CHECK(coarse.get_users_for_states({busy}) == UsersForStates{{here, {busy}}, {there, {mute}}});
}

namespace {

struct Loan {
    Note const* note;
    explicit operator bool() const noexcept { return true; }
    Note const& operator*() const { return note->mood == 0 ? throw std::runtime_error{"broken"} : *note; }
};

struct Lender {
    Loan operator()(int, Note const& note) const noexcept { return {&note}; }
};

struct Parcel {
    operator Note() const { throw std::runtime_error{"broken"}; }
};

struct Packer {
    Parcel operator()(int, Note const&) const noexcept { return {}; }
};

} // namespace

TEST_CASE("what becomes of an answer may throw, though the transformation is noexcept") {
    std::vector<Note> const batch{{2, 1}, {2, 0}};
    auto const check = [&](auto const& broken) {
        std::set<int> told;
        int errors = 0;
        (broken | guarded([&](std::exception_ptr) {
             ++errors;
         })).for_each_route(batch, [&](int viewer, Note const&) noexcept { told.insert(viewer); });
        CHECK(errors == 1);
        CHECK(told.empty());
    };
    check(Edge<1, 2>{} | transformed(Lender{}));
    check(Edge<1, 2>{} | transformed(Packer{}));
}
