// SPDX-License-Identifier: BSL-1.0
#include <presence_router/async/async_chain.hpp>

#include "support/catch.hpp"
#include "support/future.hpp"
#include "support/routers.hpp"
#include "support/task.hpp"
#include "support/waiting.hpp"
#include "support/when_all.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/async/async_presence_router.hpp>
#include <presence_router/chain.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::answer_of;
using support::Edge;
using support::Everything;
using support::Future;
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
using support::WhenAll;

namespace {

using Strings = std::vector<std::string>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};
Note const one{1, 10}, two{2, 20}, three{3, 30};

// --- what it is

using Two = decltype(async_chain<Task>(Edge<1, 2>{}, WaitingEdge<3, 4>{}));
static_assert(std::same_as<Two, AsyncPresenceRouterChain<Task, Edge<1, 2>, WaitingEdge<3, 4>>>);
static_assert(AsyncPresenceRouter<Two> && !PresenceRouter<Two>);
static_assert(AsyncPresenceRouter<AsyncPresenceRouterChain<Task>>);
static_assert(std::same_as<Two::user_id_type, int> && std::same_as<Two::state_type, Note>);
static_assert(std::same_as<AsyncPresenceRouterChain<Task>::user_id_type, UserId>);
static_assert(std::same_as<decltype(std::declval<Two const&>().get_users_for_states(batch)), Task<Routed>>);
static_assert(std::same_as<decltype(std::declval<Two const&>().get_interested_users(1)), Task<Interest>>);

// Plain routers without state take no room.
static_assert(sizeof(async_chain<Task>(Edge<1, 2>{}, Everything<3>{}, Edge<1, 2>{})) == 1);
static_assert(std::is_default_constructible_v<Two>);

struct MoveOnly : WaitingEdge<1, 2> {
    std::unique_ptr<int> owned = std::make_unique<int>(1);
};
static_assert(std::is_move_constructible_v<AsyncPresenceRouterChain<Task, MoveOnly>>);
static_assert(!std::is_copy_constructible_v<AsyncPresenceRouterChain<Task, MoveOnly>>);

// Neither a chain nor a batch can be asked that is gone before the answer comes.
template <class Chain, class States>
concept Asks = requires(Chain&& chain, States&& states) {
    std::forward<Chain>(chain).get_users_for_states(std::forward<States>(states));
};
template <class Chain, class States>
concept AsksAtOnce = requires(Chain&& chain, States&& states) {
    std::forward<Chain>(chain).get_users_for_states(std::forward<States>(states), WhenAll{});
};
template <class Chain>
concept AsksAbout = requires(Chain&& chain) { std::forward<Chain>(chain).get_interested_users(1); };
using Batch = std::vector<Note>;
static_assert(Asks<Two&, Batch&> && Asks<Two const&, Batch const&> && AsksAtOnce<Two&, Batch&>);
static_assert(Asks<Two&, std::span<Note const>> && AsksAbout<Two&> && AsksAbout<Two const&>);
static_assert(!Asks<Two, Batch&> && !Asks<Two const, Batch&> && !AsksAtOnce<Two, Batch&>);
static_assert(!AsksAbout<Two> && !AsksAbout<Two const>);
static_assert(!Asks<Two&, Batch> && !Asks<Two&, Note> && !Asks<Two&, std::initializer_list<Note>>);
static_assert(!AsksAtOnce<Two&, Batch>);

Turn const turns[] = {Turn::at_once, Turn::next, Turn::reversed};

/// What a chain of three that wait, with plain ones around them, answers in all the ways of waiting.
template <class Check>
void in_all_turns(Check const& check) {
    for (Turn const turn : turns) {
        INFO("turn " << static_cast<int>(turn));
        Loop loop{turn};
        check(loop);
    }
}

} // namespace

