// SPDX-License-Identifier: BSL-1.0
#include "updates.hpp"

#include "fields.hpp"
#include "json_reader.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace route_presence {

namespace {

using nlohmann::json;
using presence_router::PresenceState;
using presence_router::Timestamp;
using presence_router::UserId;
using presence_router::UserPresenceState;

/// What `read` makes of the value under `key`; a problem with it then names the key.
template <class Read>
auto read_at(char const* key, json const& value, Read read) {
    try {
        return std::invoke(read, value);
    } catch (Problem& problem) {
        problem.where = pointer_to(key) + problem.where;
        throw;
    }
}

PresenceState to_presence_state(json const& value) {
    std::string const& name = to_text(value);
    if (auto const state = presence_router::parse_presence_state(name)) return *state;
    throw Problem{"", in_quotes(name) + " is none of online, unavailable, offline, busy"};
}

std::chrono::milliseconds to_duration(json const& value) {
    constexpr std::uint64_t longest = (std::uint64_t{1} << 53) - 1; // of Matrix's integers
    if (!value.is_number_integer()) {
        char const* const is = value.is_number() ? "one with a fraction or an exponent" : value.type_name();
        throw Problem{"", std::string{"has to be a whole number, is "} + is};
    }
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > longest)
        throw Problem{"", "has to be from 0 to 2^53 - 1, is " + value.dump()};
    return std::chrono::milliseconds{value.get<std::int64_t>()};
}

bool to_bool(json const& value) {
    if (!value.is_boolean())
        throw Problem{"", std::string{"has to be true or false, is "} + value.type_name()};
    return value.get<bool>();
}

/// What push entries and the contents of client events have in common.
UserPresenceState read_presence(UserId user, json const& fields, Timestamp now) {
    UserPresenceState update{.user_id = std::move(user)};
    update.state = read_at("presence", member(fields, "presence"), to_presence_state);
    // An age is true only at the moment it is sent; what is kept is the point in time.
    if (auto const* ago = optional_member(fields, "last_active_ago"))
        update.last_active_ts = now - read_at("last_active_ago", *ago, to_duration);
    if (auto const* text = optional_member(fields, "status_msg"))
        update.status_msg = read_at("status_msg", *text, to_text);
    if (auto const* active = optional_member(fields, "currently_active"))
        update.currently_active = read_at("currently_active", *active, to_bool);
    return update;
}

UserPresenceState read_entry(json const& entry, Timestamp now) {
    require_object(entry);
    UserId user = read_at("user_id", member(entry, "user_id"), to_user_id);
    UserPresenceState update = read_presence(std::move(user), entry, now);
    update.last_federation_update_ts = now;
    return update;
}

UserPresenceState read_event(json const& event, Timestamp now) {
    UserId sender = read_at("sender", member(event, "sender"), to_user_id);
    return read_at("content", member(event, "content"), [&](json const& content) {
        require_object(content);
        return read_presence(std::move(sender), content, now);
    });
}

void require_presence(json const& object, char const* key) {
    read_at(key, member(object, key), [](json const& type) {
        if (to_text(type) != "m.presence")
            throw Problem{"", in_quotes(to_text(type)) + " is not \"m.presence\""};
    });
}

/// Reads each entry of `content`, found at `path`, for itself: one that is wrong does not spoil the others.
void read_push(Document const& line, json const& content, std::string const& path, Timestamp now,
               Updates& result) {
    require_object(content);
    json const& push = member(content, "push");
    if (!push.is_array()) throw Problem{"/push", std::string{"has to be an array, is "} + push.type_name()};
    for (std::size_t index = 0; index < push.size(); ++index) {
        std::string const entry = path + "/push/" + std::to_string(index);
        try {
            for (auto const& [where, reason] : line.repeated)
                if (where.starts_with(entry + '/')) throw Problem{where.substr(entry.size()), reason};
            result.updates.push_back(read_entry(push[index], now));
        } catch (Problem const& problem) {
            result.problems.push_back({entry + problem.where, problem.reason});
        }
    }
}

void read_line(Document const& line, Timestamp now, Updates& result) {
    json const& object = line.value;
    require_object(object);
    bool const is_edu = object.contains("edu_type");
    bool const is_event = !is_edu && object.contains("type");
    std::string const path = is_edu ? "/content" : "";
    for (Problem const& repeated : line.repeated) // within an entry it spoils only that entry
        if (is_event || !repeated.where.starts_with(path + "/push/")) throw repeated;

    if (is_edu) {
        require_presence(object, "edu_type");
        read_at("content", member(object, "content"),
                [&](json const& content) { read_push(line, content, path, now, result); });
    } else if (is_event) {
        require_presence(object, "type");
        result.updates.push_back(read_event(object, now));
    } else if (object.contains("push")) {
        read_push(line, object, path, now, result);
    } else {
        throw Problem{"", "has no \"push\" (EDU content), \"edu_type\" (EDU) or \"type\" (client event)"};
    }
}

} // namespace

Updates read_updates(std::string_view line, Timestamp now) {
    Updates result;
    try {
        read_line(read_json(line), now, result);
    } catch (Problem& problem) {
        result.problems.push_back(std::move(problem));
    }
    return result;
}

} // namespace route_presence
