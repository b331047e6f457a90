// SPDX-License-Identifier: BSL-1.0
// What it costs that a chain may wait, when nobody does: the same four plain routers in a plain chain and in one
// over coroutines, whose frame is all the difference. Nanoseconds for each call.
//   async [--repetitions N]
#include "benchmark.hpp"
#include "people.hpp"
#include "support/task.hpp"

#include <presence_router/presence_router.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace presence_router;

template <class T>
T awaited(support::Task<T> task) {
    task.start();
    return task.await_resume();
}

/// Four tables in which each of the subjects is received by the viewer.
std::array<RouteTable, 4> tables(UserId const& viewer, std::vector<UserId> const& subjects) {
    std::array<RouteTable, 4> result;
    for (std::size_t at = 0; at < subjects.size(); ++at) result[at % 4].add(viewer, subjects[at]);
    return result;
}

void run(std::size_t size, std::size_t repetitions) {
    std::vector<UserId> users = people::crowd(size + 1);
    UserId const viewer = users.back();
    users.pop_back();
    std::array<RouteTable, 4> const routes = tables(viewer, users);
    std::vector<UserPresenceState> updates;
    for (std::size_t number = 0; number < size; ++number)
        updates.push_back(people::update_of(users[number], number));

    PresenceRouterChain const plain{std::ref(routes[0]), std::ref(routes[1]), std::ref(routes[2]),
                                    std::ref(routes[3])};
    auto const waiting = async_chain<support::Task>(std::ref(routes[0]), std::ref(routes[1]),
                                                    std::ref(routes[2]), std::ref(routes[3]));
    benchmark::require(awaited(waiting.get_users_for_states(updates)) == plain.get_users_for_states(updates),
                       "push");
    benchmark::require(awaited(waiting.get_interested_users(viewer)) == plain.get_interested_users(viewer),
                       "pull");

    std::string const count = std::to_string(size);
    benchmark::compare(
        "async push", count,
        {{"plain chain", [&] { return plain.get_users_for_states(updates).size(); }},
         {"chain that may wait", [&] { return awaited(waiting.get_users_for_states(updates)).size(); }}},
        1, repetitions);
    benchmark::compare(
        "async pull", count,
        {{"plain chain", [&] { return std::get<0>(plain.get_interested_users(viewer)).size(); }},
         {"chain that may wait",
          [&] { return std::get<0>(awaited(waiting.get_interested_users(viewer))).size(); }}},
        1, repetitions);
}

} // namespace

int main(int argc, char** argv) {
    std::size_t const repetitions = benchmark::option(argc, argv, "--repetitions", 15);
    for (std::size_t const size : {std::size_t{0}, std::size_t{4}, std::size_t{100}}) run(size, repetitions);
}
