// SPDX-License-Identifier: BSL-1.0
#include <presence_router/async/async_adapted.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"
#include "support/task.hpp"
#include "support/waiting.hpp"
#include "support/when_all.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/observed.hpp>
#include <presence_router/adaptors/routes.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/adaptors/transformed.hpp>
#include <presence_router/adaptors/viewers.hpp>
#include <presence_router/async/async_chain.hpp>
#include <presence_router/async/async_presence_router.hpp>
#include <presence_router/predicates/one_of.hpp>

#include <chrono>
#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::answer_of;
using support::Edge;
using support::Failure;
using support::Interest;
using support::Loop;
using support::Note;
using support::Routed;
using support::Scripted;
using support::Task;
using support::Turn;
using support::Waiting;
using support::WaitingEdge;
using support::WaitingFailing;

namespace {

using Strings = std::vector<std::string>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};
Note const one{1, 10}, two{2, 20}, three{3, 30};

struct Ignore {
    void operator()(std::exception_ptr const&) const {}
};
struct IsEven {
    bool operator()(int user) const { return user % 2 == 0; }
};

// The closures are the same; what they make waits if the router does.
using GuardedPlain = decltype(Edge<1, 2>{} | guarded(Ignore{}));
using GuardedWaiting = decltype(WaitingEdge<1, 2>{} | guarded(Ignore{}));
static_assert(std::same_as<GuardedPlain, Guarded<Edge<1, 2>, Ignore>>);
static_assert(std::same_as<GuardedWaiting, AsyncAdapted<Guarded, WaitingEdge<1, 2>, Ignore>>);
static_assert(AsyncPresenceRouter<GuardedWaiting> && !PresenceRouter<GuardedWaiting>);
static_assert(std::same_as<GuardedWaiting::user_id_type, int> &&
              std::same_as<GuardedWaiting::state_type, Note>);
static_assert(
    std::same_as<decltype(std::declval<GuardedWaiting const&>().get_interested_users(1)), Task<Interest>>);
using Referring = std::reference_wrapper<WaitingEdge<1, 2>>;
static_assert(AsyncPresenceRouter<AsyncAdapted<Guarded, Referring, Ignore>>);

// A task type with more arguments keeps them.
template <class T, class Executor>
struct TaskOn : Task<T> {};
struct OnExecutor : support::SpeaksNotes {
    TaskOn<std::vector<std::pair<int, Note>>, char> get_users_for_states(std::span<Note const>) const;
    TaskOn<std::set<int>, char> get_interested_users(int) const;
};
using AdaptedOnExecutor = decltype(std::declval<OnExecutor>() | guarded(Ignore{}));
static_assert(std::same_as<decltype(std::declval<AdaptedOnExecutor&>().get_users_for_states(batch)),
                           TaskOn<Routed, char>>);

// One that is gone before the answer comes cannot be asked.
template <class R>
concept AsksAbout = requires(R&& router) { std::forward<R>(router).get_interested_users(1); };
template <class R>
concept Asks = requires(R&& router) { std::forward<R>(router).get_users_for_states(batch); };
static_assert(Asks<GuardedWaiting&> && AsksAbout<GuardedWaiting const&>);
static_assert(!Asks<GuardedWaiting> && !AsksAbout<GuardedWaiting>);

Turn const turns[] = {Turn::at_once, Turn::next};

/// Holds what the same adaptors make of a router that waits against what they make of a plain one.
template <class Closure>
void check_as_plain(Closure const& closure) {
    for (Interest const& interest : {Interest{std::set{1, 2, 3}}, Interest{all_users}})
        for (Turn const turn : turns) {
            Loop loop{turn};
            Routed const routes{{1, {one, two}}, {2, {one, two, three}}, {3, {{9, 90}}}, {4, {}}, {5, {}}};
            auto const plain = Scripted{routes, interest} | closure;
            auto const waiting = Waiting{loop, routes, interest} | closure;
            CHECK(answer_of(waiting.get_users_for_states(batch), loop) == plain.get_users_for_states(batch));
            for (int viewer = 1; viewer <= 5; ++viewer)
                CHECK(answer_of(waiting.get_interested_users(viewer), loop) ==
                      plain.get_interested_users(viewer));
        }
}

} // namespace

