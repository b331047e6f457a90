// SPDX-License-Identifier: BSL-1.0
#include <presence_router/for_each_route.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <array>
#include <concepts>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Note;
using support::pushing;
using support::Routed;

namespace {

using Notes = std::span<Note const>;
using Route = std::pair<int, Note>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};

template <class Router>
std::vector<Route> routes(Router const& router) {
    std::vector<Route> shown;
    for_each_route(router, batch, [&](int viewer, Note const& note) { shown.emplace_back(viewer, note); });
    return shown;
}

template <class Router>
std::vector<Route> first_routes(Router const& router, std::size_t wanted) {
    std::vector<Route> shown;
    for_each_route(router, batch, [&](int viewer, Note const& note) {
        shown.emplace_back(viewer, note);
        return shown.size() < wanted;
    });
    return shown;
}

// Shows routes to whoever listens, and does not listen itself.
struct Deaf : support::SpeaksNotes {
    Routed get_users_for_states(Notes) const { return {{0, {}}}; }
    std::set<int> get_interested_users(int) const { return {}; }
    template <class Sink>
    void for_each_route(Notes notes, Sink&& sink) const {
        for (Note const& note : notes) sink(9, note);
    }
};

TEST_CASE("for_each_route: the member of this name speaks for the router", "[for_each_route]") {
    CHECK(routes(Deaf{}) == std::vector<Route>{{9, {1, 10}}, {9, {2, 20}}, {9, {3, 30}}});
}

TEST_CASE("without it the routes are those of get_users_for_states, in its order", "[for_each_route]") {
    CHECK(routes(support::Scripted{{{8, {{3, 30}}}, {7, {{2, 20}, {1, 10}}}}}) ==
          std::vector<Route>{{7, {1, 10}}, {7, {2, 20}}, {8, {3, 30}}});
    auto const twice =
        pushing([](Notes notes) { return std::vector<Route>{{8, notes[0]}, {7, notes[1]}, {8, notes[0]}}; });
    CHECK(routes(twice) == std::vector<Route>{{8, {1, 10}}, {7, {2, 20}}, {8, {1, 10}}});
}

TEST_CASE("a viewer without a state is no route", "[for_each_route]") {
    CHECK(routes(support::Scripted{{{7, {}}}}).empty());
}

TEST_CASE(
    "for_each_route: a sink that answers false is not called again, even by a router that does not heed it",
    "[for_each_route]") {
    auto const map = support::Scripted{{{7, {{1, 10}, {2, 20}}}, {8, {{1, 10}, {3, 30}}}}};
    for (std::size_t const wanted : {1U, 2U, 3U}) {
        CHECK(first_routes(Deaf{}, wanted).size() == wanted);
        CHECK(first_routes(map, wanted).size() == wanted);
        CHECK(first_routes(std::ref(map), wanted).size() == wanted);
    }
    CHECK(first_routes(support::Everything<5>{}, 2) == std::vector<Route>{{5, {1, 10}}, {5, {2, 20}}});
}

TEST_CASE("the states shown are those of the batch, not copies", "[for_each_route]") {
    std::vector<Note const*> shown;
    for_each_route(support::Everything<5>{}, batch, [&](int, Note const& note) { shown.push_back(&note); });
    CHECK(shown == std::vector<Note const*>{&batch[0], &batch[1], &batch[2]});
    shown.clear();
    auto const lent = pushing([](Notes notes) { return std::vector{std::pair{7, notes}}; });
    for_each_route(lent, batch, [&](int, Note const& note) { shown.push_back(&note); });
    CHECK(shown == std::vector<Note const*>{&batch[0], &batch[1], &batch[2]});
}

int calls = 0;
void count(int const&, Note const&) { ++calls; }
bool count_one(int const&, Note const&) { return ++calls < 1; }

struct Stateful {
    int seen = 0;
    void operator()(int, Note const&) & { ++seen; }
    void operator()(int, Note const&) && = delete;
    Stateful() = default;
    Stateful(Stateful const&) = delete;
};

