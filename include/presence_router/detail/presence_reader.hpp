// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/json_node.hpp>
#include <presence_router/detail/json_reader.hpp>
#include <presence_router/detail/presence_fields.hpp>
#include <presence_router/detail/quoted.hpp>
#include <presence_router/detail/utf8.hpp>
#include <presence_router/interop/json_problem.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/shared_text.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Reads presence: each event or entry becomes an update or a problem, the first that it has.
class PresenceReader : public JsonReader {
public:
    std::vector<UserPresenceState> updates;

    /// `repeated`: the keys that the document has twice, in its order.
    PresenceReader(Timestamp now, std::optional<std::string_view> origin,
                   std::span<JsonProblem const> repeated = {})
        : now_{now}, origin_{origin}, repeated_{repeated} {}

    void read_event(JsonNode const& event) {
        if (has_repeated_key_outside({}) || !is_object(event) || !is_presence(event, "type")) return;
        std::optional<UserId> sender;
        if (!required(event, "sender", sender)) return;
        JsonNode const content{event, "content"};
        if (is_there(content) && is_object(content)) read_presence(*std::move(sender), content, {});
    }

    void read_edu(JsonNode const& edu) {
        if (has_repeated_key_outside("/content/push/") || !is_object(edu) || !is_presence(edu, "edu_type"))
            return;
        JsonNode const content{edu, "content"};
        if (is_there(content)) read_entries(content);
    }

    void read_push(JsonNode const& content) {
        if (!has_repeated_key_outside("/push/")) read_entries(content);
    }

    void read_any(JsonNode const& document) {
        if (!is_object(document)) return;
        auto const has = [&](char const* key) { return document.value().contains(key); };
        if (has("edu_type")) read_edu(document);
        else if (has("type")) read_event(document);
        else if (has("push")) read_push(document);
        else if (!has_repeated_key_outside({}))
            refuse(document, R"(has no "push" (EDU content), "edu_type" (EDU) or "type" (client event))");
    }

private:
    void read_entries(JsonNode const& content) {
        if (!is_object(content)) return;
        JsonNode const push{content, "push"};
        if (!is_there(push)) return;
        if (!push.value().is_array()) return void(refuse_type(push, "an array"));
        for (std::size_t index = 0; index < push.value().size(); ++index) {
            JsonNode const entry{push, index};
            if (!repeats_key(entry)) read_entry(entry);
        }
    }

    void read_entry(JsonNode const& entry) {
        std::optional<UserId> user;
        if (is_object(entry) && required(entry, "user_id", user))
            read_presence(*std::move(user), entry, now_);
    }

    /// What entries and the contents of client events have in common.
    void read_presence(UserId user, JsonNode const& fields, Timestamp received) {
        UserPresenceState update{.user_id = std::move(user), .last_federation_update_ts = received};
        if (required(fields, "presence", update.state) &&
            optional(fields, "last_active_ago", update.last_active_ts) &&
            optional(fields, "status_msg", update.status_msg) &&
            optional(fields, "currently_active", update.currently_active))
            updates.push_back(std::move(update));
    }

    template <class T>
    bool required(JsonNode const& object, char const* key, T& into) {
        JsonNode const member{object, key};
        return is_there(member) && read(member, into);
    }

    /// Null counts as missing, since some servers send it for what they do not know.
    template <class T>
    bool optional(JsonNode const& object, char const* key, T& into) {
        JsonNode const member{object, key};
        return !member || member.value().is_null() || read(member, into);
    }

    bool is_presence(JsonNode const& object, char const* key) {
        std::string_view type;
        if (!required(object, key, type)) return false;
        return type == "m.presence" ||
               refuse(JsonNode{object, key}, quoted(type, 255) + " is not \"m.presence\"");
    }

    using JsonReader::read;

    bool read(JsonNode const& at, std::optional<UserId>& user) {
        if (!JsonReader::read(at, user)) return false;
        return !origin_ || user->server_name() == *origin_ ||
               refuse(at,
                      quoted(user->str()) + " is not a user of " + quoted(*origin_, 255) + ", the origin");
    }

    bool read(JsonNode const& at, PresenceState& state) {
        std::string_view name;
        if (!read(at, name)) return false;
        std::optional<PresenceState> const known = parse_presence_state(name);
        if (!known) return refuse(at, quoted(name, 255) + " is none of online, unavailable, offline, busy");
        state = *known;
        return true;
    }

    /// An age is true only at the moment it is sent; what is kept is the point in time.
    bool read(JsonNode const& at, Timestamp& time) {
        nlohmann::json const& age = at.value();
        if (age.is_number_float())
            return refuse(at, "has to be a whole number, is one with a fraction or an exponent");
        if (!age.is_number_integer()) return refuse_type(at, "a whole number");
        auto const* const large = age.get_ptr<std::uint64_t const*>();
        auto const ms = age.get<std::int64_t>(); // of a number beyond it, something negative
        if (ms < 0 || ms > largest_matrix_integer)
            return refuse(at, "has to be from 0 to 2^53 - 1, is " +
                                  (large == nullptr ? std::to_string(ms) : std::to_string(*large)));
        std::chrono::milliseconds const ago{ms};
        if (now_ < (Timestamp::min)() + ago)
            return refuse(at, "reaches back further than time is counted, is " + std::to_string(ms));
        time = now_ - ago;
        return true;
    }

    bool read(JsonNode const& at, std::optional<SharedText>& message) {
        std::string_view text;
        if (!read(at, text)) return false;
        // A parser has looked at it, but the host may have made the value itself.
        if (auto const byte = find_ill_formed(text); byte != text.npos)
            return refuse(at, "has to be well-formed UTF-8, is not at byte " + std::to_string(byte));
        message = text;
        return true;
    }

    /// Notes the first key that stands twice where the pointer does not begin with `entries`.
    bool has_repeated_key_outside(std::string_view entries) {
        for (JsonProblem const& key : repeated_) {
            if (!entries.empty() && key.where.starts_with(entries)) continue;
            problems.push_back(key);
            return true;
        }
        return false;
    }

    /// Notes the first key that stands twice in `entry`. Entries and keys come in the same order, so that a
    /// key is looked for in few entries.
    bool repeats_key(JsonNode const& entry) {
        if (repeated_.empty()) return false;
        std::string const within = entry.pointer() + '/';
        auto const is_within = [&] {
            return !repeated_.empty() && repeated_.front().where.starts_with(within);
        };
        if (!is_within()) return false;
        problems.push_back(repeated_.front());
        while (is_within()) repeated_ = repeated_.subspan(1);
        return true;
    }

    Timestamp now_;
    std::optional<std::string_view> origin_;
    std::span<JsonProblem const> repeated_; // of which the entries read so far are done
};

} // namespace presence_router::inline v0::detail