TEST_CASE("async adapted: each adaptor does to a router that waits what it does to any", "[async]") {
    auto const is_even = [even = std::make_shared<int>(2)](int user) { return user % *even == 0; };
    auto const is_less = [](int viewer, int subject) { return viewer < subject; };
    auto const moody = [](int viewer, Note note) -> std::optional<Note> {
        if (viewer == 1 && note.user_id == 1) return std::nullopt;
        note.mood += viewer;
        return note;
    };
    check_as_plain(only_viewers(is_even));
    check_as_plain(only_viewers(IsEven{}));
    check_as_plain(without_viewers(is_even));
    check_as_plain(only_subjects(is_even));
    check_as_plain(without_subjects(IsEven{}));
    check_as_plain(only_routes(is_less));
    check_as_plain(without_routes(is_less));
    check_as_plain(transformed(moody));
    check_as_plain(guarded(Ignore{}));
    check_as_plain(observed([](Observation const&) {}));
    check_as_plain(only_viewers(one_of(1, 2, 4)) | transformed(moody) | without_subjects(one_of(3)) |
                   guarded(Ignore{}));
}

TEST_CASE("async adapted: a viewer who is refused is not asked about", "[async]") {
    Loop loop;
    Strings started;
    Waiting const router{loop, {}, all_users, "router", &started};
    auto const even = router | only_viewers(IsEven{});
    CHECK(answer_of(even.get_interested_users(1), loop) == Interest{});
    auto const chain = async_chain<Task>(std::ref(router) | without_viewers(IsEven{}), Edge<2, 2>{});
    CHECK(answer_of(chain.get_interested_users(2), loop) == Interest{std::set{2}});
    CHECK(started.empty());
    CHECK(answer_of(even.get_interested_users(2), loop) == Interest{all_users});
    CHECK(started == Strings{"router"});
}

TEST_CASE("async guarded: a router that fails contributes nothing, and the others' results stay", "[async]") {
    for (Turn const turn : turns) {
        Loop loop{turn};
        Strings failures;
        auto const note = guarded([&](std::exception_ptr const& error) {
            try {
                std::rethrow_exception(error);
            } catch (std::exception const& failure) {
                failures.emplace_back(failure.what());
            }
        });
        auto const chain = async_chain<Task>(WaitingEdge<1, 2>{}, WaitingFailing{loop} | note, Edge<1, 3>{},
                                             support::Failing{} | note, WaitingEdge<4, 1>{} | note);
        CHECK(answer_of(chain.get_users_for_states(batch), loop) == Routed{{1, {two, three}}, {4, {one}}});
        CHECK(failures == Strings{Failure{}.what(), Failure{}.what()});
        CHECK(answer_of(chain.get_interested_users(1), loop) == Interest{std::set{2, 3}});
        CHECK(failures.size() == 4);
        CHECK(answer_of(chain.get_users_for_states(batch, support::WhenAll{}), loop) ==
              Routed{{1, {two, three}}, {4, {one}}});
        CHECK(failures.size() == 6);
    }
}

TEST_CASE("async guarded: an answer that fails while it is read contributes nothing", "[async]") {
    struct Lazy : support::SpeaksNotes {
        struct Range {
            struct Iterator {
                using value_type = std::pair<int, Note>;
                using difference_type = int;
                int at = 0;
                value_type operator*() const {
                    if (at == 1) throw Failure{};
                    return {1, {at, 0}};
                }
                Iterator& operator++() { return ++at, *this; }
                void operator++(int) { ++at; }
                bool operator==(Iterator const&) const = default;
            };
            Iterator begin() const { return {}; }
            Iterator end() const { return {2}; }
        };
        Task<Range> get_users_for_states(std::span<Note const>) const { co_return Range{}; }
        Task<std::set<int>> get_interested_users(int) const { co_return std::set<int>{}; }
    };
    int failures = 0;
    auto const router = Lazy{} | guarded([&](std::exception_ptr const&) { ++failures; });
    CHECK(answer_of(router.get_users_for_states(batch)).empty());
    CHECK(failures == 1);
    auto const chain = async_chain<Task>(Lazy{}, WaitingEdge<1, 2>{});
    CHECK_THROWS_AS(answer_of(chain.get_users_for_states(batch)), Failure);
}

