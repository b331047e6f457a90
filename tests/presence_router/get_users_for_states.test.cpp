// SPDX-License-Identifier: BSL-1.0
#include <presence_router/get_users_for_states.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"
#include "support/single_pass.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/zip.hpp>
#include <ranges>
#include <set>
#include <span>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Note;
using support::pushing;
using support::Routed;

namespace {

using Notes = std::span<Note const>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};

// What every router below answers, each in its own way.
Routed const expected{{7, {{1, 10}, {2, 20}}}, {8, {{3, 30}}}};

template <class Router>
Routed ask(Router const& router) {
    static_assert(std::same_as<decltype(get_users_for_states(router, batch)), Routed>);
    return get_users_for_states(router, batch);
}

TEST_CASE("the canonical map is handed on", "[get_users_for_states]") {
    CHECK(ask(pushing([](Notes) { return expected; })) == expected);
    CHECK(ask(pushing([](Notes) -> Routed const& { return expected; })) == expected);
}

TEST_CASE("an answer may be any range of pairs of a viewer and a state", "[get_users_for_states]") {
    CHECK(ask(pushing([](Notes notes) {
              return std::vector<std::pair<int, Note>>{{8, notes[2]}, {7, notes[0]}, {7, notes[1]}};
          })) == expected);
    CHECK(ask(pushing([](Notes notes) {
              return std::list<std::tuple<int, Note>>{{8, notes[2]}, {7, notes[0]}, {7, notes[1]}};
          })) == expected);
    CHECK(ask(pushing([](Notes notes) {
              return std::array{std::pair{7, std::cref(notes[0])}, std::pair{7, std::cref(notes[1])},
                                std::pair{8, std::cref(notes[2])}};
          })) == expected);
    CHECK(ask(pushing([](Notes notes) {
              return std::multimap<int, Note>{{8, notes[2]}, {7, notes[1]}, {7, notes[0]}};
          })) == expected);
    static std::vector<std::pair<int, Note>> const kept{{7, {1, 10}}, {7, {2, 20}}, {8, {3, 30}}};
    CHECK(ask(pushing([](Notes) { return std::span{kept}; })) == expected);
    CHECK(ask(pushing([](Notes) -> auto const& { return kept; })) == expected);
}

TEST_CASE("an answer may be any range of pairs of a viewer and a range of states", "[get_users_for_states]") {
    CHECK(ask(pushing([](Notes notes) {
              return std::map<int, std::vector<Note>>{{7, {notes[1], notes[0], notes[1]}}, {8, {notes[2]}}};
          })) == expected);
    CHECK(ask(pushing([](Notes notes) {
              return std::unordered_map<int, std::set<Note>>{{8, {notes[2]}}, {7, {notes[0], notes[1]}}};
          })) == expected);
    CHECK(ask(pushing([](Notes notes) {
              return std::vector{std::tuple{8, notes.subspan(2)}, std::tuple{7, notes.first(2)}};
          })) == expected);
    CHECK(ask(pushing([](Notes notes) {
              return std::vector<std::pair<int, std::vector<std::reference_wrapper<Note const>>>>{
                  {7, {notes[0]}}, {8, {notes[2]}}, {7, {notes[1]}}}; // a viewer may come twice
          })) == expected);
}

TEST_CASE("an answer may be lazy", "[get_users_for_states]") {
    auto const viewer_of = [](Note const& note) { return note.user_id < 3 ? 7 : 8; };
    CHECK(ask(pushing([=](Notes notes) {
              return notes | std::views::transform(
                                 [=](Note const& note) { return std::pair{viewer_of(note), note}; });
          })) == expected);
    CHECK(ask(pushing([=](Notes notes) {
              return notes | ranges::views::transform([=](Note const& note) {
                         return std::pair<int, Note const&>{viewer_of(note), note};
                     });
          })) == expected);
    static std::vector const viewers{7, 7, 8};
    CHECK(ask(pushing([](Notes notes) { return ranges::views::zip(viewers, notes); })) == expected);
}

