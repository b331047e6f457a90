// SPDX-License-Identifier: BSL-1.0
#include <presence_router/states_for_user.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <concepts>
#include <functional>
#include <ranges>
#include <set>
#include <span>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Note;
using support::pushing;
using support::Routed;

namespace {

using Notes = std::span<Note const>;
using Set = std::set<Note>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {1, 11}};

TEST_CASE("the states of one viewer are those that are routed to them", "[states_for_user]") {
    support::Scripted const router{{{7, {{1, 10}, {2, 20}}}, {8, {{1, 11}}}, {9, {}}}};
    CHECK(states_for_user(router, 7, batch) == Set{{1, 10}, {2, 20}});
    CHECK(states_for_user(router, 8, batch) == Set{{1, 11}});
    CHECK(states_for_user(router, 9, batch).empty());
    CHECK(states_for_user(router, 1, batch).empty());
    CHECK(states_for_user(support::Edge<7, 1>{}, 7, batch) == Set{{1, 10}, {1, 11}});
}

TEST_CASE("a rewritten state stays rewritten", "[states_for_user]") {
    // The pull side knows nobody, and if it did, it would know of no state.
    auto const coarser = pushing([](Notes notes) {
        return notes |
               std::views::transform([](Note const& note) { return std::pair{7, Note{note.user_id, 0}}; });
    });
    CHECK(states_for_user(coarser, 7, batch) == Set{{1, 0}, {2, 0}});
}

struct Misinformed : support::SpeaksNotes { // says that it shows everybody, and routes nothing
    Routed get_users_for_states(Notes) const { return {}; }
    AllUsers get_interested_users(int) const { return all_users; }
};

TEST_CASE("what a viewer may ask for is not what they are told", "[states_for_user]") {
    CHECK(states_for_user(Misinformed{}, 7, batch).empty());
}

struct Targeted : support::SpeaksNotes {
    Routed get_users_for_states(Notes) const { throw support::Failure{}; }
    std::set<int> get_interested_users(int) const { throw support::Failure{}; }
    Set states_for_user(int viewer, Notes notes) const {
        return {Note{viewer, static_cast<int>(notes.size())}};
    }
};

TEST_CASE("states_for_user: the member of this name speaks for the router", "[states_for_user]") {
    CHECK(states_for_user(Targeted{}, 7, batch) == Set{{7, 3}});
    Targeted const targeted;
    CHECK(states_for_user(std::ref(targeted), 7, {{1, 10}}) == Set{{7, 1}});
}

TEST_CASE("states_for_user: a batch may be anything that Batch takes", "[states_for_user]") {
    support::Edge<7, 1> const edge;
    CHECK(states_for_user(edge, 7, {{1, 10}, {2, 20}}) == Set{{1, 10}});
    CHECK(states_for_user(edge, 7, batch | std::views::reverse) == Set{{1, 10}, {1, 11}});
}

TEST_CASE("the result owns what it holds", "[states_for_user]") {
    std::vector<Note> notes = batch;
    Set const states = states_for_user(support::Everything<7>{}, 7, notes);
    notes.assign(3, Note{});
    CHECK(states == Set{{1, 10}, {2, 20}, {1, 11}});
}

} // namespace
