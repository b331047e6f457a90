// SPDX-License-Identifier: BSL-1.0
#include <presence_router/runtime/any_presence_router.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>
#include <presence_router/routers/own_presence.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/lanes.hpp"
#include "support/routers.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Failing;
using support::Failure;
using support::Interest;
using support::Note;
using support::Routed;

namespace {

using Any = BasicAnyPresenceRouter<int, Note>;

static_assert(PresenceRouter<Any> && PresenceRouter<AnyPresenceRouter>);
static_assert(std::same_as<AnyPresenceRouter, BasicAnyPresenceRouter<UserId, UserPresenceState>>);
static_assert(std::is_nothrow_move_constructible_v<Any> && std::is_nothrow_move_assignable_v<Any>);
static_assert(!std::is_copy_constructible_v<Any> && !std::is_copy_assignable_v<Any>);
static_assert(!std::is_default_constructible_v<Any>);
static_assert(std::is_constructible_v<Any, Edge<1, 2>> && !std::is_convertible_v<Edge<1, 2>, Any>);
static_assert(sizeof(Any) == 4 * sizeof(void*));

// What fits is held in place.
static_assert(detail::HeldInPlace<Edge<1, 2>> && detail::HeldInPlace<OwnPresence>);
static_assert(detail::HeldInPlace<std::reference_wrapper<RouteTable const>>);
static_assert(detail::HeldInPlace<Guarded<std::reference_wrapper<RouteTable>, void (*)(std::exception_ptr)>>);
static_assert(!detail::HeldInPlace<RouteTable> && !detail::HeldInPlace<std::array<void*, 4>>);

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};

/// All that its lanes answer about the users 0 to 8, streams in their order.
struct Answers {
    Routed push;
    std::vector<Interest> pull;
    std::vector<std::set<Note>> states;
    std::vector<std::pair<int, Note>> routes;
    std::vector<int> subjects;
    std::vector<bool> seen;
    friend bool operator==(Answers const&, Answers const&) = default;
};

template <class R>
Answers answers(R const& router) {
    Answers all;
    all.push = presence_router::get_users_for_states(router, batch);
    presence_router::for_each_route(
        router, batch, [&](int viewer, Note const& note) { all.routes.emplace_back(viewer, note); });
    for (int viewer = 0; viewer < 9; ++viewer) {
        all.pull.push_back(presence_router::get_interested_users(router, viewer));
        all.states.push_back(presence_router::states_for_user(router, viewer, batch));
        all.seen.push_back(presence_router::for_each_subject(router, viewer, [&](int shown) {
                               all.subjects.push_back(shown);
                           }).has_value());
        for (int subject = 0; subject < 9; ++subject)
            all.seen.push_back(presence_router::sees(router, viewer, subject));
    }
    return all;
}

struct Counter : support::SpeaksNotes {
    int asked = 0;
    Routed get_users_for_states(std::span<Note const>) {
        ++asked;
        return {};
    }
    Interest get_interested_users(int) { return std::set{++asked}; }
};

struct MoveOnly : Edge<7, 1> {
    explicit MoveOnly(int number) : value{std::make_unique<int>(number)} {}
    std::unique_ptr<int> value;
};

/// Knows how many of its kind there are; moves without throwing, or not, and is small, or not.
template <bool nothrow, std::size_t size>
struct Tracked : Edge<7, 1> {
    explicit Tracked(int& count) : alive{&count} { ++*alive; }
    Tracked(Tracked&& other) noexcept(nothrow) : alive{other.alive} { ++*alive; }
    Tracked(Tracked const& other) : alive{other.alive} { ++*alive; }
    Tracked& operator=(Tracked const&) = delete;
    ~Tracked() { --*alive; }
    int* alive;
    std::array<char, size> more{};
};

template <class T>
void lives_once() {
    int alive = 0;
    {
        Any first{T{alive}};
        CHECK(alive == 1);
        Any second{std::move(first)};
        CHECK(alive == 1);
        CHECK(second.sees(7, 1));
        first = std::move(second);
        CHECK(alive == 1);
        CHECK(first.sees(7, 1));
        Any other{T{alive}};
        CHECK(alive == 2);
        other = std::move(first);
        CHECK(alive == 1);
        Any& self = other;
        other = std::move(self);
        CHECK(alive == 1);
        CHECK(other.sees(7, 1));
        using std::swap;
        swap(first, other);
        CHECK((first.sees(7, 1) && !other.sees(7, 1) && alive == 1));
        std::vector<Any> many;
        for (int i = 0; i < 10; ++i) many.emplace_back(T{alive});
        CHECK(alive == 11);
        many.erase(many.begin() + 3);
        CHECK(alive == 10);
    }
    CHECK(alive == 0);
}

struct alignas(64) Aligned : Edge<7, 1> {
    bool sees(int viewer, int subject) const {
        return reinterpret_cast<std::uintptr_t>(this) % 64 == 0 && Edge<7, 1>::sees(viewer, subject);
    }
};

