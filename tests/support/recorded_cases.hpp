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
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
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

using Numbers = std::vector<std::size_t>;
using Interest = std::optional<std::set<std::string>>; // nullopt is "ALL"

enum class Raises { nothing, an_error, cancelled };

struct Route {
    std::string subject; // "*" is any
    std::vector<std::string> viewers;
};

struct Router {
    std::map<std::string, Interest> interested;
    Interest otherwise = std::set<std::string>{};
    std::vector<Route> routes;
    std::vector<std::string> empty_for;
    std::vector<std::pair<std::string, Numbers>> raw;
    Raises raises = Raises::nothing;
};

struct Case {
    std::string id;
    std::vector<Router> routers;
    std::optional<std::string> user; // of a pull
    std::vector<State> states;       // of a push: the updates, then the states that only routers know
    std::size_t updates = 0;

    bool cancelled = false;
    Numbers calls;
    Numbers skipped;
    std::map<std::string, Numbers> routes; // the push result
    Interest interest;                     // the pull result
};

inline std::set<std::string> const known_tags{
    "all",
    "cancelled",
    "duplicate_updates",
    "duplicates",
    "empty_chain",
    "empty_entry",
    "error",
    "empty_updates",
    "foreign_states",
    "long_chain",
    "long_string",
    "many_updates",
    "non_ascii",
    "nul",
    "raises",
    "same_user_twice",
    "short_circuit",
    "skipped",
};

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

inline Interest read_interest(json const& value) {
    if (value == "ALL") return std::nullopt;
    std::set<std::string> users;
    for (std::string& user : strings(value)) users.insert(std::move(user));
    return users;
}

inline Raises read_raises(json const& value) {
    if (value == "cancelled") return Raises::cancelled;
    return value.get<bool>() ? Raises::an_error : Raises::nothing;
}

inline Router read_router(json const& value, std::size_t states) {
    check_fields(value, {}, {"interested", "default", "routes", "empty_for", "raw", "raises"});
    Router router;
    if (value.contains("interested")) {
        if (!value["interested"].is_object()) refuse("no object", value["interested"]);
        for (auto const& [viewer, interest] : value["interested"].items())
            router.interested.emplace(viewer, read_interest(interest));
    }
    if (value.contains("default")) router.otherwise = read_interest(value["default"]);
    if (value.contains("routes"))
        for (json const& route : array(value["routes"])) {
            check_fields(route, {"subject", "viewers"});
            router.routes.push_back({route["subject"].get<std::string>(), strings(route["viewers"])});
        }
    if (value.contains("empty_for")) router.empty_for = strings(value["empty_for"]);
    if (value.contains("raw"))
        for (json const& entry : array(value["raw"])) {
            if (array(entry).size() != 2) refuse("no pair", entry);
            check_fields(entry[1], {"set"});
            router.raw.emplace_back(entry[0].get<std::string>(), numbers(entry[1]["set"], states));
        }
    if (value.contains("raises")) router.raises = read_raises(value["raises"]);
    return router;
}

inline Case read_case(json const& line, std::string_view op) {
    check_fields(line, {"id", "tags", "in", "out"});
    for (std::string const& tag : strings(line["tags"]))
        if (!known_tags.contains(tag)) refuse("unknown tag " + tag, line["id"]);

    Case result;
    result.id = line["id"].get<std::string>();
    json const& in = line["in"];
    bool const push = op == "get_users_for_states";
    if (push) check_fields(in, {"op", "routers", "updates"}, {"extra_states"});
    else check_fields(in, {"op", "routers", "user"});
    if (in["op"] != op) refuse("unknown op", in["op"]);
    if (push) {
        for (json const& state : array(in["updates"])) result.states.push_back(read_state(state));
        result.updates = result.states.size();
        if (in.contains("extra_states"))
            for (json const& state : array(in["extra_states"])) result.states.push_back(read_state(state));
    } else {
        result.user = in["user"].get<std::string>();
    }
    for (json const& router : array(in["routers"]))
        result.routers.push_back(read_router(router, result.states.size()));

    json const& out = line["out"];
    result.cancelled = out.contains("error");
    check_fields(out, {"calls", "skipped", result.cancelled ? "error" : "result"});
    result.calls = numbers(out["calls"], result.routers.size());
    for (json const& skipped : array(out["skipped"])) {
        if (array(skipped).size() != 2 || skipped[1] != "raised") refuse("unknown reason to skip", skipped);
        result.skipped.push_back(number(skipped[0], result.routers.size()));
    }
    if (result.cancelled) {
        if (out["error"] != "CancelledError") refuse("unknown error", out["error"]);
    } else if (push) {
        if (!out["result"].is_object()) refuse("no object", out["result"]);
        for (auto const& [viewer, states] : out["result"].items())
            result.routes.emplace(viewer, numbers(states, result.states.size()));
    } else {
        result.interest = read_interest(out["result"]);
    }
    return result;
}

inline std::filesystem::path folder() {
    if (char const* const named = std::getenv("PRESENCE_ROUTER_VECTORS"); named && *named) return named;
    return PRESENCE_ROUTER_VECTORS_DIR;
}

/// All cases that were recorded of the callback `op`.
inline std::vector<Case> cases(std::string const& op) {
    std::filesystem::path const path = folder() / (op + ".jsonl");
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::vector<Case> result;
    for (std::string line; std::getline(file, line);) result.push_back(read_case(json::parse(line), op));
    return result;
}

} // namespace recorded
