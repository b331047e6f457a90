// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/route_collector.hpp>
#include <presence_router/detail/subject_collector.hpp>

#include <optional>
#include <span>

namespace presence_router::inline v0::detail {

/// The routes that `ask(sink)` shows, as a map.
template <class Id, class State, class Ask>
BasicUsersForStates<Id, State> collect_routes(std::span<State const> batch, Ask&& ask) {
    RouteCollector<Id, State> collector{batch};
    ask(Gate<RouteCollector<Id, State>, Id, State>{collector}.sink());
    return std::move(collector).result();
}

/// The subjects that `ask(sink)` shows, as a set, or all users if it answers so.
template <class Id, class Ask>
BasicInterestedUsers<Id> collect_subjects(Ask&& ask) {
    SubjectCollector<Id> collector;
    std::optional<AllUsers> const everybody = ask(Gate<SubjectCollector<Id>, Id>{collector}.sink());
    if (everybody) return *everybody;
    return std::move(collector).result();
}

} // namespace presence_router::inline v0::detail
