// SPDX-License-Identifier: BSL-1.0
// Push: 4 routers give each update 10 viewers each. How long does a route take, by the library's lanes and by
// what one would write without it?   push [--updates N] [--repetitions N] [--growth]
// --growth goes to 4 million routes, and with plans, whose bytes it prints too, to 10 million.
#include "benchmark.hpp"
#include "people.hpp"

#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using namespace presence_router;
using benchmark::Contender;

constexpr std::size_t routers = 4;
constexpr std::size_t viewers_each = 10;

/// One router's routes, as everybody but RouteTable keeps them: subject -> viewers.
using Audience = std::unordered_map<UserId, std::vector<UserId>>;

/// The work: who changed, and whom each router tells.
struct Work {
    explicit Work(std::size_t size) {
        std::vector<UserId> const users = people::crowd((std::max)(size, std::size_t{1'000}));
        people::Dice dice{size};
        for (std::size_t number = 0; number < size; ++number)
            updates.push_back(people::update_of(users[number], number));
        for (std::size_t i = 0; i < size; ++i) std::swap(updates[i], updates[dice(size)]);
        for (Audience& audience : audiences)
            for (std::size_t number = 0; number < size; ++number) {
                std::vector<UserId>& viewers = audience[users[number]];
                while (viewers.size() < viewers_each) viewers.push_back(users[dice(users.size())]);
            }
    }
    std::size_t routes() const { return updates.size() * routers * viewers_each; }

    std::vector<UserPresenceState> updates;
    std::array<Audience, routers> audiences;
};

using Batch = std::span<UserPresenceState const>;

UsersForStates routed_as_maps(Audience const& audience, Batch batch) {
    UsersForStates result;
    for (UserPresenceState const& update : batch)
        if (auto const found = audience.find(update.user_id); found != audience.end())
            for (UserId const& viewer : found->second) result[viewer].insert(update);
    return result;
}

std::set<UserId> interest(Audience const& audience, UserId const& viewer) {
    std::set<UserId> result;
    for (auto const& [subject, viewers] : audience)
        if (std::find(viewers.begin(), viewers.end(), viewer) != viewers.end()) result.insert(subject);
    return result;
}

// The obvious C++: an interface, and a chain that merges what its implementations return.
struct VirtualRouter {
    virtual ~VirtualRouter() = default;
    virtual UsersForStates get_users_for_states(Batch) const = 0;
};

struct VirtualAudience : VirtualRouter {
    explicit VirtualAudience(Audience const& own) : audience{own} {}
    UsersForStates get_users_for_states(Batch batch) const override {
        return routed_as_maps(audience, batch);
    }
    Audience const& audience;
};

UsersForStates merged(std::vector<std::unique_ptr<VirtualRouter>> const& chain, Batch batch) {
    UsersForStates result;
    for (auto const& router : chain)
        for (auto const& [viewer, states] : router->get_users_for_states(batch))
            result[viewer].insert(states.begin(), states.end());
    return result;
}

/// A user's router with nothing but the two callbacks, answering with maps.
struct MapRouter {
    UsersForStates get_users_for_states(Batch batch) const { return routed_as_maps(*audience, batch); }
    std::set<UserId> get_interested_users(UserId const& viewer) const { return interest(*audience, viewer); }
    Audience const* audience;
};

/// A user's router with nothing but the two callbacks, answering with a flat list.
struct FlatRouter {
    std::vector<std::pair<UserId, UserPresenceState>> get_users_for_states(Batch batch) const {
        std::vector<std::pair<UserId, UserPresenceState>> result;
        for (UserPresenceState const& update : batch)
            if (auto const found = audience->find(update.user_id); found != audience->end())
                for (UserId const& viewer : found->second) result.emplace_back(viewer, update);
        return result;
    }
    std::set<UserId> get_interested_users(UserId const& viewer) const { return interest(*audience, viewer); }
    Audience const* audience;
};

template <class Make>
auto chain_of(Make const& make) {
    return PresenceRouterChain{make(0), make(1), make(2), make(3)};
}

RouteTable table_of(Audience const& audience) {
    RouteTable table;
    for (auto const& [subject, viewers] : audience)
        for (UserId const& viewer : viewers) table.add(viewer, subject);
    return table;
}

/// What a streaming sink does here: it looks at both, and adds up.
struct Sum {
    void operator()(UserId const& viewer, UserPresenceState const& update) {
        total += viewer.str().size() +
                 static_cast<std::uint64_t>(update.last_active_ts.time_since_epoch().count());
    }
    std::uint64_t total = 0;
};

std::uint64_t streamed_by_hand(Work const& work) {
    Sum sum;
    for (Audience const& audience : work.audiences)
        for (UserPresenceState const& update : work.updates)
            if (auto const found = audience.find(update.user_id); found != audience.end())
                for (UserId const& viewer : found->second) sum(viewer, update);
    return sum.total;
}

/// The routes as pairs of numbers: what a plan is about, with all ids looked up already.
template <class Router>
std::vector<std::uint64_t> numbered_pairs(Router const& router, Batch batch) {
    std::vector<std::uint64_t> pairs;
    detail::Numbering<UserId> viewers;
    router.for_each_route(batch, [&](UserId const& viewer, UserPresenceState const& update) {
        pairs.push_back(std::uint64_t{viewers.assign(viewer)} << 32 |
                        static_cast<std::uint32_t>(&update - batch.data()));
    });
    return pairs;
}

/// Sorted byte by byte; a byte in which all agree costs nothing.
std::vector<std::uint64_t> radix_sorted(std::vector<std::uint64_t> pairs) {
    std::vector<std::uint64_t> to(pairs.size());
    std::array<std::array<std::uint32_t, 256>, 8> places{};
    for (std::uint64_t const pair : pairs)
        for (std::size_t byte = 0; byte < 8; ++byte) ++places[byte][pair >> (8 * byte) & 0xff];
    for (std::size_t byte = 0; byte < 8; ++byte) {
        auto const of = [byte](std::uint64_t pair) { return pair >> (8 * byte) & 0xff; };
        if (places[byte][of(pairs[0])] == pairs.size()) continue;
        std::uint32_t before = 0;
        for (std::uint32_t& place : places[byte]) before += std::exchange(place, before);
        for (std::uint64_t const pair : pairs) to[places[byte][of(pair)]++] = pair;
        std::swap(pairs, to);
    }
    return pairs;
}

bool same(DeliveryPlan const& plan, UsersForStates const& expected) {
    return plan.size() == expected.size() && std::ranges::all_of(expected, [&](auto const& entry) {
               auto const states = plan.states_for(entry.first);
               return std::set<UserPresenceState>(states.begin(), states.end()) == entry.second;
           });
}

std::array<std::size_t, 2> counted_bytes{}; // now, and at the peak

/// Counts how many bytes there are at once.
template <class T>
struct Counting {
    using value_type = T;

    Counting() = default;
    template <class U>
    Counting(Counting<U> const&) noexcept {}

    T* allocate(std::size_t count) {
        counted_bytes[0] += count * sizeof(T);
        counted_bytes[1] = (std::max)(counted_bytes[0], counted_bytes[1]);
        return std::allocator<T>{}.allocate(count);
    }
    void deallocate(T* at, std::size_t count) {
        counted_bytes[0] -= count * sizeof(T);
        std::allocator<T>{}.deallocate(at, count);
    }
    friend bool operator==(Counting, Counting) = default;
};

void run_plans(std::size_t size, std::size_t repetitions) {
    Work const work{size};
    auto const tables = chain_of([&](std::size_t at) { return table_of(work.audiences[at]); });
    auto const pairs = numbered_pairs(tables, work.updates);
    DeliveryPlan refilled;
    benchmark::compare("plan growth", std::to_string(size),
                       {{"radix sort of pairs", [&] { return radix_sorted(pairs).front(); }},
                        {"plan", [&] { return plan_delivery(tables, work.updates).route_count(); }},
                        {"plan, refilled",
                         [&] {
                             refilled.assign(tables, work.updates);
                             return refilled.route_count();
                         }}},
                       work.routes(), repetitions);

    counted_bytes = {};
    BasicDeliveryPlan<UserId, UserPresenceState, Counting<std::byte>> counted;
    counted.assign(tables, work.updates);
    std::printf("plan bytes\t%zu\tat the peak\t%.2f\t\n", size,
                static_cast<double>(counted_bytes[1]) / static_cast<double>(counted.route_count()));
    std::fflush(stdout);
}

void run(std::size_t size, std::size_t repetitions, bool growth) {
    Work const work{size};
    std::vector<std::unique_ptr<VirtualRouter>> obvious;
    for (Audience const& audience : work.audiences)
        obvious.push_back(std::make_unique<VirtualAudience>(audience));
    auto const tables = chain_of([&](std::size_t at) { return table_of(work.audiences[at]); });
    auto const maps = chain_of([&](std::size_t at) { return MapRouter{&work.audiences[at]}; });
    auto const flat = chain_of([&](std::size_t at) { return FlatRouter{&work.audiences[at]}; });
    auto const streamed = [&] {
        Sum sum;
        tables.for_each_route(work.updates, sum);
        return sum.total;
    };

    {
        UsersForStates const expected = merged(obvious, work.updates);
        benchmark::require(tables.get_users_for_states(work.updates) == expected, "canonical push");
        benchmark::require(maps.get_users_for_states(work.updates) == expected, "routers that answer maps");
        benchmark::require(flat.get_users_for_states(work.updates) == expected,
                           "routers that answer flat lists");
        benchmark::require(same(plan_delivery(tables, work.updates), expected), "plan");
    }

    std::vector<Contender> contenders;
    if (!growth) contenders.push_back({"obvious C++", [&] { return merged(obvious, work.updates).size(); }});
    contenders.push_back({"canonical", [&] { return tables.get_users_for_states(work.updates).size(); }});
    if (!growth) {
        contenders.push_back(
            {"users' routers, maps", [&] { return maps.get_users_for_states(work.updates).size(); }});
        contenders.push_back(
            {"users' routers, flat", [&] { return flat.get_users_for_states(work.updates).size(); }});
        contenders.push_back({"streaming by hand", [&] { return streamed_by_hand(work); }});
    }
    contenders.push_back({"streaming", streamed});
    std::vector<std::uint64_t> pairs;
    DeliveryPlan refilled;
    if (!growth) {
        contenders.push_back({"plan", [&] { return plan_delivery(tables, work.updates).route_count(); }});
        contenders.push_back({"plan, refilled", [&] {
                                  refilled.assign(tables, work.updates);
                                  return refilled.route_count();
                              }});
        pairs = numbered_pairs(tables, work.updates);
        contenders.push_back({"radix sort of pairs", [&] { return radix_sorted(pairs).front(); }});
    }
    benchmark::compare(growth ? "push growth" : "push", std::to_string(size), contenders, work.routes(),
                       repetitions);
}

} // namespace

int main(int argc, char** argv) {
    bool const growth = benchmark::flag(argc, argv, "--growth");
    std::size_t const repetitions = benchmark::option(argc, argv, "--repetitions", growth ? 5 : 15);
    if (std::size_t const size = benchmark::option(argc, argv, "--updates", 0)) {
        if (growth) run_plans(size, repetitions);
        else run(size, repetitions, false);
        return 0;
    }
    for (std::size_t size = 100; size <= (growth ? 100'000 : 10'000); size *= 10)
        run(size, repetitions, growth);
    if (growth)
        for (std::size_t const size : {1'000U, 10'000U, 100'000U, 250'000U}) run_plans(size, repetitions);
}
