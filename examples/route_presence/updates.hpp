// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"

#include <presence_router/user_presence_state.hpp>

#include <string_view>
#include <vector>

namespace route_presence {

struct Updates {
    std::vector<presence_router::UserPresenceState> updates;
    std::vector<Problem> problems; // what of the line is no update; says nothing about the rest of it
};

/// The updates of one line: an m.presence EDU, its content alone, or a client event, which arrived at `now`.
Updates read_updates(std::string_view line, presence_router::Timestamp now);

} // namespace route_presence