TEST_CASE("async chain: the union of routers that wait and of plain ones", "[async]") {
    in_all_turns([](Loop& loop) {
        Strings asked;
        auto const chain =
            async_chain<Task>(Scripted{{{1, {one}}}, std::set{1}, "a", &asked},
                              Waiting{loop, {{1, {two}}, {2, {one, two}}}, std::set{2}, "b", &asked},
                              Waiting{loop, {{2, {two, three}}}, std::set{2, 3}, "c", &asked},
                              Scripted{{{3, {}}}, std::set<int>{}, "d", &asked}, Edge<4, 1>{},
                              Waiting{loop, {{5, {{9, 90}}}, {6, {}}}, std::set<int>{}, "e", &asked},
                              Scripted{{{1, {one}}}, std::set{4}, "f", &asked});
        CHECK(answer_of(chain.get_users_for_states(batch), loop) ==
              Routed{{1, {one, two}}, {2, {one, two, three}}, {3, {}}, {4, {one}}, {5, {{9, 90}}}, {6, {}}});
        CHECK(asked == Strings{"a", "b", "c", "d", "e", "f"});
        asked.clear();
        CHECK(answer_of(chain.get_interested_users(1), loop) == Interest{std::set{1, 2, 3, 4}});
        CHECK(asked == Strings{"a", "b", "c", "d", "e", "f"});
    });
}

TEST_CASE("async chain: routers are awaited one after the other", "[async]") {
    Loop loop;
    Strings started;
    auto const chain =
        async_chain<Task>(Waiting{loop, {}, {}, "a", &started}, Scripted{{}, {}, "b", &started},
                          Waiting{loop, {}, {}, "c", &started});
    SECTION("push") {
        auto task = chain.get_users_for_states(batch);
        CHECK(started.empty()); // this host's tasks start when they are awaited
        task.start();
        CHECK(started == Strings{"a"});
        CHECK(loop.run_once());
        CHECK(started == Strings{"a", "b", "c"});
        CHECK(!task.done());
        CHECK(!loop.run_once());
        CHECK(task.done());
    }
    SECTION("pull") {
        auto task = chain.get_interested_users(1);
        task.start();
        CHECK(started == Strings{"a"});
        CHECK(loop.run_once());
        CHECK(started == Strings{"a", "b", "c"});
        CHECK(!loop.run_once());
        CHECK(task.done());
    }
}

TEST_CASE("async chain: after all users nobody is started", "[async]") {
    in_all_turns([](Loop& loop) {
        Strings asked;
        auto const ask = [&](auto first, auto second, auto third, auto fourth) {
            asked.clear();
            auto const chain =
                async_chain<Task>(std::move(first), std::move(second), std::move(third), std::move(fourth));
            return answer_of(chain.get_interested_users(1), loop);
        };
        auto const waiting = [&](char const* name, Interest pull) {
            return Waiting{loop, {}, std::move(pull), name, &asked};
        };
        auto const plain = [&](char const* name, Interest pull) {
            return Scripted{{}, std::move(pull), name, &asked};
        };
        Interest const set = std::set{5}, all = all_users;
        CHECK(ask(waiting("a", set), waiting("b", all), waiting("c", set), plain("d", set)) == all);
        CHECK(asked == Strings{"a", "b"});
        CHECK(ask(waiting("a", all), waiting("b", all), plain("c", set), waiting("d", set)) == all);
        CHECK(asked == Strings{"a"});
        CHECK(ask(plain("a", set), plain("b", all), plain("c", set), waiting("d", set)) == all);
        CHECK(asked == Strings{"a", "b"});
        CHECK(ask(waiting("a", set), plain("b", all), waiting("c", set), plain("d", set)) == all);
        CHECK(asked == Strings{"a", "b"});
        CHECK(ask(waiting("a", set), plain("b", set), waiting("c", set), plain("d", all)) == all);
        CHECK(asked == Strings{"a", "b", "c", "d"});
        CHECK(ask(plain("a", set), plain("b", set), waiting("c", set), waiting("d", all)) == all);
        CHECK(asked == Strings{"a", "b", "c", "d"});
    });
}

