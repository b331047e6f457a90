// SPDX-License-Identifier: BSL-1.0
#pragma once

// Needs nlohmann/json, and is not part of presence_router.hpp.
#include <presence_router/detail/json_append.hpp>
#include <presence_router/detail/presence_fields.hpp>
#include <presence_router/user_presence_state.hpp>

#include <concepts>
#include <nlohmann/json.hpp>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

namespace presence_router::inline v0 {

// All of the following tell what `presence_content` says of a state at `now`; an age is cut off at 0 and
// 2^53 - 1, and a byte of a message that is no UTF-8 becomes U+FFFD. Read at `now`, it is the same content
// again; only an age that leads to the epoch itself means "never". They throw nothing but std::bad_alloc.

/// The client event, `{"type": "m.presence", "sender": ..., "content": ...}`.
[[nodiscard]] inline nlohmann::json presence_event_to_json(UserPresenceState const& state, Timestamp now) {
    nlohmann::json event;
    event["type"] = "m.presence";
    event["sender"] = state.user_id.str();
    detail::set_presence_fields(event["content"], state, now);
    return event;
}

/// The federation EDU, `{"edu_type": "m.presence", "content": {"push": [...]}}`, an entry for a state. How
/// many one EDU may hold is for the sender to know: Synapse sends 50.
template <std::ranges::input_range States>
    requires std::convertible_to<std::ranges::range_reference_t<States>, UserPresenceState const&>
[[nodiscard]] nlohmann::json presence_edu_to_json(States&& states, Timestamp now) {
    nlohmann::json edu;
    edu["edu_type"] = "m.presence";
    nlohmann::json& push = edu["content"]["push"] = nlohmann::json::array();
    for (UserPresenceState const& state : states) {
        nlohmann::json& entry = push.emplace_back();
        entry["user_id"] = state.user_id.str();
        detail::set_presence_fields(entry, state, now);
    }
    return edu;
}

/// Appends the text of the client event, in ASCII: it can neither move a terminal's cursor nor hold what some
/// readers take for the end of a line. Faster than a JSON value, since one state is told to many viewers.
inline void append_presence_event(std::string& out, UserPresenceState const& state, Timestamp now) {
    out += R"({"type":"m.presence","sender":)";
    detail::append_json(out, state.user_id.str());
    out += R"(,"content":{)";
    detail::append_presence_fields(out, state, now);
    out += "}}";
}

/// Appends the text of the federation EDU, in ASCII.
template <std::ranges::input_range States>
    requires std::convertible_to<std::ranges::range_reference_t<States>, UserPresenceState const&>
void append_presence_edu(std::string& out, States&& states, Timestamp now) {
    out += R"({"edu_type":"m.presence","content":{"push":[)";
    bool first = true;
    for (UserPresenceState const& state : states) {
        out += std::exchange(first, false) ? R"({"user_id":)" : R"(,{"user_id":)";
        detail::append_json(out, state.user_id.str());
        out += ',';
        detail::append_presence_fields(out, state, now);
        out += '}';
    }
    out += "]}}";
}

} // namespace presence_router::inline v0
