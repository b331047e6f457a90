// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/route_collector.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace collected {

struct Hashed { // has a hash, and no <
    int user_id = 0;
    int mood = 0;
    friend bool operator==(Hashed const&, Hashed const&) = default;
};
struct Less { // has <, and no ==
    int user_id = 0;
    int mood = 0;
    friend bool operator<(Less const& a, Less const& b) {
        return std::pair{a.user_id, a.mood} < std::pair{b.user_id, b.mood};
    }
};
struct Plain { // has a set of its own, and nothing but ==
    int user_id = 0;
    int mood = 0;
    friend bool operator==(Plain const&, Plain const&) = default;
};

struct Named { // can be read as a text, and has an order of its own
    int user_id = 0;
    int mood = 0;
    friend bool operator<(Named const& a, Named const& b) {
        return std::pair{b.user_id, b.mood} < std::pair{a.user_id, a.mood};
    }
    operator std::string() const { return std::to_string(user_id); } // NOLINT
};

template <class T>
class FlatSet { // what a custom set has to be, and no more
public:
    void insert(T value) {
        if (std::find(values_.begin(), values_.end(), value) == values_.end())
            values_.push_back(std::move(value));
    }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

private:
    std::vector<T> values_;
};
template <class Value>
class FlatMap { // likewise
public:
    void emplace(Plain key, Value value) { values_.emplace_back(key, std::move(value)); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

private:
    std::vector<std::pair<Plain, Value>> values_;
};

} // namespace collected

template <>
struct std::hash<collected::Hashed> {
    std::size_t operator()(collected::Hashed const& value) const noexcept {
        return static_cast<std::size_t>(value.user_id);
    }
};
template <>
struct presence_router::SetFor<collected::Plain> {
    using type = collected::FlatSet<collected::Plain>;
};
template <class Value>
struct presence_router::MapFor<collected::Plain, Value> {
    using type = collected::FlatMap<Value>;
};

using presence_router::detail::RouteCollector;
using support::Note;
using support::Routed;

namespace {

TEST_CASE("no routes are an empty map", "[route_collector]") {
    CHECK(RouteCollector<int, Note>{{}}.result().empty());
    std::vector<Note> const batch{{1, 10}};
    CHECK(RouteCollector<int, Note>{batch}.result().empty());
}

TEST_CASE("routes are collected by viewer, each state once", "[route_collector]") {
    std::vector<Note> const batch{{2, 20}, {1, 10}, {2, 20}}; // unsorted, with one twice
    RouteCollector<int, Note> collector{batch};
    Note const copy{1, 10};
    Note const rewritten{1, 0};
    for (Note const* const note : {&batch[2], &batch[1], &copy, &batch[0], &rewritten, &rewritten})
        collector(9, *note);
    collector(3, batch[0]);
    collector.without_state(3);
    collector.without_state(5);
    collector.without_state(5);
    CHECK(std::move(collector).result() == Routed{{3, {{2, 20}}}, {5, {}}, {9, {{1, 0}, {1, 10}, {2, 20}}}});
}

TEST_CASE("states that are not of the batch are copied", "[route_collector]") {
    RouteCollector<int, Note> collector{{}};
    for (int mood = 0; mood < 500; ++mood) { // more than any first reservation
        Note const gone{1, mood % 250};
        collector(mood % 2, gone);
    }
    Routed const routes = std::move(collector).result();
    CHECK(routes.at(0).size() == 125);
    CHECK(routes.at(1).size() == 125);
}

template <class State>
void check_random_routes() {
    using Routes = std::map<int, std::set<std::pair<int, int>>>;
    std::mt19937 random{3};
    auto const below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
    std::vector<State> batch;
    for (int i = 0; i < 40; ++i) batch.push_back(State{below(8), below(4)});
    RouteCollector<int, State> collector{batch};
    Routes expected;
    for (int i = 0; i < 2000; ++i) {
        int const viewer = below(30);
        State const made{below(8), below(6)};
        State const& state = below(2) == 0 ? batch[static_cast<std::size_t>(below(40))] : made;
        collector(viewer, state);
        expected[viewer].emplace(state.user_id, state.mood);
    }
    Routes collected;
    for (auto const& [viewer, states] : std::move(collector).result()) {
        std::size_t count = 0;
        for (State const& state : states) {
            collected[viewer].emplace(state.user_id, state.mood);
            ++count;
        }
        CHECK(collected[viewer].size() == count);
    }
    CHECK(collected == expected);
}

TEST_CASE("routes of any kind of state are collected", "[route_collector]") {
    check_random_routes<Note>();
    check_random_routes<collected::Hashed>();
    check_random_routes<collected::Less>();
    check_random_routes<collected::Plain>();
    check_random_routes<collected::Named>();
}

TEST_CASE("viewers may be of any kind", "[route_collector]") {
    std::vector<Note> const batch{{1, 10}};
    RouteCollector<collected::Hashed, Note> hashed{batch};
    hashed({1, 2}, batch[0]);
    hashed({1, 2}, batch[0]);
    hashed.without_state({3, 4});
    std::unordered_map<collected::Hashed, std::set<Note>> const by_hash = std::move(hashed).result();
    CHECK(by_hash.size() == 2);
    CHECK(by_hash.at({1, 2}).size() == 1);

    RouteCollector<collected::Less, Note> less{batch};
    less({1, 2}, batch[0]);
    less({0, 2}, batch[0]);
    CHECK(std::move(less).result().begin()->first.user_id == 0);

    RouteCollector<collected::Plain, collected::Hashed> plain{{}};
    plain({1, 2}, {5, 6});
    plain({1, 2}, {5, 6});
    plain({3, 4}, {5, 6});
    collected::FlatMap<std::unordered_set<collected::Hashed>> const flat = std::move(plain).result();
    CHECK(std::distance(flat.begin(), flat.end()) == 2);
    CHECK(flat.begin()->second.size() == 1);

    char const near[] = "b";
    char const far[] = "a";
    RouteCollector<char const*, Note> addresses{batch}; // which are compared as such, not as texts
    for (char const* const viewer : {&near[0], &far[0], &near[0]}) addresses(viewer, batch[0]);
    std::map<char const*, std::set<Note>> const by_address = std::move(addresses).result();
    CHECK(by_address.size() == 2);
    CHECK(by_address.count(near) == 1);

    RouteCollector<std::string, Note> text{batch};
    text("b", batch[0]);
    text("a", batch[0]);
    CHECK(std::move(text).result() ==
          std::map<std::string, std::set<Note>>{{"a", {{1, 10}}}, {"b", {{1, 10}}}});
}

} // namespace