TEST_CASE("async chain: of no routers, and of plain ones alone", "[async]") {
    AsyncPresenceRouterChain<Task> const empty;
    std::vector<UserPresenceState> const updates{{.user_id = "@a:x"_user}};
    CHECK(answer_of(empty.get_users_for_states(updates)).empty());
    CHECK(answer_of(empty.get_interested_users("@a:x"_user)) == InterestedUsers{});

    auto const plain = async_chain<Task>(Edge<1, 2>{}, Edge<3, 2>{});
    CHECK(answer_of(plain.get_users_for_states(batch)) == Routed{{1, {two}}, {3, {two}}});
    CHECK(answer_of(plain.get_users_for_states(two)) == Routed{{1, {two}}, {3, {two}}});
    CHECK(answer_of(plain.get_interested_users(3)) == Interest{std::set{2}});
}

TEST_CASE("async chain: routers may answer more than the canonical types", "[async]") {
    struct Vectors : support::SpeaksNotes {
        Task<std::vector<std::pair<int, std::vector<Note>>>>
        get_users_for_states(std::span<Note const>) const {
            co_return std::vector<std::pair<int, std::vector<Note>>>{{1, {one, one, two}}, {2, {}}};
        }
        Task<std::variant<AllUsers, std::vector<int>>> get_interested_users(int viewer) const {
            if (viewer == 1) co_return all_users;
            co_return std::vector<int>{3, 3, 4};
        }
    };
    auto const chain = async_chain<Task>(Vectors{}, WaitingEdge<2, 3>{});
    CHECK(answer_of(chain.get_users_for_states(batch)) == Routed{{1, {one, two}}, {2, {three}}});
    CHECK(answer_of(chain.get_interested_users(1)) == Interest{all_users});
    CHECK(answer_of(chain.get_interested_users(2)) == Interest{std::set{3, 4}});
}

TEST_CASE("async chain: chains nest in it, plain and waiting, by value and by reference", "[async]") {
    in_all_turns([](Loop& loop) {
        Strings asked;
        auto const inner = async_chain<Task>(Waiting{loop, {{1, {one}}}, std::set{1}, "b", &asked},
                                             Scripted{{{2, {one}}}, std::set{2}, "c", &asked});
        auto const chain = async_chain<Task>(
            Scripted{{}, {}, "a", &asked}, std::ref(inner),
            PresenceRouterChain{Scripted{{{3, {two}}}, std::set{3}, "d", &asked}, Edge<4, 1>{}},
            async_chain<Task>(), PresenceRouterChain<>{},
            async_chain<Task>(Waiting{loop, {}, all_users, "e", &asked}));
        CHECK(answer_of(chain.get_users_for_states(batch), loop) ==
              Routed{{1, {one}}, {2, {one}}, {3, {two}}, {4, {one}}});
        CHECK(asked == Strings{"a", "b", "c", "d", "e"});
        CHECK(answer_of(chain.get_interested_users(1), loop) == Interest{all_users});
    });
}

TEST_CASE("async chain: a router that waits is the one in the chain, even if it has no state", "[async]") {
    struct Where : support::SpeaksNotes {
        static void const*& asked() {
            static void const* router = nullptr;
            return router;
        }
        Task<Routed> get_users_for_states(std::span<Note const>) const {
            asked() = this;
            co_return Routed{};
        }
        Task<Interest> get_interested_users(int) const { co_return Interest{}; }
    };
    static_assert(std::is_empty_v<Where> && std::is_trivially_copyable_v<Where>);
    auto const chain = async_chain<Task>(Edge<1, 2>{}, Where{});
    (void)answer_of(chain.get_users_for_states(batch));
    CHECK(!std::less<>{}(Where::asked(), &chain));
    CHECK(std::less<>{}(Where::asked(), &chain + 1));
}

TEST_CASE("async chain: one that changes while it answers goes in by reference", "[async]") {
    struct Counting : support::SpeaksNotes {
        int calls = 0;
        Task<Routed> get_users_for_states(std::span<Note const>) {
            ++calls;
            co_return Routed{};
        }
        Task<Interest> get_interested_users(int) {
            ++calls;
            co_return Interest{};
        }
    };
    Counting counting;
    auto const chain = async_chain<Task>(std::ref(counting), std::ref(counting));
    (void)answer_of(chain.get_users_for_states(batch));
    (void)answer_of(chain.get_interested_users(1));
    CHECK(counting.calls == 4);
}

