// SPDX-License-Identifier: BSL-1.0
#include <presence_router/runtime/presence_router_registry.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/lanes.hpp"
#include "support/routers.hpp"

#include <atomic>
#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Failing;
using support::Failure;
using support::Interest;
using support::Note;
using support::Routed;
using support::Scripted;

namespace {

using Registry = BasicPresenceRouterRegistry<int, Note>;
using Any = BasicAnyPresenceRouter<int, Note>;
using Names = std::vector<std::string>;
using Ids = std::vector<RegisteredRouter>;

static_assert(PresenceRouter<Registry> && PresenceRouter<PresenceRouterRegistry>);
static_assert(std::same_as<PresenceRouterRegistry, BasicPresenceRouterRegistry<UserId, UserPresenceState>>);
static_assert(!std::is_copy_constructible_v<Registry> && !std::is_move_constructible_v<Registry>);

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};

Ids registered(Registry const& registry) {
    Ids ids;
    registry.for_each_router([&](RegisteredRouter id, Any const&) { ids.push_back(id); });
    return ids;
}

/// The names of the routers asked by `ask`, in order.
template <class Ask>
Names asked_by(Names& asked, Ask const& ask) {
    asked.clear();
    ask();
    return asked;
}

struct Named : Edge<7, 1> {
    static constexpr std::string_view name = "the seventh";
};

/// Is told when it ends.
struct Ending : Edge<7, 1> {
    explicit Ending(std::function<void()> told)
        : end{std::make_shared<std::function<void()>>(std::move(told))} {}
    ~Ending() {
        if (end && end.use_count() == 1) (*end)();
    }
    Ending(Ending&&) = default;
    Ending& operator=(Ending&&) = delete;
    std::shared_ptr<std::function<void()>> end;
};

} // namespace

TEST_CASE("a registry without routers routes nobody") {
    Registry const registry;
    CHECK(registry.size() == 0);
    CHECK(registry.get_users_for_states(batch).empty());
    CHECK(registry.get_interested_users(7) == Interest{std::set<int>{}});
    CHECK(registry.states_for_user(7, batch).empty());
    CHECK_FALSE(registry.sees(7, 1));
    registry.for_each_route(batch, [](int, Note const&) { CHECK(false); });
    CHECK_FALSE(registry.for_each_subject(7, [](int) { CHECK(false); }));
}

TEST_CASE("a registry is the union of its routers, on all lanes") {
    Registry registry;
    registry.register_router(Edge<1, 2>{});
    registry.register_router(PresenceRouterChain{Edge<3, 4>{}, Edge<1, 0>{}});
    BasicRouteTable<int, Note> table;
    table.add(5, 6);
    table.add(6, 5);
    registry.register_router(std::cref(table));
    registry.register_router(Any{Edge<0, 6>{}});
    support::check_lanes(registry, {{1, 2}, {3, 4}, {1, 0}, {5, 6}, {6, 5}, {0, 6}}, 8);

    PresenceRouterChain const chain{std::ref(registry), Edge<7, 7>{}};
    CHECK((chain.sees(5, 6) && chain.sees(7, 7)));
    CHECK_FALSE((std::ref(registry) | without_subjects([](int subject) { return subject == 6; })).sees(5, 6));

    registry.register_router(support::pushing([](auto) { return Routed{{2, {}}, {1, {{2, 20}, {2, 77}}}}; }));
    CHECK(registry.get_users_for_states(batch) == Routed{{1, {{2, 20}, {2, 77}}}, {2, {}}});
}

TEST_CASE("a registry asks in the order of registration, and nobody after all users or a sink that stops") {
    Names asked;
    Registry registry;
    registry.register_router(Scripted{{{7, {{1, 10}}}}, std::set{1}, "first", &asked});
    RegisteredRouter const second = registry.register_router(Scripted{{}, all_users, "second", &asked});
    registry.register_router(Scripted{{{8, {{1, 10}}}}, std::set{2}, "third", &asked});
    CHECK(asked_by(asked, [&] { (void)registry.get_users_for_states(batch); }) ==
          Names{"first", "second", "third"});
    CHECK(registry.get_interested_users(7) == Interest{all_users});
    CHECK(asked_by(asked, [&] { (void)registry.get_interested_users(7); }) == Names{"first", "second"});
    CHECK(registry.for_each_subject(7, [](int) {}) == all_users);
    CHECK(asked_by(asked, [&] { registry.for_each_subject(7, [](int) { return false; }); }) ==
          Names{"first"});
    CHECK(asked_by(asked, [&] { registry.for_each_route(batch, [](int, Note const&) { return false; }); }) ==
          Names{"first"});
    CHECK(asked_by(asked, [&] { CHECK(registry.sees(7, 1)); }) == Names{"first"});

    CHECK(registry.remove(second));
    CHECK(registry.get_interested_users(7) == Interest{std::set{1, 2}});
    CHECK(asked_by(asked, [&] { (void)registry.states_for_user(7, batch); }) == Names{"first", "third"});
}

