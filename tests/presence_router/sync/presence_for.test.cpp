// SPDX-License-Identifier: BSL-1.0
#include <presence_router/sync/presence_for.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/room_book.hpp"
#include "support/routers.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/routes.hpp>
#include <presence_router/adaptors/transformed.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/own_presence.hpp>
#include <presence_router/routers/route_table.hpp>
#include <presence_router/routers/shared_rooms.hpp>
#include <presence_router/sync/memory_presence_store.hpp>
#include <presence_router/transformations.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Everything;
using support::Note;
using support::Routed;

namespace {

using Notes = BasicMemoryPresenceStore<int, Note>;
using Table = BasicRouteTable<int, Note>;
using States = std::set<Note>;

static_assert(
    std::same_as<decltype(presence_for(1, std::declval<Table const&>(), std::declval<Notes const&>())),
                 SyncedPresence<Note, std::uint64_t>>);

Notes notes(std::vector<Note> const& updates) {
    Notes store;
    for (Note const& update : updates) store.update(update);
    return store;
}

Table table(std::vector<std::pair<int, int>> const& routes) {
    Table result;
    for (auto const& [viewer, subject] : routes) result.add(viewer, subject);
    return result;
}

constexpr auto included = OfflineUsers::included;

TEST_CASE("a first sync shows whom the viewer sees, and themselves, but nobody who is offline",
          "[presence_for]") {
    Notes const store = notes({{1, 10}, {2, 20}, {3, 0}, {4, 40}});
    Table const routes = table({{1, 2}, {1, 3}, {1, 9}, {4, 1}});
    CHECK(presence_for(1, routes, store) == SyncedPresence<Note, std::uint64_t>{{{1, 10}, {2, 20}}, 4});
    CHECK(presence_for(1, routes, store, std::nullopt, included).states == States{{1, 10}, {2, 20}, {3, 0}});
    CHECK(presence_for(3, routes, store).states.empty()); // offline, as one's own presence may be
    CHECK(presence_for(3, routes, store, std::nullopt, included).states == States{{3, 0}});
    CHECK(presence_for(9, routes, store).states.empty()); // of whom nothing is known
    CHECK(presence_for(1, routes, Notes{}) == SyncedPresence<Note, std::uint64_t>{{}, 0});
}

TEST_CASE("news are of those who changed, offline ones too", "[presence_for]") {
    Notes store = notes({{1, 10}, {2, 20}, {3, 30}, {4, 40}});
    Table const routes = table({{1, 2}, {1, 3}});
    CHECK(presence_for(1, routes, store, 4).states.empty());
    store.update({2, 0});
    store.update({4, 41});
    auto const news = presence_for(1, routes, store, 4);
    CHECK(news == SyncedPresence<Note, std::uint64_t>{{{2, 0}}, 6});
    CHECK(presence_for(1, routes, store, 4, included) == news); // the last argument is for first syncs
    store.update({1, 11});
    CHECK(presence_for(1, routes, store, news.next).states == States{{1, 11}});
    CHECK(presence_for(1, routes, store, 0).states == States{{1, 11}, {2, 0}, {3, 30}}); // 0 is a token
    CHECK(presence_for(1, routes, store, 99) == SyncedPresence<Note, std::uint64_t>{{}, 7});
}

TEST_CASE("a client that is up to date costs the router nothing", "[presence_for]") {
    Notes store = notes({{1, 10}});
    CHECK(presence_for(1, support::Failing{}, store, 1).states.empty());
    store.advance();
    CHECK(presence_for(1, support::Failing{}, store, 1).next == 2); // nobody changed
    CHECK_THROWS_AS(presence_for(1, support::Failing{}, store, 0), support::Failure);
    CHECK_THROWS_AS(presence_for(1, support::Failing{}, store), support::Failure);
    auto const ignore = [](std::exception_ptr) {};
    CHECK(presence_for(1, support::Failing{} | guarded(ignore), store).states == States{{1, 10}});
}

TEST_CASE("own presence comes in any case, and once", "[presence_for]") {
    Notes const store = notes({{1, 10}, {2, 20}});
    PresenceRouterChain<> const nobody;
    CHECK(presence_for(1, nobody, store).states == States{{1, 10}});
    CHECK(presence_for(1, nobody, store, 0).states == States{{1, 10}});
    CHECK(presence_for(1, nobody, store, 1).states.empty()); // not news
    auto const lonely = support::pulling([](int) { return all_users; });
    CHECK(presence_for(1, lonely, store).states == States{{1, 10}});
    CHECK(presence_for(1, lonely, store, 0).states == States{{1, 10}});
    CHECK(presence_for(1, Everything<1>{}, store).states == States{{1, 10}, {2, 20}});
    // What the router makes of it, if it makes anything of it.
    BasicOwnPresence<int, Note> const own;
    auto const louder = [](int, Note const& note) { return Note{note.user_id, note.mood + 1}; };
    auto const silent = [](int, Note const&) { return std::optional<Note>{}; };
    CHECK(presence_for(1, own | transformed(louder), store).states == States{{1, 11}});
    CHECK(presence_for(1, own | transformed(louder), store, 0).states == States{{1, 11}});
    CHECK(presence_for(1, own | transformed(silent), store).states == States{{1, 10}});
}

TEST_CASE("a viewer who is answered all users and is routed nothing is given nothing", "[presence_for]") {
    auto const promising = support::pulling([](int) { return all_users; });
    Notes const store = notes({{2, 20}, {3, 30}});
    CHECK(presence_for(1, promising, store) == SyncedPresence<Note, std::uint64_t>{{}, 2});
    CHECK(presence_for(1, promising, store, 0) == SyncedPresence<Note, std::uint64_t>{{}, 2});
    PresenceRouterChain const chain{promising};
    CHECK(presence_for(1, chain, store).states.empty());
    CHECK(presence_for(1, chain, store, 0).states.empty());
}

/// The two callbacks only: everybody receives the others in another mood.
struct Softening : support::SpeaksNotes {
    Routed get_users_for_states(std::span<Note const> batch) const {
        Routed routed;
        for (Note const& note : batch)
            for (int const viewer : {1, 2, 3})
                if (viewer != note.user_id) routed[viewer].insert({note.user_id, 5});
        return routed;
    }
    std::set<int> get_interested_users(int viewer) const {
        std::set<int> others{1, 2, 3};
        others.erase(viewer);
        return others;
    }
};

TEST_CASE("sync shows what push would give, and never what is behind it", "[presence_for]") {
    Notes const store = notes({{1, 10}, {2, 20}, {3, 0}});
    auto const soften = [](int, Note const& note) { return Note{note.user_id, 5}; };
    Table const routes = table({{1, 2}, {1, 3}});
    States const softened{{1, 10}, {2, 5}, {3, 5}};
    CHECK(presence_for(1, routes | transformed(soften), store).states == softened);
    CHECK(presence_for(1, routes | transformed(soften), store, 0).states == softened);
    CHECK(presence_for(1, Softening{}, store).states == softened);
    CHECK(presence_for(1, Softening{}, store, 0).states == softened);
    CHECK(presence_for(1, PresenceRouterChain{Softening{}}, store, 0).states == softened);

    // Who is offline is told by what the viewer gets.
    auto const gone = [](int, Note const& note) { return Note{note.user_id, 0}; };
    CHECK(presence_for(1, routes | transformed(gone), store).states == States{{1, 10}});
    CHECK(presence_for(1, routes | transformed(gone), store, 1).states == States{{2, 0}, {3, 0}});

    // Two routers route a subject in two forms: so does sync.
    PresenceRouterChain const both{routes, routes | transformed(soften)};
    CHECK(presence_for(1, both, store, 1).states == States{{2, 5}, {2, 20}, {3, 0}, {3, 5}});

    // What push routes and pull does not show, and the other way round, are faults of a router.
    auto const push_only = support::pushing(
        [](std::span<Note const> batch) { return Routed{{1, States(batch.begin(), batch.end())}}; });
    CHECK(presence_for(1, push_only, store).states == States{{1, 10}});
    auto const pull_only = support::pulling([](int) { return std::set{2}; });
    CHECK(presence_for(1, pull_only, store).states == States{{1, 10}});
}

TEST_CASE("one policy of Matrix decides what syncs", "[presence_for]") {
    UserId const alice = "@alice:x"_user, bob = "@bob:x"_user, carol = "@carol:x"_user;
    support::RoomBook const book{{"!tea", {alice, bob, carol}}};
    MemoryPresenceStore store;
    store.update({.user_id = bob, .state = PresenceState::online, .status_msg = "at home"});
    store.update({.user_id = carol, .state = PresenceState::busy});
    auto const is_carol = [&](UserId const& user) { return user == carol; };
    auto const policy =
        SharedRooms{book} |
        without_routes([&](UserId const&, UserId const& subject) { return is_carol(subject); }) |
        transformed(hide_status_msg);
    UserPresenceState const expected{.user_id = bob, .state = PresenceState::online};
    CHECK(presence_for(alice, policy, store).states == std::set{expected});
    CHECK(presence_for(alice, policy, store, 0).states == std::set{expected});
    CHECK(presence_for(alice, policy, store, 1).states.empty());
}

// --- what it costs

/// Knows many users, of whom some changed, makes states when they are read, and counts.
struct ManyNotes : support::SpeaksNotes {
    static constexpr int known = 1'000'000;
    static constexpr int changed = 100;