TEST_CASE("async chain: an exception reaches who awaits, and nobody is asked any more", "[async]") {
    in_all_turns([](Loop& loop) {
        Strings asked;
        auto const chain = async_chain<Task>(Waiting{loop, {}, {}, "a", &asked}, WaitingFailing{loop},
                                             Waiting{loop, {}, {}, "b", &asked});
        CHECK_THROWS_AS(answer_of(chain.get_users_for_states(batch), loop), support::Failure);
        CHECK_THROWS_AS(answer_of(chain.get_interested_users(1), loop), support::Failure);
        CHECK(asked == Strings{"a", "a"});

        auto const plain = async_chain<Task>(Waiting{loop, {}, {}, "c", &asked}, support::Failing{},
                                             Waiting{loop, {}, {}, "d", &asked});
        CHECK_THROWS_AS(answer_of(plain.get_users_for_states(batch), loop), support::Failure);
        CHECK_THROWS_AS(answer_of(plain.get_interested_users(1), loop), support::Failure);
        CHECK(asked == Strings{"a", "a", "c", "c"});
        CHECK(loop.waiting() == 0);
    });
}

TEST_CASE("async chain: a task that is thrown away takes the router's with it", "[async]") {
    struct Watched : support::SpeaksNotes {
        Loop* loop;
        int* alive;
        Watched(Loop& of, int& counter) : loop{&of}, alive{&counter} {}
        Task<Routed> get_users_for_states(std::span<Note const>) const {
            support::Alive const counted{*alive};
            co_await loop->turn();
            co_return Routed{};
        }
        Task<Interest> get_interested_users(int) const {
            support::Alive const counted{*alive};
            co_await loop->turn();
            co_return Interest{};
        }
    };
    Loop loop;
    int alive = 0;
    auto const chain = async_chain<Task>(Watched{loop, alive}, Watched{loop, alive});
    {
        auto never_started = chain.get_users_for_states(batch);
        auto push = chain.get_users_for_states(batch);
        auto pull = chain.get_interested_users(1);
        auto both = chain.get_users_for_states(batch, WhenAll{});
        push.start();
        pull.start();
        both.start();
        CHECK(alive == 4);
    }
    CHECK(alive == 0); // who is gone may not be resumed: what the loop still holds is left alone
}

TEST_CASE("async chain: viewer and chain may be asked by many tasks at once", "[async]") {
    Loop loop{Turn::reversed};
    auto const chain = async_chain<Task>(Waiting{loop, {{1, {one}}}, std::set{7}}, WaitingEdge<1, 2>{});
    std::vector<Task<Interest>> tasks;
    for (int viewer = 0; viewer < 3; ++viewer) {
        tasks.push_back(chain.get_interested_users(viewer)); // the number is gone before the task starts
        tasks.back().start();
    }
    while (loop.waiting() != 0) loop.run_once();
    CHECK(tasks[0].await_resume() == Interest{std::set{7}});
    CHECK(tasks[1].await_resume() == Interest{std::set{2, 7}});
    CHECK(tasks[2].await_resume() == Interest{std::set{7}});
}

TEST_CASE("async chain: at once is as one after the other", "[async]") {
    in_all_turns([](Loop& loop) {
        Strings asked;
        auto const chain =
            async_chain<Task>(Waiting{loop, {{1, {two}}, {2, {one, two}}}, {}, "a", &asked}, Edge<7, 1>{},
                              Waiting{loop, {{2, {two, three}}, {8, {}}}, {}, "b", &asked},
                              async_chain<Task>(Waiting{loop, {{3, {one}}}, {}, "c", &asked},
                                                Waiting{loop, {{4, {one}}}, {}, "d", &asked}),
                              Scripted{{{9, {one}}}, {}, "plain", &asked});
        Routed const in_order = answer_of(chain.get_users_for_states(batch), loop);
        CHECK(asked == Strings{"a", "b", "c", "d", "plain"});
        asked.clear();
        CHECK(answer_of(chain.get_users_for_states(batch, WhenAll{}), loop) == in_order);
        CHECK(asked == Strings{"plain", "a", "b", "c", "d"});
        CHECK(in_order.size() == 7);
    });
}

