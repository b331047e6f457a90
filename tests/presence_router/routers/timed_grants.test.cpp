// SPDX-License-Identifier: BSL-1.0
#include <presence_router/routers/timed_grants.hpp>

#include "support/lanes.hpp"

#include <presence_router/router.hpp>

#include <algorithm>
#include <chrono>
#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using namespace std::chrono_literals;
using support::check_lanes;
using support::Edges;
using support::Note;

namespace {

/// A clock that the test sets, and that tells how often it was read.
struct Watch {
    using time_point = std::chrono::sys_seconds;
    struct Face {
        time_point now{};
        int readings = 0;
    };
    Face* face = nullptr;
    time_point now() const noexcept {
        ++face->readings;
        return face->now;
    }
};

using Grants = BasicTimedGrants<int, Note, Watch>;
constexpr std::chrono::sys_seconds start{1'000'000s};

static_assert(
    std::same_as<TimedGrants, BasicTimedGrants<UserId, UserPresenceState, std::chrono::system_clock>>);
static_assert(PresenceRouter<TimedGrants> && PresenceRouter<Grants>);
static_assert(std::same_as<TimedGrants::time_point, std::chrono::system_clock::time_point>);
static_assert(std::is_copy_constructible_v<TimedGrants> && std::is_default_constructible_v<TimedGrants>);
static_assert(noexcept(std::declval<TimedGrants const&>().sees(std::declval<UserId const&>(),
                                                               std::declval<UserId const&>())));
struct ClockThatThrows : Watch {
    time_point now() const { return {}; }
};
static_assert(!noexcept(std::declval<BasicTimedGrants<int, Note, ClockThatThrows> const&>().sees(1, 2)));

TEST_CASE("a grant routes until its time, and at its time no more", "[timed_grants]") {
    Watch::Face face{start};
    Grants grants{Watch{&face}};
    CHECK(grants.empty());
    CHECK(grants.next_change_at() == std::nullopt);
    grants.grant(1, 2, start + 10s);
    grants.grant(3, 2, start + 20s);
    grants.grant(1, 4, start + 20s);
    check_lanes(grants, {{1, 2}, {3, 2}, {1, 4}}, 6);
    face.now = start + 9s;
    check_lanes(grants, {{1, 2}, {3, 2}, {1, 4}}, 6);
    face.now = start + 10s; // nobody called expire: the timer is late
    check_lanes(grants, {{3, 2}, {1, 4}}, 6);
    CHECK(grants.size() == 3);
    CHECK(grants.next_change_at() == start + 10s);
    face.now = start + 20s;
    check_lanes(grants, {}, 6);
    face.now = start; // a clock may be set back; what was not dropped is there still
    check_lanes(grants, {{1, 2}, {3, 2}, {1, 4}}, 6);
}

TEST_CASE("expire drops what is over, and tells of it", "[timed_grants]") {
    Watch::Face face{start};
    Grants grants{Watch{&face}};
    grants.grant(1, 2, start + 30s);
    grants.grant(3, 4, start + 10s);
    grants.grant(5, 6, start + 10s);
    grants.grant(7, 8, start + 20s);
    CHECK(grants.next_change_at() == start + 10s);
    CHECK(grants.expire() == 0);
    face.now = start + 20s;
    std::vector<std::pair<int, int>> ended;
    CHECK(grants.expire([&](int viewer, int subject) { ended.emplace_back(viewer, subject); }) == 3);
    CHECK(ended == std::vector<std::pair<int, int>>{{3, 4}, {5, 6}, {7, 8}});
    CHECK(grants.next_change_at() == start + 30s);
    check_lanes(grants, {{1, 2}}, 9);
    CHECK(grants.size() == 1);
    CHECK(grants.expire() == 0);
    face.now = start; // what was dropped does not come back
    check_lanes(grants, {{1, 2}}, 9);
}

TEST_CASE("granting again extends or cuts short", "[timed_grants]") {
    Watch::Face face{start};
    Grants grants{Watch{&face}};
    grants.grant(1, 2, start + 10s);
    grants.grant(1, 2, start + 30s);
    CHECK(grants.size() == 1);
    CHECK(grants.next_change_at() == start + 30s);
    face.now = start + 10s;
    CHECK(grants.expire() == 0);
    check_lanes(grants, {{1, 2}}, 3);
    grants.grant(1, 2, start + 12s);
    CHECK(grants.next_change_at() == start + 12s);
    face.now = start + 12s;
    check_lanes(grants, {}, 3);
    grants.grant(1, 2, start + 14s); // over, and granted anew before it was dropped
    check_lanes(grants, {{1, 2}}, 3);
    CHECK(grants.expire() == 0);
    grants.grant(1, 2, start); // in the past
    check_lanes(grants, {}, 3);
    CHECK(grants.expire() == 1);
    CHECK(grants.next_change_at() == std::nullopt);
    CHECK(grants.empty());
}

TEST_CASE("a grant may be revoked", "[timed_grants]") {
    Watch::Face face{start};
    Grants grants{Watch{&face}};
    grants.grant(1, 2, start + 10s);
    grants.grant(1, 3, start + 10s);
    CHECK(grants.revoke(1, 2));
    CHECK_FALSE(grants.revoke(1, 2));
    CHECK_FALSE(grants.revoke(2, 1));
    check_lanes(grants, {{1, 3}}, 4);
    CHECK(grants.next_change_at() == start + 10s);
    CHECK(grants.revoke(1, 3));
    CHECK(grants.next_change_at() == std::nullopt);
    grants.grant(1, 2, start + 5s);
    check_lanes(grants, {{1, 2}}, 4);
}

TEST_CASE("each call reads the clock once", "[timed_grants]") {
    Watch::Face face{start};
    Grants grants{Watch{&face}};
    for (int other = 0; other < 10; ++other) {
        grants.grant(other, 5, start + 10s);
        grants.grant(5, other, start + 10s);
    }
    std::vector<Note> const batch{{5, 1}, {5, 2}, {6, 3}};
    auto const readings_of = [&](auto ask) {
        face.readings = 0;
        ask();
        return face.readings;
    };
    CHECK(readings_of([&] { (void)grants.get_users_for_states(batch); }) == 1);
    CHECK(readings_of([&] { (void)grants.get_interested_users(5); }) == 1);
    CHECK(readings_of([&] { (void)grants.states_for_user(5, batch); }) == 1);
    CHECK(readings_of([&] { (void)grants.sees(5, 6); }) == 1);
    CHECK(readings_of([&] { (void)grants.expire(); }) == 1);
}

TEST_CASE("what expire is told to call may fail, or change the grants", "[timed_grants]") {
    Watch::Face face{start};
    Grants grants{Watch{&face}};
    for (int viewer = 0; viewer < 4; ++viewer) grants.grant(viewer, 9, start + 1s);
    face.now = start + 1s;
    CHECK_THROWS_AS(grants.expire([](int viewer, int) {
        if (viewer == 1) throw std::runtime_error{"not told"};
    }),
                    std::runtime_error);
    CHECK(grants.size() == 2); // told or not, those are gone
    CHECK(grants.expire([&](int viewer, int subject) { grants.grant(subject, viewer, start + 5s); }) == 2);
    check_lanes(grants, {{9, 2}, {9, 3}}, 10);
}

TEST_CASE("copies of grants are independent", "[timed_grants]") {
    Watch::Face face{start};
    Grants grants{Watch{&face}};
    grants.grant(1, 2, start + 10s);
    grants.grant(1, 3, start + 20s);
    Grants copy = grants;
    CHECK(copy.revoke(1, 2));
    copy.grant(1, 3, start + 5s);
    check_lanes(grants, {{1, 2}, {1, 3}}, 4);
    CHECK(grants.next_change_at() == start + 10s);
    CHECK(copy.next_change_at() == start + 5s);
    Grants const moved = std::move(grants);
    check_lanes(moved, {{1, 2}, {1, 3}}, 4);
}

template <class Id, class State>
void any_history_equals_the_map_of_its_ends() {
    constexpr int users = 12;
    std::mt19937 random{20240612};
    std::uniform_int_distribution<int> user{0, users - 1};
    std::uniform_int_distribution<int> percent{0, 99};
    Watch::Face face{start};
    BasicTimedGrants<Id, State, Watch> grants{Watch{&face}};
    std::map<std::pair<int, int>, Watch::time_point> expected;
    std::size_t mistakes = 0;
    for (int step = 0; step < 8'000; ++step) {
        int const viewer = user(random);
        int const subject = user(random);
        int const action = percent(random);
        if (action < 60) {
            auto const until = face.now + std::chrono::seconds{percent(random) - 20};
            grants.grant(Id{viewer}, Id{subject}, until);
            expected[{viewer, subject}] = until;
        } else if (action < 75) {
            mistakes += grants.revoke(Id{viewer}, Id{subject}) != (expected.erase({viewer, subject}) == 1);
        } else if (action < 80) {
            mistakes += grants.expire() !=
                        std::erase_if(expected, [&](auto const& grant) { return grant.second <= face.now; });
        } else {
            face.now += 1s;
        }
        auto const found = expected.find({subject, viewer});
        mistakes +=
            grants.sees(Id{subject}, Id{viewer}) != (found != expected.end() && face.now < found->second);
        mistakes += grants.size() != expected.size();
        auto const next = std::min_element(expected.begin(), expected.end(),
                                           [](auto const& a, auto const& b) { return a.second < b.second; });
        mistakes +=
            grants.next_change_at() != (next == expected.end() ? std::nullopt : std::optional{next->second});
    }
    CHECK(mistakes == 0);
    CHECK(expected.size() > 20);
}

} // namespace