    auto show(int count) const {
        return std::ranges::transform_view(std::views::iota(0, count),
                                           [this, step = known / count](int number) {
                                               ++asked;
                                               return Note{number * step, 1};
                                           });
    }

    int current_token() const { return 1; }
    std::optional<Note> state_of(int user) const {
        ++asked;
        return user < known ? std::optional<Note>{{user, 1}} : std::nullopt;
    }
    auto changed_since(int) const { return show(changed); }
    auto states() const { return show(known); }

    std::size_t taken() { return std::exchange(asked, 0); }
    mutable std::size_t asked = 0;
};

/// Shows a viewer a hundred of the users, and counts what it is asked about, and what it answers.
template <bool all>
struct Counting : support::SpeaksNotes {
    static bool is_subject(int user) { return all || user % (ManyNotes::known / 50) == 0; }

    template <class Sink>
    void for_each_route(std::span<Note const>, Sink&&) const {
        FAIL("routes for everybody");
    }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(int, Sink&& sink) const {
        if constexpr (all) return all_users;
        for (int user = 0; user < ManyNotes::known; user += ManyNotes::known / 50) {
            ++asked;
            sink(user);
        }
        return std::nullopt;
    }
    Routed get_users_for_states(std::span<Note const>) const { return {}; }
    std::variant<std::set<int>, AllUsers> get_interested_users(int) const { return std::set<int>{}; }
    States states_for_user(int, std::span<Note const> batch) const {
        States states;
        for (Note const& note : batch)
            if (is_subject(note.user_id)) states.insert(note);
        asked += batch.size();
        return states;
    }
    bool sees(int, int subject) const { return is_subject(subject); }

