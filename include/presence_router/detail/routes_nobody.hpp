// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/router_interface.hpp>

#include <optional>

namespace presence_router::inline v0::detail {

/// The empty chain in one vocabulary: what is left where a router was taken away.
template <class Id, class State>
struct RoutesNobody : RouterInterface<RoutesNobody<Id, State>> {
    using user_id_type = Id;
    using state_type = State;

    template <class Sink>
    constexpr void for_each_route(Batch<State>, Sink&&) const noexcept {}
    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(Id const&, Sink&&) const noexcept {
        return std::nullopt;
    }
    [[nodiscard]] constexpr bool sees(Id const&, Id const&) const noexcept { return false; }
};

} // namespace presence_router::inline v0::detail