namespace timed_kinds {

struct Ordered {
    int value = 0;
    friend bool operator<(Ordered a, Ordered b) { return a.value < b.value; }
};
struct Hashed {
    int value = 0;
    friend bool operator==(Hashed, Hashed) = default;
};
template <class Id>
struct About {
    Id user_id{};
    int mood = 0;
    friend bool operator<(About const& a, About const& b) { return a.mood < b.mood; }
};

} // namespace timed_kinds

template <>
struct std::hash<timed_kinds::Hashed> {
    std::size_t operator()(timed_kinds::Hashed id) const noexcept {
        return static_cast<std::size_t>(id.value);
    }
};

namespace {

TEST_CASE("grants of any history equal the map of their ends", "[timed_grants]") {
    any_history_equals_the_map_of_its_ends<int, Note>();
    any_history_equals_the_map_of_its_ends<timed_kinds::Ordered, timed_kinds::About<timed_kinds::Ordered>>();
    any_history_equals_the_map_of_its_ends<timed_kinds::Hashed, timed_kinds::About<timed_kinds::Hashed>>();
}

TEST_CASE("grants run by the system's clock by default", "[timed_grants]") {
    TimedGrants grants;
    auto const now = std::chrono::system_clock::now();
    grants.grant("@a:x"_user, "@b:x"_user, now + 24h);
    grants.grant("@a:x"_user, "@c:x"_user, now - 1h);
    CHECK(grants.sees("@a:x"_user, "@b:x"_user));
    CHECK_FALSE(grants.sees("@a:x"_user, "@c:x"_user));
    CHECK(grants.expire() == 1);
    CHECK(grants.next_change_at() == now + 24h);
}

} // namespace