    std::size_t taken() { return std::exchange(asked, 0); }
    mutable std::size_t asked = 0;
};

TEST_CASE("what a sync costs depends on the changed and the interested, not on the known", "[presence_for]") {
    ManyNotes store;
    Counting<false> some;
    Counting<true> everybody;
    int const viewer = 7;

    CHECK(presence_for(viewer, some, store, 1).states.empty());
    CHECK(store.taken() == 0);
    CHECK(some.taken() == 0);

    CHECK(presence_for(viewer, some, store, 0).states.size() == 50);
    CHECK(store.taken() == 100);
    CHECK(some.taken() == 100);

    CHECK(presence_for(viewer, PresenceRouterChain{std::ref(some)}, store, 0).states.size() == 50);
    CHECK(store.taken() == 100);
    CHECK(some.taken() == 100);

    CHECK(presence_for(viewer, everybody, store, 0).states.size() == 100);
    CHECK(store.taken() == 100);
    CHECK(everybody.taken() == 100);

    CHECK(presence_for(viewer, some, store).states.size() == 51); // and themselves
    CHECK(store.taken() == 51);
    CHECK(some.taken() == 50 + 51);
}

/// The two callbacks only, in a world of a hundred changed users and two viewers.
struct Asked : support::SpeaksNotes {
    std::vector<std::pair<int, Note>> get_users_for_states(std::span<Note const> batch) const {
        std::vector<std::pair<int, Note>> routes;
        for (Note const& note : batch) {
            about.push_back(note.user_id);
            for (int const viewer : {7, 8}) routes.emplace_back(viewer, note);
        }
        return routes;
    }
    std::variant<std::vector<int>, AllUsers> get_interested_users(int viewer) const {
        if (viewer == 8) return all_users;
        return std::vector<int>{0, 3, 10'000, 10'000};
    }
    mutable std::vector<int> about;
};

TEST_CASE("a router that routes for everybody is asked about what the viewer is interested in",
          "[presence_for]") {
    ManyNotes store;
    Asked router;
    CHECK(presence_for(7, router, store, 0).states == States{{0, 1}, {10'000, 1}});
    CHECK(router.about == std::vector<int>{0, 10'000});
    CHECK(store.taken() == 100);
    router.about.clear();
    CHECK(presence_for(8, router, store, 0).states.size() == 100);
    CHECK(router.about.size() == 100);
    router.about.clear();
    CHECK(presence_for(0, router, store, 0).states == States{{0, 1}}); // themselves, who changed
    router.about.clear();
    CHECK(presence_for(7, router, store).states == States{{0, 1}, {3, 1}, {7, 1}, {10'000, 1}});
    CHECK(std::set<int>(router.about.begin(), router.about.end()) == std::set{0, 3, 7, 10'000});
}

TEST_CASE("what holds a router that routes for everybody is asked like it", "[presence_for]") {
    ManyNotes store;
    Asked router;
    auto const check = [&](auto const& around) {
        CHECK(presence_for(7, around, store, 0).states.contains({10'000, 1}));
        CHECK(router.about == std::vector<int>{0, 10'000});
        router.about.clear();
    };
    auto const ignore = [](std::exception_ptr) {};
    auto const any = [](int, int) { return true; };
    PresenceRouterChain const chain{BasicOwnPresence<int, Note>{}, std::ref(router)};
    check(chain);
    check(PresenceRouterChain{chain | guarded(ignore), BasicOwnPresence<int, Note>{}});
    check(std::ref(router) | only_routes(any) | guarded(ignore));
    check(std::ref(chain));
    // A chain of others is asked for the one viewer, and its pull side is not.
    Counting<false> counting;
    CHECK(presence_for(7, std::ref(counting) | only_routes(any) | guarded(ignore), store, 0).states.size() ==
          50);
    CHECK(counting.taken() == 100);
}

// --- other vocabularies

struct Less { // an id without a hash
    int number = 0;
    friend bool operator<(Less a, Less b) { return a.number < b.number; }
};
struct LessNote {
    Less user_id;
    int mood = 0;
    friend bool operator<(LessNote a, LessNote b) { return a.user_id < b.user_id; }
};
PresenceState presence_of(LessNote const&) { return PresenceState::online; }

TEST_CASE("ids and states need an order, or a hash, and tokens an equality", "[presence_for]") {
    BasicMemoryPresenceStore<Less, LessNote> store;
    store.update({{1}, 1});
    store.update({{2}, 2});
    BasicRouteTable<Less, LessNote> routes;
    routes.add({1}, {2});
    CHECK(presence_for(Less{1}, routes, store).states.size() == 2);
    CHECK(presence_for(Less{1}, routes, store, 1).states.size() == 1);

    struct Texts : support::SpeaksNotes { // whose tokens are texts
        std::string const& current_token() const { return token; }
        Note const* state_of(int user) const { return user == 2 ? &note : nullptr; }
        std::span<Note const> changed_since(std::string const& since) const {
            return {&note, since == "a" ? std::size_t{1} : 0};
        }
        std::span<Note const> states() const { return {&note, 1}; }
        std::string token = "b";
        Note note{2, 20};
    };
    Texts const texts;
    auto const answer = presence_for(1, table({{1, 2}}), texts, "a");
    CHECK(answer.states == States{{2, 20}});
    CHECK(answer.next == "b");
    CHECK(presence_for(1, table({{1, 2}}), texts, answer.next).states.empty());
}

TEST_CASE("a router that is not const syncs by reference", "[presence_for]") {
    struct Changing : support::SpeaksNotes {
        Routed get_users_for_states(std::span<Note const> batch) {
            ++asked;
            return {{1, States(batch.begin(), batch.end())}};
        }
        AllUsers get_interested_users(int) { return all_users; }
        int asked = 0;
    } changing;
    Notes const store = notes({{2, 20}});
    CHECK(presence_for(1, std::ref(changing), store).states == States{{2, 20}});
    CHECK(presence_for(1, std::ref(changing), store, 0).states == States{{2, 20}});
    CHECK(changing.asked == 2);
}

} // namespace
