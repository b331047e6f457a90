// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"

#include <presence_router/routers/route_table.hpp>
#include <presence_router/user_id.hpp>

#include <string_view>
#include <vector>

namespace route_presence {

/// Who receives whose presence; what the routers of the program are made from.
struct Config {
    presence_router::RouteTable routes;
    std::vector<presence_router::UserId> receive_all;
    std::vector<Problem> problems; // all that is wrong; the rest is as good as it can be
};

/// `{"routes": {viewer: [subject, ...], ...}, "receive_all": [viewer, ...]}`, as the program's help explains.
Config read_config(std::string_view text);

} // namespace route_presence
