// SPDX-License-Identifier: BSL-1.0
#include "problem.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>

namespace route_presence {

namespace {

using nlohmann::json;

constexpr std::size_t longest_shown = 300; // a user id of 255 bytes in a pointer is shown whole

/// JSON's own escapes, down to ASCII: with them a text out of a stranger's file cannot move the cursor.
std::string escaped(std::string_view text) {
    std::string const json_string =
        json(text.substr(0, longest_shown)).dump(-1, ' ', true, json::error_handler_t::replace);
    return json_string.substr(1, json_string.size() - 2) + (text.size() > longest_shown ? "..." : "");
}

} // namespace

std::string pointer_to(std::string_view key) { return (json::json_pointer{} / std::string{key}).to_string(); }

std::string in_quotes(std::string_view text) { return '"' + escaped(text) + '"'; }

std::string to_line(Problem const& problem) {
    return problem.where.empty() ? problem.reason : escaped(problem.where) + ": " + problem.reason;
}

} // namespace route_presence
