// SPDX-License-Identifier: BSL-1.0
// Routers known only at run time: what erasing and registering them costs, beside routers known to the compiler
// and beside an interface of virtual functions; and how much the readers of a registry read while others change
// it.   runtime [--updates N] [--repetitions N] [--milliseconds N]
#include "benchmark.hpp"
#include "people.hpp"

#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace presence_router;
using benchmark::Contender;

constexpr std::size_t viewers_each = 10;
using Batch = std::span<UserPresenceState const>;

/// Who changed, and routers of whom each tells ten viewers of each change.
struct Work {
    Work(std::size_t size, std::size_t routers) : tables(routers) {
        std::vector<UserId> const users = people::crowd((std::max)(size, std::size_t{1'000}));
        people::Dice dice{size};
        for (std::size_t number = 0; number < size; ++number)
            updates.push_back(people::update_of(users[number], number));
        for (RouteTable& table : tables)
            for (std::size_t number = 0; number < size; ++number)
                for (std::size_t added = 0; added < viewers_each;)
                    added += table.add(users[dice(users.size())], users[number]);
        for (std::size_t number = 0; number < 1'000; ++number)
            asked.emplace_back(users[dice(users.size())], users[dice(size)]);
    }

    std::vector<RouteTable> tables;
    std::vector<UserPresenceState> updates;
    std::vector<std::pair<UserId, UserId>> asked;
};

// The obvious C++: an interface, and a list of what implements it.
struct VirtualRouter {
    using Sink = std::function<void(UserId const&, UserPresenceState const&)>;
    virtual ~VirtualRouter() = default;
    virtual void for_each_route(Batch, Sink const&) const = 0;
    virtual bool sees(UserId const&, UserId const&) const = 0;
};

struct VirtualTable : VirtualRouter {
    explicit VirtualTable(RouteTable const& own) : table{own} {}
    void for_each_route(Batch batch, Sink const& sink) const override { table.for_each_route(batch, sink); }
    bool sees(UserId const& viewer, UserId const& subject) const override {
        return table.sees(viewer, subject);
    }
    RouteTable const& table;
};

struct VirtualChain : VirtualRouter {
    explicit VirtualChain(std::vector<RouteTable> const& tables) {
        for (RouteTable const& table : tables) routers.push_back(std::make_unique<VirtualTable>(table));
    }
    void for_each_route(Batch batch, Sink const& sink) const override {
        for (auto const& router : routers) router->for_each_route(batch, sink);
    }
    bool sees(UserId const& viewer, UserId const& subject) const override {
        for (auto const& router : routers)
            if (router->sees(viewer, subject)) return true;
        return false;
    }
    std::vector<std::unique_ptr<VirtualRouter>> routers;
};

/// What a streaming sink does here: it looks at both, and adds up.
template <class Router>
std::uint64_t streamed(Router const& router, Work const& work) {
    std::uint64_t total = 0;
    router.for_each_route(work.updates, [&](UserId const& viewer, UserPresenceState const& update) {
        total += viewer.str().size() +
                 static_cast<std::uint64_t>(update.last_active_ts.time_since_epoch().count());
    });
    return total;
}

template <class Router>
std::uint64_t granted(Router const& router, Work const& work) {
    std::uint64_t total = 0;
    for (auto const& [viewer, subject] : work.asked) total += router.sees(viewer, subject);
    return total;
}

std::vector<AnyPresenceRouter> erased_tables(Work const& work) {
    std::vector<AnyPresenceRouter> routers;
    for (RouteTable const& table : work.tables) routers.emplace_back(std::cref(table));
    return routers;
}

/// As many routers as there are numbers, in a list of each kind.
template <std::size_t... At>
void run(std::string const& benchmark, std::size_t size, std::size_t repetitions,
         std::index_sequence<At...>) {
    Work const work{size, sizeof...(At)};
    VirtualChain const obvious{work.tables};
    PresenceRouterChain const known{std::cref(work.tables[At])...};
    PresenceRouterChain const erased{AnyPresenceRouter{std::cref(work.tables[At])}...};
    PresenceRouterRegistry registry;
    registry.replace_all(erased_tables(work));

    auto const measure = [&](char const* what, std::size_t items, auto const& ask) {
        benchmark::require(
            ask(known) == ask(obvious) && ask(known) == ask(erased) && ask(known) == ask(registry), what);
        benchmark::compare(benchmark + what, std::to_string(size),
                           {{"virtual", [&] { return ask(obvious); }},
                            {"static", [&] { return ask(known); }},
                            {"erased", [&] { return ask(erased); }},
                            {"registry", [&] { return ask(registry); }}},
                           items, repetitions);
    };
    measure(", streaming", work.updates.size() * viewers_each * sizeof...(At),
            [&](auto const& router) { return streamed(router, work); });
    measure(", sees", work.asked.size(), [&](auto const& router) { return granted(router, work); });
}

/// Calls that four threads together make in a second of real time, while the list of routers is replaced so
/// often in a second.
double calls_per_second(Work const& work, std::size_t milliseconds, std::int64_t replacements) {
    PresenceRouterRegistry registry;
    registry.replace_all(erased_tables(work));
    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> calls{0};
    std::vector<std::thread> threads;
    for (int reader = 0; reader < 4; ++reader)
        threads.emplace_back([&] {
            std::uint64_t own = 0, seen = 0;
            for (; !stop.load(std::memory_order_relaxed); ++own) {
                auto const& [viewer, subject] = work.asked[own % work.asked.size()];
                seen += registry.sees(viewer, subject);
                registry.for_each_route(work.updates[own % work.updates.size()],
                                        [&](UserId const&, UserPresenceState const&) { ++seen; });
            }
            calls += 2 * own;
            benchmark::swallowed = seen;
        });
    auto const begin = std::chrono::steady_clock::now();
    auto const end = begin + std::chrono::milliseconds{static_cast<std::int64_t>(milliseconds)};
    std::int64_t replaced = 0;
    while (std::chrono::steady_clock::now() < end) {
        if (replacements == 0) {
            std::this_thread::sleep_until(end);
        } else {
            registry.replace_all(erased_tables(work));
            ++replaced;
            std::this_thread::sleep_until(begin +
                                          std::chrono::microseconds{replaced * 1'000'000 / replacements});
        }
    }
    stop = true;
    for (std::thread& thread : threads) thread.join();
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(calls) / took.count();
}

/// The readers of a registry, without a writer and with one, in turn, so that a slow moment hits both.
void readers(std::size_t milliseconds, std::size_t repetitions) {
    Work const work{100, 8};
    std::vector<double> quiet, changing;
    for (std::size_t repetition = 0; repetition < repetitions; ++repetition) {
        quiet.push_back(1e9 / calls_per_second(work, milliseconds, 0));
        changing.push_back(1e9 / calls_per_second(work, milliseconds, 1'000));
    }
    std::string const size = "4 on " + std::to_string(std::thread::hardware_concurrency()) + " threads";
    auto const print = [&](char const* contender, std::vector<double>& times) {
        std::sort(times.begin(), times.end());
        double const median = times[times.size() / 2];
        std::printf("registry, readers\t%s\t%s\t%.2f\t1.00\n", size.c_str(), contender, median);
    };
    print("no writer", quiet);
    print("1,000 changes/s", changing);
}

} // namespace

int main(int argc, char** argv) {
    std::size_t const repetitions = benchmark::option(argc, argv, "--repetitions", 15);
    std::size_t const milliseconds = benchmark::option(argc, argv, "--milliseconds", 500);
    std::vector<std::size_t> sizes{100, 1'000, 10'000};
    if (std::size_t const size = benchmark::option(argc, argv, "--updates", 0)) sizes = {size};
    for (std::size_t const size : sizes) {
        run("4 routers", size, repetitions, std::make_index_sequence<4>{});
        run("8 routers", size, repetitions, std::make_index_sequence<8>{});
    }
    readers(milliseconds, repetitions);
}