TEST_CASE("async guarded: the handler lets a cancellation pass by rethrowing it", "[async]") {
    struct Cancelled : support::SpeaksNotes {
        Loop* loop;
        explicit Cancelled(Loop& of) : loop{&of} {}
        Task<Routed> get_users_for_states(std::span<Note const>) const {
            co_await loop->turn();
            throw std::system_error{std::make_error_code(std::errc::operation_canceled)};
        }
        Task<Interest> get_interested_users(int) const {
            co_await loop->turn();
            throw std::system_error{std::make_error_code(std::errc::operation_canceled)};
        }
    };
    Loop loop;
    int failures = 0;
    auto const isolate = guarded([&](std::exception_ptr const&) {
        try {
            throw; // the exception is being handled
        } catch (std::system_error const& error) {
            if (error.code() == std::errc::operation_canceled) throw;
        } catch (...) {
        }
        ++failures;
    });
    Strings started;
    auto const chain = async_chain<Task>(WaitingFailing{loop} | isolate, Cancelled{loop} | isolate,
                                         Waiting{loop, {}, {}, "later", &started} | isolate);
    CHECK_THROWS_AS(answer_of(chain.get_users_for_states(batch), loop), std::system_error);
    CHECK_THROWS_AS(answer_of(chain.get_interested_users(1), loop), std::system_error);
    CHECK(failures == 2);
    CHECK(started.empty());
}

TEST_CASE("async adapted: what a predicate throws is not the router's below it", "[async]") {
    Loop loop;
    int failures = 0;
    auto const count = guarded([&](std::exception_ptr const&) { ++failures; });
    auto const fails = [](int) -> bool { throw Failure{}; };
    Waiting const router{loop, {{1, {one}}}, all_users};
    auto const around = router | count | only_viewers(fails);
    CHECK_THROWS_AS(answer_of(around.get_users_for_states(batch), loop), Failure);
    CHECK_THROWS_AS(answer_of(around.get_interested_users(1), loop), Failure);
    CHECK(failures == 0);
    auto const below = router | only_viewers(fails) | count;
    CHECK(answer_of(below.get_users_for_states(batch), loop).empty());
    CHECK(answer_of(below.get_interested_users(1), loop) == Interest{});
    CHECK(failures == 2);
}

TEST_CASE("async observed: the wait counts", "[async]") {
    using namespace std::chrono_literals;
    struct Slow : support::SpeaksNotes {
        Task<Routed> get_users_for_states(std::span<Note const>) const {
            std::this_thread::sleep_for(2ms);
            co_return Routed{{1, {one, two}}, {2, {one}}};
        }
        Task<Interest> get_interested_users(int viewer) const {
            std::this_thread::sleep_for(2ms);
            if (viewer == 1) throw Failure{};
            co_return all_users;
        }
    };
    std::vector<Observation> seen;
    auto const router = Slow{} | observed([&](Observation const& call) { seen.push_back(call); });
    (void)answer_of(router.get_users_for_states(batch));
    CHECK_THROWS_AS(answer_of(router.get_interested_users(1)), Failure);
    (void)answer_of(router.get_interested_users(2));
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].lane == Lane::canonical_push);
    CHECK(seen[0].shown == 3);
    CHECK_FALSE(seen[0].failed);
    CHECK(seen[1].lane == Lane::canonical_pull);
    CHECK(seen[1].failed);
    CHECK(seen[2].all_users);
    for (Observation const& call : seen) CHECK(call.duration >= 2ms);
}

TEST_CASE("async adapted: deny goes around the chain, and asks it at once too", "[async]") {
    Loop loop{Turn::reversed};
    Strings started;
    auto const policy = async_chain<Task>(Waiting{loop, {{1, {one}}, {2, {one}}}, std::set{1}, "a", &started},
                                          Waiting{loop, {{2, {two}}}, std::set{2}, "b", &started}) |
                        without_viewers(IsEven{}) | guarded(Ignore{});
    static_assert(AsyncPresenceRouter<decltype(policy)>);
    auto task = policy.get_users_for_states(batch, support::WhenAll{});
    task.start();
    CHECK(started == Strings{"a", "b"});
    while (!task.done()) loop.run_once();
    CHECK(task.await_resume() == Routed{{1, {one}}});
    CHECK(answer_of(policy.get_users_for_states(batch), loop) == Routed{{1, {one}}});
    CHECK(answer_of(policy.get_interested_users(1), loop) == Interest{std::set{1, 2}});
    CHECK(answer_of(policy.get_interested_users(2), loop) == Interest{});
}

TEST_CASE("async adapted: an empty chain below any adaptor routes nobody", "[async]") {
    auto const chain = async_chain<Task>(async_chain<Task>() | only_viewers(IsEven{}) | guarded(Ignore{}),
                                         WaitingEdge<1, 2>{});
    CHECK(answer_of(chain.get_users_for_states(batch)) == Routed{{1, {two}}});
    CHECK(answer_of(chain.get_interested_users(1)) == Interest{std::set{2}});
}
