// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "conformance/recorded.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The cases in which routers are asked.
namespace recorded {

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

/// What is answered of interested parties; a state that is repeated is there repeatedly.
struct Parties {
    std::map<std::string, Numbers> rooms;
    std::map<std::string, Numbers> users;
};

/// What is answered of interested remotes.
struct Remotes {
    using Sent = std::pair<std::string, Numbers>; // a server and its states
    std::vector<std::pair<std::set<std::string>, std::size_t>>
        rooms;                // for each update its servers and itself
    std::vector<Sent> routed; // for each viewer, sorted
    std::map<std::string, Numbers> by_server;
};

struct Case {
    std::string id;
    std::vector<Router> routers;
    std::optional<std::string> user; // of a pull
    std::vector<State> states;       // of a push: the updates, then the states that only routers know
    std::size_t updates = 0;

    std::map<std::string, std::vector<std::string>> rooms_of;   // the rooms of each user
    std::map<std::string, std::vector<std::string>> servers_of; // the servers in each room
    std::vector<std::string> excluded_rooms;

    bool cancelled = false;
    bool refused = false; // as a whole, for a viewer whose id names no server
    Numbers calls;
    Numbers skipped;
    std::map<std::string, Numbers> routes; // the push result
    Interest interest;                     // the pull result
    Parties parties;
    Remotes remotes;
};

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

inline std::map<std::string, Numbers> read_lists(json const& value, std::size_t states) {
    if (!value.is_object()) refuse("no object", value);
    std::map<std::string, Numbers> result;
    for (auto const& [key, list] : value.items()) result.emplace(key, numbers(list, states));
    return result;
}

inline std::map<std::string, std::vector<std::string>> read_names(json const& value) {
    if (!value.is_object()) refuse("no object", value);
    std::map<std::string, std::vector<std::string>> result;
    for (auto const& [key, list] : value.items()) result.emplace(key, strings(list));
    return result;
}

inline Remotes read_remotes(json const& value, std::size_t states) {
    check_fields(value, {"rooms", "routed", "by_host"});
    auto const pairs = [&](json const& list, auto const& read) {
        for (json const& entry : array(list)) {
            if (array(entry).size() != 2) refuse("no pair", entry);
            read(entry[0], numbers(entry[1], states));
        }
    };
    Remotes result;
    pairs(value["rooms"], [&](json const& servers, Numbers const& update) {
        std::vector<std::string> const names = strings(servers);
        if (update.size() != 1) refuse("not one update", value["rooms"]);
        result.rooms.emplace_back(std::set<std::string>(names.begin(), names.end()), update[0]);
    });
    pairs(value["routed"], [&](json const& server, Numbers const& sent) {
        result.routed.emplace_back(server.get<std::string>(), sent);
    });
    result.by_server = read_lists(value["by_host"], states);
    return result;
}

inline Case read_case(json const& line, std::string_view op) {
    check_line(line, op);
    Case result;
    result.id = line["id"].get<std::string>();
    json const& in = line["in"];
    bool const pull = op == "get_interested_users";
    bool const push = op == "get_users_for_states";
    bool const delivery = op == "interested_parties" || op == "interested_remotes";
    if (pull) check_fields(in, {"op", "routers", "user"});
    else if (push) check_fields(in, {"op", "routers", "updates"}, {"extra_states"});
    else if (delivery)
        check_fields(in, {"op", "routers", "updates", "store"}, {"extra_states", "excluded_rooms"});
    else refuse("unknown op", in["op"]);
    if (pull) {
        result.user = in["user"].get<std::string>();
    } else {
        for (json const& state : array(in["updates"])) result.states.push_back(read_state(state));
        result.updates = result.states.size();
        if (in.contains("extra_states"))
            for (json const& state : array(in["extra_states"])) result.states.push_back(read_state(state));
    }
    if (delivery) {
        check_fields(in["store"], {"rooms_for_user", "hosts_in_room"});
        result.rooms_of = read_names(in["store"]["rooms_for_user"]);
        result.servers_of = read_names(in["store"]["hosts_in_room"]);
        if (in.contains("excluded_rooms")) result.excluded_rooms = strings(in["excluded_rooms"]);
    }
    for (json const& router : array(in["routers"]))
        result.routers.push_back(read_router(router, result.states.size()));

    json const& out = line["out"];
    if (out.contains("error")) {
        result.cancelled = out["error"] == "CancelledError";
        result.refused = op == "interested_remotes" && out["error"] == "SynapseError";
        if (!result.cancelled && !result.refused) refuse("unknown error", out["error"]);
    }
    char const* const answer = out.contains("error") ? "error" : "result";
    if (result.refused) check_fields(out, {"calls", "error", "code"});
    else if (delivery) check_fields(out, {"calls", answer});
    else check_fields(out, {"calls", "skipped", answer});
    result.calls = numbers(out["calls"], result.routers.size());
    if (delivery) { // which were skipped was not recorded, but those are who were called and raised
        for (std::size_t const router : result.calls)
            if (result.routers[router].raises == Raises::an_error) result.skipped.push_back(router);
    } else {
        for (json const& skipped : array(out["skipped"])) {
            if (array(skipped).size() != 2 || skipped[1] != "raised")
                refuse("unknown reason to skip", skipped);
            result.skipped.push_back(number(skipped[0], result.routers.size()));
        }
    }
    if (out.contains("error")) return result;
    std::size_t const states = result.states.size();
    if (pull) result.interest = read_interest(out["result"]);
    if (push) result.routes = read_lists(out["result"], states);
    if (op == "interested_parties") {
        check_fields(out["result"], {"rooms", "users"});
        result.parties = {read_lists(out["result"]["rooms"], states),
                          read_lists(out["result"]["users"], states)};
    }
    if (op == "interested_remotes") result.remotes = read_remotes(out["result"], states);
    return result;
}

/// All cases that were recorded of `op`.
inline std::vector<Case> cases(std::string const& op) { return cases(op, read_case); }

} // namespace recorded