/// Goes on when the sink has had enough, and counts what the sink wanted.
struct Deaf : Edge<7, 1> {
    explicit Deaf(int& count) : asked{&count} {}
    void for_each_route(std::span<Note const> notes, auto&& sink) const {
        for (Note const& note : notes) *asked += sink(7, note);
    }
    std::optional<AllUsers> for_each_subject(int, auto&& sink) const {
        for (int subject = 0; subject < 3; ++subject) *asked += sink(subject);
        return std::nullopt;
    }
    int* asked;
};

struct Named : Edge<7, 1> {
    static constexpr std::string_view name = "the seventh";
};
struct NamedByText : Edge<7, 1> {
    static constexpr char const* name = "text";
};
struct NamedByNumber : Edge<7, 1> {
    static constexpr int name = 7;
};
struct NamedWhenMade : Edge<7, 1> {
    std::string name;
};

} // namespace

TEST_CASE("an erased router answers as the router does, on all lanes") {
    auto const push =
        support::pushing([](auto notes) { // has an entry without a state, and a state of its own
            return Routed{{3, {}}, {4, {notes[0], Note{1, 77}}}};
        });
    PresenceRouterChain const chain{push, Edge<7, 1>{}, Edge<7, 3>{}, Everything<5>{}, Edge<5, 2>{}};
    Answers const expected = answers(chain);
    CHECK(expected.push.contains(3));
    CHECK(answers(Any{chain}) == expected);
    CHECK(answers(Any{std::cref(chain)}) == expected);
    CHECK(answers(PresenceRouterChain{Any{push}, Any{Edge<7, 1>{}}, Edge<7, 3>{},
                                      Any{PresenceRouterChain{Any{Everything<5>{}}, Edge<5, 2>{}}}}) ==
          expected);

    Any const inner{chain};
    Any const outer{std::ref(inner)};
    CHECK(answers(outer) == expected);
    CHECK(answers(std::ref(inner)) == expected);
}

TEST_CASE("an erased table streams, and heeds a sink that has had enough") {
    BasicRouteTable<int, Note> table;
    support::Edges edges;
    for (int viewer = 0; viewer < 30; ++viewer)
        for (int subject = 0; subject < 30; ++subject)
            if ((viewer * 31 + subject * 17) % 5 < 2) {
                table.add(viewer, subject);
                edges.emplace(viewer, subject);
            }
    support::check_lanes(Any{std::cref(table)}, edges, 30);
    support::check_lanes(Any{table}, edges, 30);

    std::vector<std::pair<int, int>> known, erased;
    table.for_each_route(batch,
                         [&](int viewer, Note const& note) { known.emplace_back(viewer, note.user_id); });
    Any{std::cref(table)}.for_each_route(
        batch, [&](int viewer, Note const& note) { erased.emplace_back(viewer, note.user_id); });
    CHECK(erased == known); // in the same order
}

TEST_CASE("the router behind the sink is stopped, not only hidden") {
    int heard = 0;
    Any const deaf{Deaf{heard}};
    int shown = 0;
    deaf.for_each_route(batch, [&](int, Note const&) { return ++shown < 2; });
    CHECK((shown == 2 && heard == 1));
    deaf.for_each_subject(7, [&](int) { return ++shown < 4; });
    CHECK((shown == 4 && heard == 2));

    // The chain asks nobody after it.
    int asked = 0;
    auto const counts = support::pushing([&](auto) {
        ++asked;
        return Routed{};
    });
    PresenceRouterChain const chain{Any{PresenceRouterChain{Any{Edge<7, 1>{}}, Any{counts}}}, Any{counts}};
    chain.for_each_route(batch, [](int, Note const&) { return false; });
    CHECK(asked == 0);
    chain.for_each_route(batch, [](int, Note const&) { return true; });
    CHECK(asked == 2);
    chain.for_each_route(batch, [](int, Note const&) {});
    CHECK(asked == 4);
}

TEST_CASE("an erased router is held by value, or referred to") {
    CHECK(Any{MoveOnly{1}}.sees(7, 1));
    CHECK(Any{Aligned{}}.sees(7, 1));
    Edge<7, 1> const original;
    CHECK(Any{original}.sees(7, 1));

    Counter counter; // its callbacks are not const
    Any const referring{std::ref(counter)};
    CHECK(referring.get_interested_users(7) == Interest{std::set{1}});
    CHECK(referring.get_users_for_states(batch).empty());
    CHECK(counter.asked == 2);

    std::unique_ptr<int> target = std::make_unique<int>(5);
    auto const pull = [target = std::move(target)](int) { return std::set{*target}; };
    static_assert(!std::is_copy_constructible_v<decltype(pull)>);
    CHECK(Any{support::pulling(std::cref(pull))}.sees(1, 5));
}