struct Truth { // not bool, but can be read as one
    bool value;
    explicit operator bool() const = delete;
    operator bool() { return value; }
};

TEST_CASE("a sink may be anything that can be called", "[for_each_route]") {
    support::Everything<5> const router;
    calls = 0;
    for_each_route(router, batch, count);
    CHECK(calls == 3);
    for_each_route(router, batch, &count);
    CHECK(calls == 6);
    calls = 0;
    for_each_route(router, batch, count_one);
    CHECK(calls == 1);

    Stateful stateful; // neither copied nor moved
    for_each_route(router, batch, stateful);
    CHECK(stateful.seen == 3);

    std::function<bool(int, Note const&)> const function = [&, left = 2](int, Note const&) mutable {
        return --left > 0;
    };
    calls = 0;
    for_each_route(router, batch, [&](int viewer, Note const& note) {
        ++calls;
        return function(viewer, note);
    });
    CHECK(calls == 2);

    calls = 0;
    for_each_route(router, batch, [](auto const&...) { return ++calls % 2; }); // an int, which stops at 0
    CHECK(calls == 2);
}

struct Virtual : support::SpeaksNotes { // a sink that is no template
    virtual ~Virtual() = default;
    virtual void for_each_route(Notes notes, std::function<bool(int, Note const&)> const& sink) const {
        for (Note const& note : notes)
            if (!sink(6, note)) return;
    }
    Routed get_users_for_states(Notes) const { return {}; }
    std::set<int> get_interested_users(int) const { return {}; }
};

TEST_CASE("a router may take its sink as a type of its own", "[for_each_route]") {
    CHECK(routes(Virtual{}).size() == 3);
    CHECK(first_routes(Virtual{}, 2).size() == 2);
}

struct ByValue : support::SpeaksNotes { // copies its sink at every turn
    Routed get_users_for_states(Notes) const { return {}; }
    std::set<int> get_interested_users(int) const { return {}; }
    template <class Sink>
    void for_each_route(Notes notes, Sink sink) const {
        for (Note const& note : notes) show(note, sink);
    }
    template <class Sink>
    static void show(Note const& note, Sink sink) {
        sink(1, note);
        sink(2, note);
    }
};

TEST_CASE("a copied sink stops as the original does", "[for_each_route]") {
    CHECK(first_routes(ByValue{}, 1).size() == 1);
    CHECK(first_routes(ByValue{}, 3).size() == 3);
    CHECK(routes(ByValue{}).size() == 6);
}

TEST_CASE("for_each_route: what the sink throws passes", "[for_each_route]") {
    auto const fail = [](int, Note const&) { throw support::Failure{}; };
    CHECK_THROWS_AS(for_each_route(Deaf{}, batch, fail), support::Failure);
    CHECK_THROWS_AS(for_each_route(support::Scripted{{{7, {{1, 10}}}}}, batch, fail), support::Failure);
}

struct Counting : support::SpeaksNotes { // changes while it answers
    int asked = 0;
    Routed get_users_for_states(Notes) { return {}; }
    std::set<int> get_interested_users(int) { return {}; }
    template <class Sink>
    void for_each_route(Notes notes, Sink&& sink) {
        ++asked;
        sink(4, notes.front());
    }
};

TEST_CASE("for_each_route: a router that changes goes in by reference", "[for_each_route]") {
    Counting counting;
    CHECK(routes(std::ref(counting)) == std::vector<Route>{{4, {1, 10}}});
    CHECK(counting.asked == 1);
}

constexpr int sum_of_moods() {
    std::array const notes{Note{1, 10}, Note{2, 20}, Note{1, 3}};
    int sum = 0;
    for_each_route(Edge<9, 1>{}, notes, [&](int viewer, Note const& note) { sum += viewer * note.mood; });
    return sum;
}
constexpr int stopped_sum() {
    int sum = 0;
    for_each_route(support::Everything<1>{}, {{1, 10}, {2, 20}}, [&](int, Note const& note) {
        sum += note.mood;
        return false;
    });
    return sum;
}
static_assert(sum_of_moods() == 117);
static_assert(stopped_sum() == 10);

} // namespace