TEST_CASE("routers are registered, removed, and replaced as a whole") {
    Registry registry;
    RegisteredRouter const first = registry.register_router(Edge<1, 1>{});
    RegisteredRouter const second = registry.register_router(Edge<2, 2>{});
    RegisteredRouter const again = registry.register_router(Edge<2, 2>{});
    CHECK(registered(registry) == Ids{first, second, again});
    CHECK(registry.remove(second));
    CHECK_FALSE(registry.remove(second));
    CHECK_FALSE(registry.remove(RegisteredRouter{}));
    CHECK(registered(registry) == Ids{first, again});
    CHECK((registry.sees(1, 1) && registry.sees(2, 2)));

    Ids const replaced = registry.replace_all(Edge<3, 3>{}, Any{Edge<4, 4>{}});
    CHECK(replaced.size() == 2);
    CHECK(registered(registry) == replaced);
    CHECK((!registry.sees(1, 1) && registry.sees(3, 3) && registry.sees(4, 4)));
    CHECK_FALSE(registry.remove(first)); // no name is given twice

    std::vector<Any> routers;
    for (int i = 0; i < 3; ++i) routers.emplace_back(Edge<5, 5>{});
    CHECK(registry.replace_all(std::move(routers)).size() == 3);
    CHECK(registry.size() == 3);
    CHECK(registry.replace_all().empty());
    CHECK(registry.size() == 0);

    registry.register_router(Named{});
    registry.for_each_router(
        [](RegisteredRouter, Any const& router) { CHECK(router.name() == "the seventh"); });
}

// --- the two callbacks

TEST_CASE("both callbacks are registered, or neither") {
    auto const push = [](std::span<Note const> notes) { return Routed{{7, {notes.front()}}}; };
    auto const pull = [](int viewer) { return viewer == 7 ? std::set{1} : std::set<int>{}; };
    Registry registry;
    CHECK_FALSE(registry.register_presence_router_callbacks().has_value());
    CHECK_FALSE(registry.register_presence_router_callbacks(nullptr, nullptr).has_value());
    CHECK(registry.size() == 0);

    auto const id = registry.register_presence_router_callbacks(push, pull);
    CHECK(registered(registry) == Ids{id.value()});
    CHECK(registry.get_users_for_states(batch) == Routed{{7, {{1, 10}}}});
    CHECK(registry.sees(7, 1));

    auto const missing = [&](auto const& one, auto const& other) -> std::string {
        try {
            (void)registry.register_presence_router_callbacks(one, other);
        } catch (std::invalid_argument const& error) {
            return error.what();
        }
        return "accepted";
    };
    CHECK(missing(push, nullptr).find("get_interested_users is missing") != std::string::npos);
    CHECK(missing(nullptr, pull).find("get_users_for_states is missing") != std::string::npos);
    CHECK(registry.size() == 1);
}

Routed push_of_a_plugin(std::span<Note const>) { return {{8, {{1, 10}}}}; }
Interest pull_of_a_plugin(int const&) { return std::set{1}; }

TEST_CASE("callbacks that may be null are known at run time only") {
    Registry registry;
    using Push = std::function<Routed(std::span<Note const>)>;
    using Pull = std::function<Interest(int const&)>;
    CHECK_THROWS_AS(registry.register_presence_router_callbacks(Push{push_of_a_plugin}, Pull{}),
                    std::invalid_argument);
    CHECK_THROWS_AS(registry.register_presence_router_callbacks(Push{}, &pull_of_a_plugin),
                    std::invalid_argument);
    Routed (*const no_push)(std::span<Note const>) = nullptr;
    CHECK_THROWS_AS(registry.register_presence_router_callbacks(no_push, &pull_of_a_plugin),
                    std::invalid_argument);
    CHECK_FALSE(registry.register_presence_router_callbacks(no_push, Pull{}).has_value());
    CHECK(registry.size() == 0);
    CHECK(registry.register_presence_router_callbacks(Push{push_of_a_plugin}, &pull_of_a_plugin));
    CHECK(registry.states_for_user(8, batch).size() == 1);
    CHECK(registry.sees(8, 1));

    // One that cannot be copied, and answers loosely.
    auto value = std::make_unique<int>(3);
    CHECK(registry.register_presence_router_callbacks(
        [](std::span<Note const> notes) { return std::vector<std::pair<int, Note>>{{9, notes.front()}}; },
        [value = std::move(value)](int) { return std::vector{*value}; }));
    CHECK(registry.sees(9, 3));
    CHECK(registry.get_users_for_states(batch).contains(9));
}