TEST_CASE("an erased router lives once, and dies once") {
    lives_once<Tracked<true, 1>>();
    lives_once<Tracked<false, 1>>();
    lives_once<Tracked<true, 100>>();
    lives_once<Tracked<false, 100>>();
}

TEST_CASE("an erased router that was moved from routes nobody") {
    Any from{Everything<7>{}};
    Any const to{std::move(from)};
    CHECK(to.sees(7, 1));
    CHECK(answers(from) == answers(PresenceRouterChain{support::pushing([](auto) { return Routed{}; })}));
    CHECK_FALSE(from.sees(7, 1));
    CHECK(from.name().empty());
    from = Any{Edge<1, 2>{}};
    CHECK(from.sees(1, 2));
}

TEST_CASE("an empty chain is erased in every vocabulary") {
    CHECK_FALSE(Any{PresenceRouterChain{}}.sees(7, 1));
    CHECK(Any{PresenceRouterChain{}}.get_users_for_states(batch).empty());
    CHECK_FALSE(AnyPresenceRouter{PresenceRouterChain<>{} | guarded([](std::exception_ptr) {})}.sees(
        "@a:x"_user, "@b:x"_user));
    PresenceRouterChain<> const empty;
    CHECK(std::get<0>(Any{std::ref(empty)}.get_interested_users(7)).empty());
}

TEST_CASE("an erased router stands in a policy") {
    Any both{PresenceRouterChain{Edge<7, 1>{}, Edge<7, 2>{}}};
    auto const filtered = std::ref(both) | without_subjects([](int subject) { return subject == 2; });
    CHECK((filtered.sees(7, 1) && !filtered.sees(7, 2)));
    CHECK(filtered.get_users_for_states(batch) == Routed{{7, {{1, 10}}}});
    auto const moved = std::move(both) | without_subjects([](int subject) { return subject == 1; });
    CHECK((!moved.sees(7, 1) && moved.sees(7, 2)));
}

TEST_CASE("exceptions pass through an erased router, those of the sink too") {
    Any failing{Failing{}};
    CHECK_THROWS_AS(failing.get_users_for_states(batch), Failure);
    CHECK_THROWS_AS(failing.get_interested_users(7), Failure);
    CHECK_THROWS_AS(failing.states_for_user(7, batch), Failure);
    CHECK_THROWS_AS(failing.sees(7, 2), Failure);
    int shown = 0;
    CHECK_THROWS_AS(failing.for_each_route(batch, [&](int, Note const&) { ++shown; }), Failure);
    CHECK_THROWS_AS(failing.for_each_subject(7, [&](int) { ++shown; }), Failure);
    CHECK(shown == 2);
    Any const edge{Edge<7, 1>{}};
    CHECK_THROWS_AS(edge.for_each_route(batch, [](int, Note const&) { throw 5; }), int);
    BasicRouteTable<int, Note> table;
    table.add(7, 1);
    CHECK_THROWS_AS(Any{table}.for_each_route(batch, [](int, Note const&) { throw 5; }), int);
    CHECK_THROWS_AS(Any{table}.for_each_subject(7, [](int) { throw 5; }), int);

    int failures = 0;
    auto const guard = std::move(failing) | guarded([&](std::exception_ptr) { ++failures; });
    CHECK(guard.get_users_for_states(batch).empty());
    CHECK_FALSE(guard.sees(7, 2));
    guard.for_each_route(batch, [](int, Note const&) { CHECK(false); });
    CHECK(failures == 3);
}

TEST_CASE("an erased router may be replaced by one that it holds") {
    struct Outer : Edge<1, 1> {
        std::unique_ptr<Any> inner;
    };
    auto tracked = std::make_shared<BasicRouteTable<int, Note>>();
    std::weak_ptr<BasicRouteTable<int, Note>> const alive = tracked;
    struct Sharing : Edge<7, 1> {
        std::shared_ptr<BasicRouteTable<int, Note>> held;
    };
    Outer outer{{}, std::make_unique<Any>(Sharing{{}, std::move(tracked)})};
    Any& inner = *outer.inner;
    Any any{std::move(outer)};
    any = std::move(inner);
    CHECK(any.sees(7, 1));
    CHECK_FALSE(alive.expired());
}

TEST_CASE("an erased router bears the name of what it holds") {
    CHECK(Any{Named{}}.name() == "the seventh");
    Named named;
    CHECK(Any{std::ref(named)}.name() == "the seventh");
    Any const inner{named};
    CHECK(Any{std::ref(inner)}.name() == "the seventh");
    CHECK(Any{NamedWhenMade{{}, "the " + std::to_string(8)}}.name() == "the 8");
    CHECK(Any{NamedByText{}}.name() == "text");
    CHECK(Any{NamedByNumber{}}.name().empty());
    CHECK(Any{Edge<7, 1>{}}.name().empty());
}
