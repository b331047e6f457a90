// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// The cases of tests/vectors, read so strictly that nothing in them can be passed over: what this reader does
// not know is an error.
namespace recorded {

using nlohmann::json;

/// A state with its fields as they were recorded; ids and presence values need not be valid.
struct State {
    std::string user_id;
    std::string state = "offline";
    std::int64_t last_active_ts = 0;
    std::int64_t last_federation_update_ts = 0;
    std::int64_t last_user_sync_ts = 0;
    std::optional<std::string> status_msg{};
    bool currently_active = false;

    friend bool operator==(State const&, State const&) = default;
    // Spelled out so that it is made from < where a member's library type has no <=>.
    friend std::strong_ordering operator<=>(State const&, State const&) = default;
};

inline std::set<std::string> const known_tags{
    "all",           "cancelled",      "custom_timers",   "duplicate_updates",
    "duplicates",    "empty_chain",    "empty_entry",     "error",
    "empty_updates", "excluded_rooms", "foreign_states",  "long_chain",
    "long_string",   "many_updates",   "non_ascii",       "nul",
    "null_status",   "raises",         "same_user_twice", "short_circuit",
    "skipped",       "unknown_state",  "zero_ts",
};

using Numbers = std::vector<std::size_t>;

[[noreturn]] inline void refuse(std::string const& why, json const& what) {
    throw std::runtime_error(why + ": " + what.dump());
}

/// Refuses an object with a field of another name, or without one of the `needed`.
inline void check_fields(json const& object, std::initializer_list<std::string_view> needed,
                         std::initializer_list<std::string_view> possible = {}) {
    if (!object.is_object()) refuse("no object", object);
    for (auto const& field : object.items())
        if (std::find(needed.begin(), needed.end(), field.key()) == needed.end() &&
            std::find(possible.begin(), possible.end(), field.key()) == possible.end())
            refuse("unknown field " + field.key(), object);
    for (std::string_view const name : needed)
        if (!object.contains(name)) refuse("no field " + std::string(name), object);
}

inline json const& array(json const& value) {
    if (!value.is_array()) refuse("no array", value);
    return value;
}

inline std::int64_t integer(json const& value) {
    if (!value.is_number_integer()) refuse("no integer", value);
    return value.get<std::int64_t>();
}

/// A number of something of which there are `count`.
inline std::size_t number(json const& value, std::size_t count) {
    std::int64_t const read = integer(value);
    if (read < 0 || static_cast<std::size_t>(read) >= count) refuse("number out of range", value);
    return static_cast<std::size_t>(read);
}

inline Numbers numbers(json const& values, std::size_t count) {
    Numbers result;
    for (json const& value : array(values)) result.push_back(number(value, count));
    return result;
}

inline std::vector<std::string> strings(json const& values) {
    std::vector<std::string> result;
    for (json const& value : array(values)) result.push_back(value.get<std::string>());
    return result;
}

inline State read_state(json const& value) {
    check_fields(value, {"user_id", "state", "last_active_ts", "last_federation_update_ts",
                         "last_user_sync_ts", "status_msg", "currently_active"});
    State state{.user_id = value["user_id"].get<std::string>(),
                .state = value["state"].get<std::string>(),
                .last_active_ts = integer(value["last_active_ts"]),
                .last_federation_update_ts = integer(value["last_federation_update_ts"]),
                .last_user_sync_ts = integer(value["last_user_sync_ts"]),
                .currently_active = value["currently_active"].get<bool>()};
    if (!value["status_msg"].is_null()) state.status_msg = value["status_msg"].get<std::string>();
    return state;
}

/// Refuses a line that does not ask `op`, or has a tag that is not known.
inline void check_line(json const& line, std::string_view op) {
    check_fields(line, {"id", "tags", "in", "out"});
    for (std::string const& tag : strings(line["tags"]))
        if (!known_tags.contains(tag)) refuse("unknown tag " + tag, line["id"]);
    if (line["in"]["op"] != op) refuse("unknown op", line["in"]["op"]);
}

inline std::filesystem::path folder() {
    if (char const* const named = std::getenv("PRESENCE_ROUTER_VECTORS"); named && *named) return named;
    return PRESENCE_ROUTER_VECTORS_DIR;
}

/// What `read(line, op)` makes of each line that was recorded of `op`.
template <class Read>
auto cases(std::string const& op, Read const& read) {
    std::filesystem::path const path = folder() / (op + ".jsonl");
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::vector<decltype(read(json{}, op))> result;
    for (std::string line; std::getline(file, line);) result.push_back(read(json::parse(line), op));
    return result;
}

} // namespace recorded