// --- failing routers

TEST_CASE("an exception of a registered router reaches the caller, unless the router is guarded") {
    Registry registry;
    registry.register_router(Edge<7, 1>{});
    RegisteredRouter const failing = registry.register_router(Failing{});
    registry.register_router(Edge<7, 3>{});
    CHECK_THROWS_AS(registry.get_users_for_states(batch), Failure);
    CHECK_THROWS_AS(registry.get_interested_users(7), Failure);
    CHECK_THROWS_AS(registry.states_for_user(7, batch), Failure);
    CHECK_THROWS_AS(registry.sees(7, 2), Failure);
    CHECK_THROWS_AS(registry.for_each_route(batch, [](int, Note const&) {}), Failure);
    CHECK_THROWS_AS(registry.for_each_subject(7, [](int) {}), Failure);
    CHECK(registry.sees(7, 1));
    registry.wait_for_readers(); // who threw does not read any more

    CHECK(registry.remove(failing));
    int failures = 0;
    registry.register_router(Failing{} | guarded([&](std::exception_ptr) { ++failures; }));
    CHECK(registry.get_interested_users(7) == Interest{std::set{1, 3}});
    CHECK(registry.get_users_for_states(batch) == Routed{{7, {{1, 10}, {3, 30}}}});
    CHECK(failures == 2);
}

// --- changes while others ask

TEST_CASE("a change counts from the next call on, also one that a router makes while it is asked") {
    Registry registry;
    bool ended = false;
    RegisteredRouter const first = registry.register_router(Ending{[&] { ended = true; }});
    int asked = 0;
    registry.register_router(support::pushing([&](std::span<Note const>) {
        if (asked++ == 0) {
            registry.register_router(Edge<7, 2>{});
            registry.remove(first);
            CHECK(registry.sees(7, 2)); // a call of its own
            CHECK_FALSE(registry.sees(7, 1));
            CHECK_FALSE(ended);
        }
        return Routed{};
    }));
    CHECK(registry.get_users_for_states(batch) == Routed{{7, {{1, 10}}}});
    CHECK_FALSE(ended);
    registry.wait_for_readers();
    CHECK(ended);
    CHECK(registry.get_users_for_states(batch) == Routed{{7, {{2, 20}}}});
}

TEST_CASE("a sink may change the registry it is called by") {
    Registry registry;
    registry.replace_all(Edge<7, 1>{}, Edge<7, 2>{});
    std::vector<int> shown;
    registry.for_each_route(batch, [&](int, Note const& note) {
        registry.replace_all(Edge<7, 3>{});
        shown.push_back(note.user_id);
    });
    CHECK(shown == std::vector{1, 2});
    CHECK((registry.sees(7, 3) && !registry.sees(7, 1)));
}

TEST_CASE("a router that ends may use the registry") {
    Registry registry;
    std::size_t seen = 7;
    RegisteredRouter const ending = registry.register_router(Ending{[&] {
        seen = registry.size();
        registry.register_router(Edge<1, 1>{});
    }});
    registry.remove(ending);
    CHECK(seen == 0);
    CHECK(registry.size() == 1);
}

TEST_CASE("a change keeps nothing of what it registered") {
    Registry registry;
    bool ended = false, ended_at_once = false;
    auto const remove_all = [&] { // another change, while that which registered the second is not done
        registry.replace_all();
        ended_at_once = ended;
    };
    Ending second{[&] { ended = true; }};
    registry.register_router(Ending{remove_all});
    registry.for_each_router([&](RegisteredRouter id, Any const&) { registry.remove(id); }); // ends later
    SECTION("replacing") { registry.replace_all(std::move(second)); }
    SECTION("registering") { registry.register_router(std::move(second)); }
    CHECK(ended_at_once);
}

TEST_CASE("what a removed router refers to may end when nobody reads any more") {
    Registry registry;
    auto table = std::make_unique<BasicRouteTable<int, Note>>();
    table->add(7, 1);
    RegisteredRouter const id = registry.register_router(std::cref(*table));
    std::atomic<bool> done{false};
    std::atomic<int> mistakes{0};
    std::thread reader{[&] {
        do mistakes += registry.get_users_for_states(batch).size() > 1;
        while (!done);
    }};
    for (int times = 0; times < 20; ++times) mistakes += !registry.sees(7, 1);
    registry.remove(id);
    registry.wait_for_readers();
    table.reset(); // the address sanitizer looks on
    for (int times = 0; times < 100; ++times) mistakes += registry.sees(7, 1);
    done = true;
    reader.join();
    CHECK(mistakes == 0);
}

