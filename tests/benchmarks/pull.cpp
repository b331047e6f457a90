// SPDX-License-Identifier: BSL-1.0
// Pull: one viewer asks 16 routers, who show 10 to 10,000 subjects each. How long does a shown subject take?
//   pull [--repetitions N]
#include "benchmark.hpp"
#include "people.hpp"

#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace presence_router;

constexpr std::size_t routers = 16;

// The obvious C++: an interface, and a chain that merges what its implementations return.
struct VirtualRouter {
    virtual ~VirtualRouter() = default;
    virtual std::set<UserId> get_interested_users(UserId const&) const = 0;
};

struct VirtualSet : VirtualRouter {
    explicit VirtualSet(std::set<UserId> own) : subjects{std::move(own)} {}
    std::set<UserId> get_interested_users(UserId const&) const override { return subjects; }
    std::set<UserId> subjects;
};

std::set<UserId> merged(std::vector<std::unique_ptr<VirtualRouter>> const& chain, UserId const& viewer) {
    std::set<UserId> result;
    for (auto const& router : chain) {
        std::set<UserId> const subjects = router->get_interested_users(viewer);
        result.insert(subjects.begin(), subjects.end());
    }
    return result;
}

template <std::size_t... At>
auto chain_of(std::array<RouteTable, routers>& tables, std::index_sequence<At...>) {
    return PresenceRouterChain{std::move(tables[At])...};
}

void run(std::string const& name, std::array<std::size_t, routers> const& sizes, std::size_t repetitions) {
    // As many strangers as twice the largest table, or half of all that is shown, leave a moderate overlap.
    std::size_t shown = 0;
    for (std::size_t const size : sizes) shown += size;
    std::vector<UserId> users =
        people::crowd((std::max)(shown / 2, 2 * *std::max_element(sizes.begin(), sizes.end())));
    UserId const viewer = users.front();
    people::Dice dice{shown};

    std::vector<std::unique_ptr<VirtualRouter>> obvious;
    std::array<RouteTable, routers> separate;
    for (std::size_t at = 0; at < routers; ++at) {
        for (std::size_t i = 0; i < sizes[at]; ++i) {
            std::swap(users[i], users[i + dice(users.size() - i)]);
            separate[at].add(viewer, users[i]);
        }
        obvious.push_back(std::make_unique<VirtualSet>(
            std::set<UserId>(users.begin(), users.begin() + static_cast<std::ptrdiff_t>(sizes[at]))));
    }
    auto const tables = chain_of(separate, std::make_index_sequence<routers>{});
    std::set<UserId> const answer = merged(obvious, viewer);
    benchmark::require(std::get<0>(tables.get_interested_users(viewer)) == answer, "canonical pull");

    benchmark::compare(
        "pull", name,
        {{"obvious C++", [&] { return merged(obvious, viewer).size(); }},
         // The least that any answer in a std::set costs: its nodes are made, and given back.
         {"copying the answer", [&] { return std::set<UserId>(answer).size(); }},
         {"canonical", [&] { return std::get<0>(tables.get_interested_users(viewer)).size(); }},
         {"streaming",
          [&] {
              std::uint64_t total = 0;
              tables.for_each_subject(viewer, [&](UserId const& subject) { total += subject.str().size(); });
              return total;
          }}},
        shown, repetitions);
}

} // namespace

int main(int argc, char** argv) {
    std::size_t const repetitions = benchmark::option(argc, argv, "--repetitions", 15);
    std::array<std::size_t, routers> mixed{};
    std::size_t at = 0;
    for (std::size_t size = 10; size <= 10'000; size *= 10) {
        std::array<std::size_t, routers> alike{};
        alike.fill(size);
        run("16 x " + std::to_string(size), alike, repetitions);
        for (std::size_t i = 0; i < routers / 4; ++i) mixed[at++] = size;
    }
    run("10 to 10000", mixed, repetitions);
}
