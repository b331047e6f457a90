// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/json_node.hpp>
#include <presence_router/detail/quoted.hpp>
#include <presence_router/detail/update_reader.hpp>
#include <presence_router/interop/json_problem.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace presence_router::inline v0::detail {

/// Reads presence: each event or entry becomes an update or a problem, the first that it has.
class PresenceReader : public UpdateReader {
public:
    /// `repeated`: the keys that the document has twice, in its order.
    PresenceReader(Timestamp now, std::optional<std::string_view> origin,
                   std::span<JsonProblem const> repeated = {})
        : UpdateReader{now, origin}, repeated_{repeated} {}

    void read_event(JsonNode const& event) {
        if (has_repeated_key_outside({}) || !is_object(event) || !is_presence(event, "type")) return;
        std::optional<UserId> sender;
        if (!required(event, "sender", sender)) return;
        JsonNode const content{event, "content"};
        if (is_there(content) && is_object(content)) read_update(*std::move(sender), content, {});
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
        if (is_object(entry) && required(entry, "user_id", user)) read_update(*std::move(user), entry, now());
    }

    bool is_presence(JsonNode const& object, char const* key) {
        std::string_view type;
        if (!required(object, key, type)) return false;
        return type == "m.presence" ||
               refuse(JsonNode{object, key}, quoted(type, 255) + " is not \"m.presence\"");
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

    std::span<JsonProblem const> repeated_; // of which the entries read so far are done
};

} // namespace presence_router::inline v0::detail
