// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "conformance/recorded.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The cases that are about states alone.
namespace recorded {

/// A change of a user's state, and the reason to tell others of it.
struct Change {
    std::string id;
    State old;
    State now;
    std::optional<std::int64_t> granularity;
    std::optional<std::string> reason;
};

/// Whether the user is one of this server's is in the question, and nothing depends on it.
inline Change read_change(json const& line, std::string_view op) {
    check_line(line, op);
    json const& in = line["in"];
    json const& out = line["out"];
    check_fields(in, {"op", "old", "new", "is_mine"}, {"last_active_granularity"});
    check_fields(out, {"reason", "result"});
    Change change{.id = line["id"].get<std::string>(),
                  .old = read_state(in["old"]),
                  .now = read_state(in["new"]),
                  .granularity = {},
                  .reason = {}};
    if (in.contains("last_active_granularity")) change.granularity = integer(in["last_active_granularity"]);
    if (!out["reason"].is_null()) change.reason = out["reason"].get<std::string>();
    if (out["result"].get<bool>() != change.reason.has_value()) refuse("a reason for nothing, or none", out);
    return change;
}

/// What is told of a state at some time.
struct Content {
    std::string id;
    State state;
    std::int64_t now;
    bool with_user_id;
    json content;
};

inline Content read_content(json const& line, std::string_view op) {
    check_line(line, op);
    json const& in = line["in"];
    check_fields(in, {"op", "state", "now", "include_user_id"});
    check_fields(line["out"], {"result"});
    check_fields(line["out"]["result"], {"presence"},
                 {"user_id", "last_active_ago", "status_msg", "currently_active"});
    return {.id = line["id"].get<std::string>(),
            .state = read_state(in["state"]),
            .now = integer(in["now"]),
            .with_user_id = in["include_user_id"].get<bool>(),
            .content = line["out"]["result"]};
}

} // namespace recorded
