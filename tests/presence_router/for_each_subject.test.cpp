// SPDX-License-Identifier: BSL-1.0
#include <presence_router/for_each_subject.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <concepts>
#include <functional>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Interest;
using support::Note;
using support::pulling;

namespace {

struct Shown {
    std::vector<int> subjects;
    std::optional<AllUsers> everybody;
    friend bool operator==(Shown const&, Shown const&) = default;
};

template <class Router>
Shown ask(Router const& router, std::size_t wanted = 1000) {
    Shown shown;
    shown.everybody = for_each_subject(router, 1, [&](int subject) {
        shown.subjects.push_back(subject);
        return shown.subjects.size() < wanted;
    });
    return shown;
}

struct Deaf : support::SpeaksNotes { // shows some, then says "all", and does not listen
    support::Routed get_users_for_states(std::span<Note const>) const { return {}; }
    std::set<int> get_interested_users(int) const { return {}; }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(int viewer, Sink&& sink) const {
        sink(viewer + 1);
        sink(viewer + 2);
        return all_users;
    }
};

TEST_CASE("for_each_subject: the member of this name speaks for the router", "[for_each_subject]") {
    CHECK(ask(Deaf{}) == Shown{{2, 3}, all_users});
    CHECK(ask(support::Edge<1, 5>{}) == Shown{{5}, std::nullopt});
}

TEST_CASE("without it the subjects are those of get_interested_users, in its order", "[for_each_subject]") {
    CHECK(ask(support::Scripted{{}, std::set{4, 3}}) == Shown{{3, 4}, std::nullopt});
    CHECK(ask(support::Scripted{{}, all_users}) == Shown{{}, all_users});
    CHECK(ask(pulling([](int) { return std::vector{4, 3, 4}; })) == Shown{{4, 3, 4}, std::nullopt});
    CHECK(ask(pulling([](int) { return all_users; })) == Shown{{}, all_users});
    CHECK(ask(pulling([](int) { return std::variant<AllUsers, std::vector<int>>{std::vector{9}}; })) ==
          Shown{{9}, std::nullopt});
}

TEST_CASE(
    "for_each_subject: a sink that answers false is not called again, even by a router that does not heed it",
    "[for_each_subject]") {
    CHECK(ask(Deaf{}, 1).subjects == std::vector{2});
    CHECK(ask(pulling([](int) { return std::views::iota(0, 100); }), 3).subjects == std::vector{0, 1, 2});
    CHECK(ask(pulling([](int) { return std::views::iota(0); }), 2) ==
          Shown{{0, 1}, std::nullopt}); // one without end
}

TEST_CASE("a sink may answer nothing", "[for_each_subject]") {
    int sum = 0;
    auto const add = [&](int subject) { sum += subject; };
    CHECK(for_each_subject(Deaf{}, 1, add) == all_users);
    CHECK(sum == 5);
}

TEST_CASE("for_each_subject: what the sink throws passes", "[for_each_subject]") {
    auto const fail = [](int) { throw support::Failure{}; };
    CHECK_THROWS_AS(for_each_subject(Deaf{}, 1, fail), support::Failure);
    CHECK_THROWS_AS(for_each_subject(support::Scripted{{}, std::set{4}}, 1, fail), support::Failure);
}

struct Counting : support::SpeaksNotes { // changes while it answers
    int asked = 0;
    support::Routed get_users_for_states(std::span<Note const>) { return {}; }
    std::set<int> get_interested_users(int) { return {++asked}; }
};

TEST_CASE("for_each_subject: a router that changes goes in by reference", "[for_each_subject]") {
    Counting counting;
    CHECK(ask(std::ref(counting)) == Shown{{1}, std::nullopt});
    CHECK(ask(std::ref(counting)) == Shown{{2}, std::nullopt});
}

constexpr int only_subject(int viewer) {
    int shown = -1;
    auto const everybody =
        for_each_subject(support::Edge<9, 4>{}, viewer, [&](int subject) { shown = subject; });
    return everybody ? -2 : shown;
}
static_assert(only_subject(9) == 4);
static_assert(only_subject(4) == -1);
static_assert(for_each_subject(support::Everything<9>{}, 9, [](int) { return false; }) == all_users);

} // namespace