// Each list of routers sends a batch to viewers of one number, all of them or, where a router fails, an
// exception: nothing else may be seen. One router in each list is shared with none, one throws at times, and
// all note when they are asked after their end.
TEST_CASE("a batch sees one list of routers, whole, while others change it", "[registry][threads]") {
    constexpr int lists = 6, width = 4;
    struct Member : support::SpeaksNotes {
        Member(int of, int at, std::atomic<int>& count) : list{of}, place{at}, alive{&count} { ++*alive; }
        Member(Member&& other) noexcept : list{other.list}, place{other.place}, alive{other.alive} {
            ++*alive;
        }
        Member& operator=(Member&&) = delete;
        ~Member() {
            list = -1;
            --*alive;
        }
        int viewer() const { return list * width + place; }
        Routed get_users_for_states(std::span<Note const> notes) const {
            if (place == width - 1 && notes.size() > 1) throw Failure{};
            return {{viewer(), {notes.begin(), notes.end()}}};
        }
        Interest get_interested_users(int) const { return std::set{viewer()}; }
        int list, place;
        std::atomic<int>* alive;
    };
    std::atomic<int> alive{0}, mistakes{0}, failures{0}, writers{2};
    {
        Registry registry;
        auto const put = [&](int list) {
            std::vector<Any> members;
            for (int at = 0; at < width; ++at) members.emplace_back(Member{list, at, alive});
            return registry.replace_all(std::move(members));
        };
        put(0);
        auto const check_whole = [&](std::set<int> const& viewers) {
            bool whole = viewers.size() == width;
            for (int const viewer : viewers)
                whole = whole && viewer >= 0 && viewer / width == *viewers.begin() / width;
            mistakes += !whole;
        };
        std::vector<std::thread> threads;
        for (int reader = 0; reader < 4; ++reader)
            threads.emplace_back([&] {
                Note const one{1, 10};
                do {
                    std::set<int> viewers;
                    for (auto const& route : registry.get_users_for_states(one)) viewers.insert(route.first);
                    check_whole(viewers);
                    viewers.clear();
                    registry.for_each_route(one, [&](int viewer, Note const&) {
                        std::this_thread::yield(); // in the middle of a call
                        viewers.insert(viewer);
                    });
                    check_whole(viewers);
                    viewers.clear();
                    registry.for_each_subject(1, [&](int subject) { viewers.insert(subject); });
                    check_whole(viewers);
                    check_whole(std::get<0>(registry.get_interested_users(1)));
                    try {
                        (void)registry.get_users_for_states(batch);
                        ++mistakes;
                    } catch (Failure const&) {
                        ++failures;
                    }
                } while (writers > 0);
            });
        for (int writer = 0; writer < 2; ++writer)
            threads.emplace_back([&, writer] {
                for (int times = 0; times < 150; ++times) {
                    Ids const ids = put((writer + times) % lists);
                    if (times % 10 == 0) registry.wait_for_readers();
                    mistakes += ids.size() != width;
                }
                --writers;
            });
        for (std::thread& thread : threads) thread.join();
        CHECK(mistakes == 0);
        CHECK(failures >= 4);
        registry.wait_for_readers();
        CHECK(alive == width); // the others have ended, and not twice
    }
    CHECK(alive == 0);
}

TEST_CASE("routers come and go one by one from many threads", "[registry][threads]") {
    Registry registry;
    registry.register_router(Edge<7, 1>{}); // this one stays
    std::atomic<int> mistakes{0}, writers{3};
    std::vector<std::thread> threads;
    for (int reader = 0; reader < 2; ++reader)
        threads.emplace_back([&] {
            while (writers > 0) {
                mistakes += !registry.sees(7, 1);
                mistakes += registry.states_for_user(7, batch).count({1, 10}) != 1;
                std::size_t routers = 0;
                registry.for_each_router(
                    [&](RegisteredRouter, Any const& router) { routers += router.sees(7, 1); });
                mistakes += routers < 1 || routers > 4;
            }
        });
    for (int writer = 0; writer < 3; ++writer)
        threads.emplace_back([&] {
            for (int times = 0; times < 200; ++times) {
                RegisteredRouter const id = registry.register_router(Named{});
                mistakes += !registry.remove(id);
            }
            --writers;
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(mistakes == 0);
    CHECK(registry.size() == 1);
}
