// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/containers.hpp>
#include <presence_router/subject_of.hpp>

#include <span>

namespace presence_router::inline v0::detail {

/// The states of `batch` for whose subject `is_seen(subject)` is true: what a viewer receives of a router
/// whose answer depends on who alone.
template <class State, class IsSeen>
constexpr set_for_t<State> states_about(std::span<State const> batch, IsSeen const& is_seen) {
    set_for_t<State> result;
    for (State const& state : batch)
        if (is_seen(presence_router::subject_of(state))) result.insert(state);
    return result;
}

} // namespace presence_router::inline v0::detail
