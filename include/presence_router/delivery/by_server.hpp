// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/delivery_plan.hpp>
#include <presence_router/delivery/server_deliveries.hpp>

#include <string_view>

namespace presence_router::inline v0 {

namespace detail {

struct by_server_fn {
    template <class Id, class State, class Allocator>
    [[nodiscard]] BasicServerDeliveries<Id, State>
    operator()(BasicDeliveryPlan<Id, State, Allocator> const& plan, std::string_view own_server) const {
        BasicServerDeliveries<Id, State> deliveries;
        deliveries.assign(plan, own_server);
        return deliveries;
    }
    template <class Id, class State, class Allocator>
    void operator()(BasicDeliveryPlan<Id, State, Allocator> const&&, std::string_view) const = delete;
};

} // namespace detail

/// `by_server(plan, own_server)`: what goes to each remote server. Each has every state once that one of its
/// users receives, in the plan's order, for the server shows them to its users by its own rules.
/// Left out are the own server, and the states of subjects who live on others: those tell of them themselves.
/// Of one subject a server has only the last state, as it would overwrite those before: where a router shows
/// its users different states of one subject, it has the last of these.
/// A viewer whose id names no server is left out, alone, and is in `without_server()`.
/// Lifetime: the result refers to the plan; that of a temporary plan does not compile.
/// Complexity: linear in the plan, and sorting of each server's states.
/// Source: Synapse's `send_presence_to_destinations` and its queue of a destination (newest wins).
inline constexpr detail::by_server_fn by_server{};

} // namespace presence_router::inline v0