TEST_CASE("async chain: at once all that wait are started before one of them is done", "[async]") {
    Loop loop{Turn::reversed};
    Strings started;
    auto const chain = async_chain<Task>(
        Waiting{loop, {}, {}, "a", &started},
        async_chain<Task>(Waiting{loop, {}, {}, "b", &started}, Waiting{loop, {}, {}, "c", &started}),
        async_chain<Task>(Waiting{loop, {}, {}, "d", &started}));
    auto task = chain.get_users_for_states(batch, WhenAll{});
    task.start();
    CHECK(started == Strings{"a", "b", "c", "d"});
    CHECK(loop.waiting() == 4);
    CHECK(!loop.run_once());
    CHECK(task.done());
}

TEST_CASE("async chain: at once an exception reaches who awaits, when all are done", "[async]") {
    in_all_turns([](Loop& loop) {
        Strings asked;
        auto const chain =
            async_chain<Task>(WaitingFailing{loop}, Waiting{loop, {}, {}, "a", &asked}, WaitingFailing{loop});
        CHECK_THROWS_AS(answer_of(chain.get_users_for_states(batch, WhenAll{}), loop), support::Failure);
        CHECK(asked == Strings{"a"});
        CHECK(loop.waiting() == 0);

        asked.clear();
        auto const plain = async_chain<Task>(Waiting{loop, {}, {}, "a", &asked}, support::Failing{},
                                             Waiting{loop, {}, {}, "b", &asked});
        CHECK_THROWS_AS(answer_of(plain.get_users_for_states(batch, WhenAll{}), loop), support::Failure);
        CHECK(asked.empty()); // the plain ones come first: nobody was started in vain
    });
}

TEST_CASE("async chain: a million questions in a loop take no more stack than one", "[async]") {
    struct Deep : support::SpeaksNotes {
        std::uintptr_t* lowest;
        explicit Deep(std::uintptr_t& of) : lowest{&of} {}
        void note_depth() const {
            auto const here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
            *lowest = (std::min)(*lowest, here);
        }
        Task<Routed> get_users_for_states(std::span<Note const>) const {
            note_depth();
            co_return Routed{};
        }
        Task<Interest> get_interested_users(int) const {
            note_depth();
            co_return Interest{};
        }
    };
    std::uintptr_t lowest = UINTPTR_MAX;
    auto const chain = async_chain<Task>(Deep{lowest}, Edge<1, 2>{}, Deep{lowest});
    // Neither coroutine captures: a lambda would be gone.
    struct Ask {
        static Task<std::size_t> many(decltype(chain)& asked, std::size_t times) {
            std::size_t shown = 0;
            for (std::size_t i = 0; i < times; ++i) {
                Interest const interest = co_await asked.get_interested_users(1);
                shown += std::get<0>(interest).size();
            }
            co_return shown;
        }
    };
    CHECK(answer_of(Ask::many(chain, 1)) == 1);
    std::uintptr_t const lowest_of_one = lowest;
    CHECK(answer_of(Ask::many(chain, 1'000'000)) == 1'000'000);
    CHECK(lowest == lowest_of_one);
}

namespace {

/// Asks by callbacks, and is no coroutine.
struct CallsBack : support::SpeaksNotes {
    Future<Routed> push;
    Future<Interest> pull;
    Strings* asked;
    char const* name;

    CallsBack(char const* called, Strings& in) : asked{&in}, name{called} {}

