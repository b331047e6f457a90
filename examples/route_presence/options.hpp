// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace route_presence {

struct Options {
    std::string config;
    std::string updates; // "-" is standard input
    std::optional<presence_router::UserId> interested;
    std::optional<std::pair<presence_router::UserId, presence_router::UserId>> sees;    // viewer, subject
    std::optional<std::pair<presence_router::UserId, presence_router::UserId>> explain; // the same
    std::optional<std::string> graph;                                                   // a file
    std::optional<std::string> compare;   // another configuration
    std::optional<std::string> by_server; // the own server's name
    std::optional<presence_router::Timestamp> now;
};

/// What the command line asks for; or, when help or a complaint has been printed, the exit code.
std::variant<Options, int> read_command_line(int argc, char const* const* argv);

} // namespace route_presence
