// SPDX-License-Identifier: BSL-1.0
#pragma once

// The same tests for standalone Asio and for Boost's: `net` is the one or the other.
#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/viewers.hpp>
#include <presence_router/async/async_chain.hpp>
#include <presence_router/async/async_presence_router.hpp>
#include <presence_router/async/await_cancelled.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

/// Asio cancels by what it throws.
template <class T, class Executor>
struct presence_router::AwaitCancelled<net::awaitable<T, Executor>> {
    static bool by(std::exception_ptr const& error) {
        try {
            std::rethrow_exception(error);
        } catch (SystemError const& failure) {
            return failure.code() == net_error::operation_aborted;
        } catch (...) {
            return false;
        }
    }
};

namespace {

using namespace presence_router;
using namespace std::chrono_literals;
using support::Edge;
using support::Interest;
using support::Note;
using support::Routed;

using Strings = std::vector<std::string>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};
Note const one{1, 10}, two{2, 20}, three{3, 30};

/// Asks a timer to wait, as others would ask a database.
struct Delayed : support::SpeaksNotes {
    std::chrono::milliseconds delay;
    Routed push;
    Interest pull;
    std::string name;
    Strings* log;

    Delayed(std::chrono::milliseconds after, Routed routes, Interest interest, std::string called = {},
            Strings* into = nullptr)
        : delay{after}, push{std::move(routes)}, pull{std::move(interest)}, name{std::move(called)},
          log{into} {}

    net::awaitable<void> wait() const {
        if (log) log->push_back("start " + name);
        net::steady_timer timer{co_await net::this_coro::executor, delay};
        co_await timer.async_wait(net::use_awaitable);
        if (log) log->push_back("end " + name);
    }
    net::awaitable<Routed> get_users_for_states(std::span<Note const>) const {
        co_await wait();
        co_return push;
    }
    net::awaitable<Interest> get_interested_users(int) const {
        co_await wait();
        co_return pull;
    }
};
static_assert(AsyncPresenceRouter<Delayed> && !PresenceRouter<Delayed>);

struct Failing : Delayed {
    using Delayed::Delayed;
    net::awaitable<Routed> get_users_for_states(std::span<Note const>) const {
        co_await wait();
        throw support::Failure{};
    }
    net::awaitable<Interest> get_interested_users(int) const {
        co_await wait();
        throw support::Failure{};
    }
};

/// Asio's way to wait for all: it cancels the others when one throws.
struct AtOnce {
    template <class... T>
    auto operator()(net::awaitable<T>... asked) const {
        using namespace net::experimental::awaitable_operators;
        return (... && std::move(asked));
    }
};

auto isolate(int& failures) {
    return guarded([&failures](std::exception_ptr const&) { ++failures; });
}

/// Runs the task; answers nothing if it failed.
template <class T>
std::optional<T> answer_of(net::awaitable<T> task) {
    net::io_context context;
    std::optional<T> answer;
    net::co_spawn(context, std::move(task), [&](std::exception_ptr error, T result) {
        if (!error) answer.emplace(std::move(result));
    });
    context.run();
    return answer;
}

} // namespace

TEST_CASE("asio: a chain of plain routers and routers that wait", "[asio]") {
    Strings log;
    int failures = 0;
    auto const chain = async_chain<net::awaitable>(
        Delayed{2ms, {{1, {two}}}, std::set{2}, "a", &log}, Edge<3, 1>{},
        Failing{0ms, {}, {}, "b", &log} | isolate(failures),
        async_chain<net::awaitable>(Delayed{0ms, {{1, {three}}, {2, {one}}}, std::set{3}, "c", &log}) |
            without_viewers([](int viewer) { return viewer == 2; }));
    static_assert(AsyncPresenceRouter<decltype(chain)>);
    Strings const in_order{"start a", "end a", "start b", "end b", "start c", "end c"};
    Routed const routes{{1, {two, three}}, {3, {one}}};

    CHECK(answer_of(chain.get_users_for_states(batch)) == routes);
    CHECK(log == in_order);
    CHECK(failures == 1);
    log.clear();
    CHECK(answer_of(chain.get_interested_users(1)) == Interest{std::set{2, 3}});
    CHECK(log == in_order);
    log.clear();
    CHECK(answer_of(chain.get_users_for_states(batch, AtOnce{})) == routes);
    CHECK(log.size() == 6);
    CHECK(Strings{log.begin(), log.begin() + 3} == Strings{"start a", "start b", "start c"});
    CHECK(failures == 3);
}

TEST_CASE("asio: after all users nobody is started", "[asio]") {
    Strings log;
    auto const chain = async_chain<net::awaitable>(Edge<3, 1>{}, Delayed{0ms, {}, all_users, "a", &log},
                                                   Delayed{0ms, {}, std::set{1}, "b", &log});
    CHECK(answer_of(chain.get_interested_users(1)) == Interest{all_users});
    CHECK(log == Strings{"start a", "end a"});
}

