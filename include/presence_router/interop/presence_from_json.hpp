// SPDX-License-Identifier: BSL-1.0
#pragma once

// Needs nlohmann/json, and is not part of presence_router.hpp.
#include <presence_router/detail/presence_reader.hpp>
#include <presence_router/interop/json_problem.hpp>
#include <presence_router/interop/json_text.hpp>
#include <presence_router/user_presence_state.hpp>

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// The updates that were read, in their order, and one problem for each that could not be.
struct PresenceUpdates {
    std::vector<UserPresenceState> updates{};
    std::vector<JsonProblem> problems{};
};

// All of the following read what arrives at `now`: an age becomes the point in time `now - last_active_ago`.
// Presence has to be there and known; an age is a whole number of milliseconds from 0 to 2^53 - 1; a message
// is well-formed UTF-8. What is optional and missing, or null, says nothing: no message, not active, never
// seen. Unknown keys are passed over. Where an `origin` is given, the server that sent it, only its own users
// are read. A problem names the place and what was found there. They throw nothing but std::bad_alloc.
// Source: Matrix specification, "m.presence"; Synapse's `incoming_presence`.

/// A client event, `{"type": "m.presence", "sender": ..., "content": ...}`.
[[nodiscard]] inline FromJson<UserPresenceState>
presence_event_from_json(nlohmann::json const& event, Timestamp now,
                         std::optional<std::string_view> origin = std::nullopt) {
    detail::PresenceReader reader{now, origin};
    reader.read_event(detail::JsonNode{event});
    FromJson<UserPresenceState> result{.problems = std::move(reader.problems)};
    if (!reader.updates.empty()) result.value = std::move(reader.updates.front());
    return result;
}

/// What a federation EDU of type "m.presence" holds, `{"push": [...]}`. Each entry is read for itself: one
/// that is wrong does not spoil the others. `last_federation_update_ts` is `now`.
[[nodiscard]] inline PresenceUpdates
presence_push_from_json(nlohmann::json const& content, Timestamp now,
                        std::optional<std::string_view> origin = std::nullopt) {
    detail::PresenceReader reader{now, origin};
    reader.read_push(detail::JsonNode{content});
    return {std::move(reader.updates), std::move(reader.problems)};
}

/// A federation EDU, `{"edu_type": "m.presence", "content": {"push": [...]}}`; its entries as above.
[[nodiscard]] inline PresenceUpdates
presence_edu_from_json(nlohmann::json const& edu, Timestamp now,
                       std::optional<std::string_view> origin = std::nullopt) {
    detail::PresenceReader reader{now, origin};
    reader.read_edu(detail::JsonNode{edu});
    return {std::move(reader.updates), std::move(reader.problems)};
}

/// A text that holds any of the three, which its keys tell apart. A key that an object has twice spoils the
/// entry that it stands in, and where it stands in none, the whole.
[[nodiscard]] inline PresenceUpdates
presence_from_text(std::string_view text, Timestamp now,
                   std::optional<std::string_view> origin = std::nullopt) {
    FromJson<nlohmann::json> const document = json_from_text(text);
    if (!document.value) return {.problems = document.problems};
    detail::PresenceReader reader{now, origin, document.problems};
    reader.read_any(detail::JsonNode{*document.value});
    return {std::move(reader.updates), std::move(reader.problems)};
}

} // namespace presence_router::inline v0
