// SPDX-License-Identifier: BSL-1.0
#include <presence_router/sync/memory_presence_store.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <presence_router/sync/presence_store.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <map>
#include <random>
#include <ranges>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Note;

namespace {

using Notes = BasicMemoryPresenceStore<int, Note>;

struct Less { // an id without a hash
    int number = 0;
    friend bool operator<(Less a, Less b) { return a.number < b.number; }
};
struct LessNote {
    Less user_id;
    int mood = 0;
};

struct Badge { // whose subject is made when it is asked for
    int number = 0;
};
int subject_of(Badge badge) { return badge.number / 10; }

static_assert(std::same_as<MemoryPresenceStore, BasicMemoryPresenceStore<UserId, UserPresenceState>>);
static_assert(PresenceStore<MemoryPresenceStore> && PresenceStore<Notes> &&
              PresenceStore<BasicMemoryPresenceStore<Less, LessNote>>);
static_assert(std::same_as<sync_token_t<Notes>, std::uint64_t>);
static_assert(std::is_copy_constructible_v<MemoryPresenceStore> &&
              std::is_nothrow_move_constructible_v<MemoryPresenceStore>);
static_assert(noexcept(std::declval<MemoryPresenceStore const&>().state_of(std::declval<UserId const&>())));
static_assert(std::ranges::forward_range<decltype(std::declval<Notes const&>().changed_since(0))>);
static_assert(std::ranges::contiguous_range<decltype(std::declval<Notes const&>().states())>);

template <class Store>
std::vector<Note> since(Store const& store, std::uint64_t token) {
    std::vector<Note> notes;
    for (Note const& note : store.changed_since(token)) notes.push_back(note);
    return notes;
}

TEST_CASE("a memory store keeps the last state of each user", "[memory_presence_store]") {
    UserId const alice = "@alice:x"_user, bob = "@bob:x"_user;
    MemoryPresenceStore store;
    CHECK(store.current_token() == 0);
    CHECK(store.states().empty());
    CHECK(store.state_of(alice) == nullptr);
    store.update({.user_id = alice, .state = PresenceState::online});
    store.update({.user_id = bob, .state = PresenceState::busy});
    store.update({.user_id = alice, .state = PresenceState::offline});
    REQUIRE(store.state_of(alice) != nullptr);
    CHECK(*store.state_of(alice) == UserPresenceState{.user_id = alice});
    CHECK(store.state_of(bob)->state == PresenceState::busy);
    CHECK(store.state_of("@carol:x"_user) == nullptr);
    CHECK(store.states().size() == 2);
}

TEST_CASE("each update of a memory store has a token, and news are what came later",
          "[memory_presence_store]") {
    Notes store;
    CHECK(since(store, 0).empty());
    CHECK(store.update({1, 10}) == 1);
    CHECK(store.update({2, 20}) == 2);
    CHECK(store.update({3, 30}) == 3);
    CHECK(store.current_token() == 3);
    CHECK(since(store, 0) == std::vector<Note>{{3, 30}, {2, 20}, {1, 10}});
    CHECK(since(store, 2) == std::vector<Note>{{3, 30}});
    CHECK(since(store, 3).empty());
    CHECK(since(store, 99).empty());
    // Who changed twice is shown once, as they are now.
    CHECK(store.update({1, 11}) == 4);
    CHECK(store.update({1, 12}) == 5);
    CHECK(since(store, 0) == std::vector<Note>{{1, 12}, {3, 30}, {2, 20}});
    CHECK(since(store, 3) == std::vector<Note>{{1, 12}});
    CHECK(since(store, 4) == std::vector<Note>{{1, 12}});
}

TEST_CASE("a memory store goes on without a change when it is told to", "[memory_presence_store]") {
    Notes store;
    store.update({1, 10});
    CHECK(store.advance() == 2);
    CHECK(store.current_token() == 2);
    CHECK(since(store, 1).empty());
    CHECK(store.update({2, 20}) == 3);
    CHECK(since(store, 2) == std::vector<Note>{{2, 20}});
}

TEST_CASE("a state of a memory store can be its own update", "[memory_presence_store]") {
    Notes store;
    store.update({1, 10});
    store.update({2, 20});
    store.update(*store.state_of(1));
    CHECK(since(store, 2) == std::vector<Note>{{1, 10}});
    CHECK(store.states().size() == 2);
}

TEST_CASE("a memory store takes ids with an order alone, and subjects that are made",
          "[memory_presence_store]") {
    BasicMemoryPresenceStore<Less, LessNote> ordered;
    ordered.update({{7}, 1});
    ordered.update({{5}, 2});
    ordered.update({{7}, 3});
    CHECK(ordered.state_of({7})->mood == 3);
    CHECK(ordered.state_of({6}) == nullptr);
    CHECK(ordered.states().size() == 2);

    BasicMemoryPresenceStore<int, Badge> badges;
    badges.update({41});
    badges.update({42});
    badges.update({51});
    CHECK(badges.state_of(4)->number == 42);
    CHECK(badges.states().size() == 2);
}

TEST_CASE("a memory store is a map and a log, whatever happens", "[memory_presence_store]") {
    std::mt19937 random{11};
    Notes store;
    std::map<int, std::pair<Note, std::uint64_t>> model;
    for (int step = 0; step < 3000; ++step) {
        Note const note{static_cast<int>(random() % 200), step};
        std::uint64_t const token = store.update(note);
        model[note.user_id] = {note, token};
        if (step % 50 != 0) continue;
        std::uint64_t const asked = random() % (token + 1);
        std::set<Note> expected, all;
        for (auto const& [user, last] : model) {
            all.insert(last.first);
            if (last.second > asked) expected.insert(last.first);
            REQUIRE(*store.state_of(user) == last.first);
        }
        auto const news = since(store, asked);
        REQUIRE(news.size() == expected.size());
        REQUIRE(std::set<Note>(news.begin(), news.end()) == expected);
        auto const states = store.states();
        REQUIRE(states.size() == all.size());
        REQUIRE(std::set<Note>(states.begin(), states.end()) == all);
    }
}

} // namespace
