// SPDX-License-Identifier: BSL-1.0
#include <presence_router/sees.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Note;
using support::Routed;

namespace strange {

struct Id {
    int value = 0;
    friend constexpr auto operator<=>(Id const&, Id const&) = default;
};
struct Status {
    Id about{};
    int probes = 0;
    friend constexpr auto operator<=>(Status const&, Status const&) = default;
};
inline Id const& subject_of(Status const& status) { return status.about; }
inline Status state_about(Id const& id) { // a subject below 0 cannot be made a state of
    return {id.value < 0 ? Id{0} : id, 1};
}

struct Unprobeable {
    explicit Unprobeable(int, int) {}
    int user_id = 0;
    friend constexpr auto operator<=>(Unprobeable const&, Unprobeable const&) = default;
};

struct Router {
    using user_id_type = Id;
    using state_type = Status;
    std::vector<std::pair<Id, Status>> get_users_for_states(std::span<Status const> batch) const {
        std::vector<std::pair<Id, Status>> routes;
        for (Status const& status : batch)
            if (status.probes == 1) routes.push_back({Id{7}, status});
        return routes;
    }
    AllUsers get_interested_users(Id) const { return all_users; }
};

} // namespace strange

namespace {

using strange::Unprobeable;
using Notes = std::span<Note const>;

TEST_CASE("sees: the member of this name speaks for the router", "[sees]") {
    CHECK(presence_router::sees(support::Edge<1, 2>{}, 1, 2));
    CHECK_FALSE(presence_router::sees(support::Edge<1, 2>{}, 2, 1));
}

TEST_CASE("without it, a pull set decides, and push is not asked", "[sees]") {
    std::vector<std::string> asked;
    support::Scripted const router{{{1, {{5, 0}}}}, std::set{2, 3}, "a", &asked};
    CHECK(presence_router::sees(router, 1, 2));
    CHECK_FALSE(presence_router::sees(router, 1, 5));
    CHECK(asked.size() == 2);
}

// Answers all users; whom it tells of what is for `Push` to say.
template <class Push>
auto everybody_but_push_decides(Push push) {
    return support::Answering{std::move(push), [](int) { return all_users; }};
}

TEST_CASE("under all users, push decides about a state of the subject", "[sees]") {
    auto const router = everybody_but_push_decides([](Notes notes) {
        std::vector<std::pair<int, Note>> routes;
        for (Note const& note : notes)
            if (note.user_id != 5) routes.emplace_back(7, note);
        return routes;
    });
    CHECK(presence_router::sees(router, 7, 2));
    CHECK_FALSE(presence_router::sees(router, 7, 5));
    CHECK_FALSE(presence_router::sees(router, 8, 2));
}

TEST_CASE("all users with a push that routes nothing grants nothing", "[sees]") {
    auto const silent = everybody_but_push_decides([](Notes) { return Routed{}; });
    CHECK_FALSE(presence_router::sees(silent, 7, 2));
    CHECK_FALSE(presence_router::sees(silent, 7, 7));
    auto const without_states = everybody_but_push_decides([](Notes) { return Routed{{7, {}}}; });
    CHECK_FALSE(presence_router::sees(without_states, 7, 2));
}

TEST_CASE("a route about somebody else grants nothing", "[sees]") {
    auto const unrelated = everybody_but_push_decides([](Notes) { return Routed{{7, {Note{99, 0}}}}; });
    CHECK_FALSE(presence_router::sees(unrelated, 7, 2));
    CHECK(presence_router::sees(unrelated, 7, 99));
}

TEST_CASE("a rewritten state of the subject grants it", "[sees]") {
    auto const coarser = everybody_but_push_decides([](Notes notes) {
        std::vector<std::pair<int, Note>> routes;
        for (Note const& note : notes) routes.emplace_back(7, Note{note.user_id, -1});
        return routes;
    });
    CHECK(presence_router::sees(coarser, 7, 2));
}

TEST_CASE("a grant among other routes is found, and the later routes do not undo it", "[sees]") {
    auto const many = everybody_but_push_decides([](Notes notes) {
        return std::vector<std::pair<int, Note>>{{1, notes[0]}, {7, notes[0]}, {2, notes[0]}};
    });
    CHECK(presence_router::sees(many, 7, 2));
}

struct SomeThenAll : support::SpeaksNotes { // shows a subject before it says "all"; that answer decides
    Routed get_users_for_states(Notes) const { return {}; }
    AllUsers get_interested_users(int) const { return all_users; }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(int, Sink&& sink) const {
        sink(2);
        sink(3);
        return all_users;
    }
};
struct SomeOfMany : support::SpeaksNotes {
    Routed get_users_for_states(Notes) const { throw support::Failure{}; }
    std::set<int> get_interested_users(int) const { throw support::Failure{}; }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(int, Sink&& sink) const {
        for (int subject = 0; subject < 4; ++subject) sink(subject);
        return std::nullopt;
    }
};

TEST_CASE("subjects are streamed where the router streams them", "[sees]") {
    CHECK_FALSE(presence_router::sees(SomeThenAll{}, 1, 2));
    CHECK(presence_router::sees(SomeOfMany{}, 1, 2));
    CHECK_FALSE(presence_router::sees(SomeOfMany{}, 1, 4));
}

// --- what the probe is made of

TEST_CASE("state_about is found by argument-dependent lookup", "[sees]") {
    CHECK(presence_router::sees(strange::Router{}, {7}, {2}));
    CHECK_FALSE(presence_router::sees(strange::Router{}, {8}, {2}));
}

TEST_CASE("a probe about somebody else grants nothing", "[sees]") {
    CHECK_FALSE(presence_router::sees(strange::Router{}, {7}, {-2}));
    CHECK(presence_router::sees(strange::Router{}, {7}, {0}));
}

template <class Pull>
struct AboutUnprobeable {
    using user_id_type = int;
    using state_type = Unprobeable;
    std::map<int, std::set<Unprobeable>> get_users_for_states(std::span<Unprobeable const>) const {
        return {};
    }
    Pull get_interested_users(int) const { return std::vector{3}; }
};

TEST_CASE("a router that never answers all users needs no probe", "[sees]") {
    CHECK(presence_router::sees(AboutUnprobeable<std::vector<int>>{}, 1, 3));
    CHECK_FALSE(presence_router::sees(AboutUnprobeable<std::vector<int>>{}, 1, 2));
    CHECK(presence_router::sees(AboutUnprobeable<std::variant<std::set<int>, std::vector<int>>>{}, 1, 3));
}

// --- failing

TEST_CASE("a router that fails grants nothing: its exception passes", "[sees]") {
    CHECK_THROWS_AS(presence_router::sees(support::Failing{}, 1, 2), support::Failure);
    auto const pull_fails = support::pulling([](int) -> std::set<int> { throw support::Failure{}; });
    CHECK_THROWS_AS(presence_router::sees(pull_fails, 1, 2), support::Failure);
    auto const push_fails = everybody_but_push_decides([](Notes) -> Routed { throw support::Failure{}; });
    CHECK_THROWS_AS(presence_router::sees(push_fails, 1, 2), support::Failure);
}

// --- noexcept is that of the member, and nothing is promised without one

struct MayThrow : support::Edge<1, 2> {
    constexpr bool sees(int viewer, int subject) const { return support::Edge<1, 2>::sees(viewer, subject); }
};
static_assert(noexcept(presence_router::sees(support::Edge<1, 2>{}, 1, 2)));
static_assert(noexcept(presence_router::sees(std::declval<std::reference_wrapper<support::Edge<1, 2>>>(), 1,
                                             2)));
static_assert(!noexcept(presence_router::sees(MayThrow{}, 1, 2)));
static_assert(!noexcept(presence_router::sees(std::declval<support::Scripted>(), 1, 2)));

// --- constant expressions

template <int viewer>
struct Derived : RouterInterface<Derived<viewer>>, support::SpeaksNotes { // streams, and has no member sees
    template <class Sink>
    constexpr void for_each_route(Notes notes, Sink&& sink) const {
        for (Note const& note : notes)
            if (note.user_id % 2 == 0 && !sink(viewer, note)) return;
    }
    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(int asking, Sink&&) const {
        return asking == viewer ? std::optional{all_users} : std::nullopt;
    }
};
static_assert(presence_router::sees(support::Edge<1, 2>{}, 1, 2));
static_assert(!presence_router::sees(support::Edge<1, 2>{}, 1, 3));
static_assert(presence_router::sees(Derived<1>{}, 1, 2), "all users, and the push side routes even subjects");
static_assert(!presence_router::sees(Derived<1>{}, 1, 3));
static_assert(!presence_router::sees(Derived<1>{}, 2, 2));

} // namespace