TEST_CASE("asio: an exception reaches who awaits", "[asio]") {
    auto const chain = async_chain<net::awaitable>(Failing{0ms, {}, {}}, Delayed{0ms, {}, std::set{1}});
    CHECK(!answer_of(chain.get_users_for_states(batch)));
    CHECK(!answer_of(chain.get_interested_users(1)));
}

TEST_CASE("asio: a cancellation passes, through guarded too, and the routers after it are not started",
          "[asio]") {
    Strings log;
    int failures = 0;
    auto const chain = async_chain<net::awaitable>(Delayed{0ms, {{1, {one}}}, std::set{1}, "a", &log},
                                                   Delayed{1h, {}, {}, "b", &log} | isolate(failures),
                                                   Delayed{0ms, {}, {}, "c", &log} | isolate(failures));
    net::io_context context;
    net::cancellation_signal signal;
    std::exception_ptr thrown;
    net::co_spawn(context, chain.get_users_for_states(batch),
                  net::bind_cancellation_slot(
                      signal.slot(), [&](std::exception_ptr error, Routed const&) { thrown = error; }));
    net::steady_timer timer{context, 5ms};
    timer.async_wait([&](auto) { signal.emit(net::cancellation_type::terminal); });
    context.run();
    REQUIRE(thrown);
    CHECK_THROWS_AS(std::rethrow_exception(thrown), SystemError);
    CHECK(log == Strings{"start a", "end a", "start b"});
    CHECK(failures == 0);
}

TEST_CASE("asio: a time limit around a chain", "[asio]") {
    using namespace net::experimental::awaitable_operators;
    Strings log;
    auto const chain =
        async_chain<net::awaitable>(Delayed{1h, {}, {}, "a", &log}, Delayed{0ms, {}, {}, "b", &log});
    // A coroutine that captures would outlive its lambda.
    struct Limit {
        static net::awaitable<bool> within(decltype(chain)& asked, std::chrono::milliseconds limit) {
            net::steady_timer timer{co_await net::this_coro::executor, limit};
            auto const first =
                co_await (asked.get_interested_users(1) || timer.async_wait(net::use_awaitable));
            co_return first.index() == 0;
        }
    };
    CHECK(answer_of(Limit::within(chain, 5ms)) == false);
    CHECK(log == Strings{"start a"});
}

TEST_CASE("asio: what is in flight when the loop is gone goes with it", "[asio]") {
    auto const chain = async_chain<net::awaitable>(Delayed{1h, {}, {}}, Delayed{0ms, {}, {}});
    net::io_context context;
    bool completed = false;
    net::co_spawn(context, chain.get_interested_users(1),
                  [&](std::exception_ptr, Interest const&) { completed = true; });
    context.poll();
    CHECK(!completed);
}

TEST_CASE("asio: many questions in a loop take no more stack than one", "[asio]") {
    struct Deep : support::SpeaksNotes {
        std::uintptr_t* lowest;
        explicit Deep(std::uintptr_t& of) : lowest{&of} {}
        net::awaitable<Routed> get_users_for_states(std::span<Note const>) const { co_return Routed{}; }
        net::awaitable<Interest> get_interested_users(int) const {
            auto const here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
            *lowest = (std::min)(*lowest, here);
            co_return Interest{};
        }
    };
    std::uintptr_t lowest = UINTPTR_MAX;
    auto const chain = async_chain<net::awaitable>(Deep{lowest}, Edge<1, 2>{}, Deep{lowest});
    struct Ask {
        static net::awaitable<std::size_t> many(decltype(chain)& asked, std::size_t times) {
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
    CHECK(lowest_of_one - lowest < 1024);
}

TEST_CASE("asio: many threads run one context, and ask one chain", "[asio][threads]") {
    net::io_context context;
    auto const chain = async_chain<net::awaitable>(Delayed{0ms, {{1, {two}}}, std::set{2}}, Edge<1, 3>{},
                                                   Delayed{1ms, {{1, {one}}}, std::set{1}} |
                                                       guarded([](std::exception_ptr const&) {}));
    std::atomic<int> right = 0;
    for (int i = 0; i < 200; ++i) {
        net::co_spawn(context, chain.get_users_for_states(batch),
                      [&](std::exception_ptr, Routed const& routes) {
                          right += routes == Routed{{1, {one, two, three}}};
                      });
        net::co_spawn(context, chain.get_users_for_states(batch, AtOnce{}),
                      [&](std::exception_ptr, Routed const& routes) {
                          right += routes == Routed{{1, {one, two, three}}};
                      });
        net::co_spawn(context, chain.get_interested_users(1),
                      [&](std::exception_ptr, Interest const& interest) {
                          right += interest == Interest{std::set{1, 2, 3}};
                      });
    }
    std::array<std::thread, 4> threads;
    for (std::thread& thread : threads) thread = std::thread{[&] { context.run(); }};
    for (std::thread& thread : threads) thread.join();
    CHECK(right == 600);
}