    Future<Routed> get_users_for_states(std::span<Note const>) const {
        asked->push_back(name);
        return push;
    }
    Future<Interest> get_interested_users(int) const {
        asked->push_back(name);
        return pull;
    }
};

struct WhenAllKnown {
    template <class... T>
    Future<std::tuple<T...>> operator()(Future<T>... asked) const {
        co_return std::tuple<T...>{co_await asked...};
    }
};

} // namespace

TEST_CASE("async chain: a host of callbacks needs an awaitable with then, and no coroutine of its own",
          "[async]") {
    Strings asked;
    CallsBack a{"a", asked}, b{"b", asked};
    auto const chain = async_chain<Future>(a, Edge<1, 3>{}, b | guarded([](std::exception_ptr const&) {}));
    SECTION("pull, one after the other") {
        Interest answer;
        chain.get_interested_users(1).then([&](Interest interest) { answer = std::move(interest); });
        CHECK(asked == Strings{"a"});
        a.pull.set(std::set{2});
        CHECK(asked == Strings{"a", "b"});
        CHECK(answer == Interest{});
        b.pull.set(std::set{4});
        CHECK(answer == Interest{std::set{2, 3, 4}});
    }
    SECTION("pull, after all users") {
        Interest answer;
        chain.get_interested_users(1).then([&](Interest interest) { answer = std::move(interest); });
        a.pull.set(all_users);
        CHECK(answer == Interest{all_users});
        CHECK(asked == Strings{"a"});
    }
    SECTION("push, at once, and known in the other order") {
        Routed answer;
        chain.get_users_for_states(batch, WhenAllKnown{}).then([&](Routed routes) {
            answer = std::move(routes);
        });
        CHECK(asked == Strings{"a", "b"}); // started in their order, when they start by being called
        b.push.set({{4, {one}}});
        CHECK(answer.empty());
        a.push.set({{1, {one}}});
        CHECK(answer == Routed{{1, {one, three}}, {4, {one}}});
    }
}

TEST_CASE("async chain: many threads ask one chain", "[async][threads]") {
    auto const chain = async_chain<Task>(WaitingEdge<1, 2>{}, Edge<1, 3>{}, WaitingEdge<1, 1>{});
    std::array<std::thread, 4> threads;
    std::array<std::size_t, 4> right{};
    for (std::size_t at = 0; at < threads.size(); ++at)
        threads[at] = std::thread{[&, at] {
            for (int i = 0; i < 200; ++i)
                right[at] += answer_of(chain.get_users_for_states(batch)) == Routed{{1, {one, two, three}}} &&
                             answer_of(chain.get_interested_users(1)) == Interest{std::set{1, 2, 3}};
        }};
    for (std::thread& thread : threads) thread.join();
    CHECK(right == std::array<std::size_t, 4>{200, 200, 200, 200});
}

namespace {

/// As libraries have it: it answers a reference to the tuple it keeps, and tells a const call from another.
struct KeptWhenAll {
    template <class... T>
    struct Keeping {
        decltype(WhenAll{}(std::declval<Task<T>>()...)) joined;
        std::optional<std::tuple<T...>> answers{};

        bool await_ready() const noexcept { return joined.await_ready(); }
        bool await_suspend(std::coroutine_handle<> awaiting) { return joined.await_suspend(awaiting); }
        std::tuple<T...>&& await_resume() {
            answers.emplace(joined.await_resume());
            return std::move(*answers);
        }
    };
    template <class... T>
    Keeping<T...> operator()(Task<T>... asked) const {
        return {WhenAll{}(std::move(asked)...)};
    }
    template <class... T>
    void operator()(Task<T>...) = delete; // it is called as a const object
};

} // namespace

TEST_CASE("async chain: when_all is called as a const object, and may answer by reference", "[async]") {
    in_all_turns([](Loop& loop) {
        auto const chain = async_chain<Task>(Waiting{loop, {{1, {one}}}}, Edge<1, 2>{}, WaitingEdge<3, 1>{});
        CHECK(answer_of(chain.get_users_for_states(batch, KeptWhenAll{}), loop) ==
              Routed{{1, {one, two}}, {3, {one}}});
    });
}