TEST_CASE("lazy ranges may be nested, such that can only be read when they are not const",
          "[get_users_for_states]") {
    CHECK(ask(pushing([](Notes notes) {
              return std::views::iota(7, 9) | std::views::transform([=](int viewer) {
                         return std::pair{viewer, notes | std::views::filter([=](Note const& note) {
                                                      return (viewer == 7) == (note.user_id < 3);
                                                  })};
                     });
          })) == expected);
    static std::vector const viewers_of_both{7, 8, 9};
    CHECK(ask(pushing([](Notes notes) {
              return ranges::views::filter(
                  ranges::views::transform(
                      viewers_of_both,
                      [=](int viewer) {
                          return std::tuple{viewer, ranges::views::filter(notes, [=](Note const& note) {
                                                return (viewer == 7) == (note.user_id < 3);
                                            })};
                      }),
                  [](auto const& route) { return std::get<0>(route) != 9; });
          })) == expected);
}

TEST_CASE("an answer may be one that can be read once", "[get_users_for_states]") {
    CHECK(ask(pushing([](Notes notes) {
              return support::SinglePass<std::pair<int, Note>>{{7, notes[0]}, {8, notes[2]}, {7, notes[1]}};
          })) == expected);
    CHECK(ask(pushing([](Notes notes) {
              return std::vector{std::pair{7, support::SinglePass<Note>{notes[0], notes[1]}},
                                 std::pair{8, support::SinglePass<Note>{notes[2]}}};
          })) == expected);
}

TEST_CASE("a viewer with no state is in the map, in whatever way that was said", "[get_users_for_states]") {
    Routed const nothing{{7, {}}};
    CHECK(ask(pushing([&](Notes) { return nothing; })) == nothing);
    CHECK(ask(pushing([](Notes) { return std::vector<std::pair<int, std::vector<Note>>>{{7, {}}}; })) ==
          nothing);
    CHECK(ask(pushing([](Notes notes) {
              return std::vector{std::pair{7, notes.first(0)}, std::pair{8, notes.first(1)},
                                 std::pair{8, notes.first(0)}};
          })) == Routed{{7, {}}, {8, {{1, 10}}}});
}

TEST_CASE("states need not be of the batch", "[get_users_for_states]") {
    CHECK(ask(pushing([](Notes notes) {
              return notes | std::views::transform([](Note const& note) {
                         return std::pair{7, Note{note.user_id, note.mood / 20}}; // coarser, for this viewer
                     });
          })) == Routed{{7, {{1, 0}, {2, 1}, {3, 1}}}});
}

TEST_CASE("get_users_for_states: a batch may be anything that Batch takes", "[get_users_for_states]") {
    support::Edge<9, 2> const edge;
    Routed const routed{{9, {{2, 20}}}};
    CHECK(get_users_for_states(edge, {{1, 10}, {2, 20}}) == routed);
    CHECK(get_users_for_states(edge, std::set<Note>(batch.begin(), batch.end())) == routed);
    CHECK(get_users_for_states(edge, batch | std::views::reverse) == routed);
    CHECK(get_users_for_states(edge, {}) == Routed{});
}

struct Counting : support::SpeaksNotes { // changes while it answers
    int asked = 0;
    Routed get_users_for_states(Notes) {
        ++asked;
        return expected;
    }
    std::set<int> get_interested_users(int) { return {}; }
};

TEST_CASE("get_users_for_states: a router may be referred to", "[get_users_for_states]") {
    Counting counting;
    CHECK(ask(std::ref(counting)) == expected);
    CHECK(counting.asked == 1);
    support::Edge<9, 2> const edge;
    CHECK(ask(std::ref(edge)) == Routed{{9, {{2, 20}}}});
    CHECK(ask(std::cref(edge)) == Routed{{9, {{2, 20}}}});
}

TEST_CASE("the map owns what it holds", "[get_users_for_states]") {
    auto owned = std::make_unique<std::vector<Note>>(batch);
    auto const lent = pushing([](Notes notes) { return std::vector{std::pair{7, notes}}; });
    Routed const routes = get_users_for_states(lent, *owned);
    owned->assign(3, Note{0, 0});
    owned.reset();
    CHECK(routes == Routed{{7, {{1, 10}, {2, 20}, {3, 30}}}});
}

// A function object: it can be handed on, and the result cannot be dropped unnoticed.
static_assert(std::is_empty_v<decltype(get_users_for_states)>);
static_assert(
    std::invocable<decltype(get_users_for_states), support::Edge<1, 2> const&, std::vector<Note> const&>);
static_assert(
    !std::invocable<decltype(get_users_for_states), support::Edge<1, 2> const&, std::vector<int> const&>);

} // namespace
