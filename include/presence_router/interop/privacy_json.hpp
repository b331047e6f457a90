// SPDX-License-Identifier: BSL-1.0
#pragma once

// Needs nlohmann/json, and is not part of presence_router.hpp.
#include <presence_router/detail/json_node.hpp>
#include <presence_router/detail/json_reader.hpp>
#include <presence_router/detail/quoted.hpp>
#include <presence_router/detail/user_id_grammar.hpp>
#include <presence_router/interop/json_problem.hpp>
#include <presence_router/privacy/msc4325/presence_sharing_config.hpp>
#include <presence_router/privacy/msc4495/presence_sharing.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace presence_router::inline v0 {

namespace msc4325_2026_01_23 {

/// The content of `m.presence_sharing_config`. An entry or a list that cannot be what it has to be is passed
/// over and reported; what is valid beside it is kept. Nothing is read if the content is no object. Whether
/// to go by what is left is for the host to say: where a list of denials is wrong, it shares more than was
/// meant.
[[nodiscard]] inline FromJson<PresenceSharingConfig> config_from_json(nlohmann::json const& content) {
    FromJson<PresenceSharingConfig> result;
    detail::JsonReader reader;
    detail::JsonNode const root{content};
    auto const read_list = [&](char const* key, SharingList& list) {
        detail::JsonNode const entries{root, key};
        if (!entries) return;
        if (!entries.value().is_array()) return void(reader.refuse_type(entries, "an array of strings"));
        for (std::size_t index = 0; index < entries.value().size(); ++index) {
            detail::JsonNode const entry{entries, index};
            std::string_view text;
            if (!reader.read(entry, text) || list.add(text)) continue;
            std::optional<UserId> user;
            if (text.starts_with('@')) reader.parse(entry, text, user);
            else
                reader.refuse(entry,
                              detail::quoted(text, 255) +
                                  " is no user id, glob or room id: it begins with neither '@' nor '!'");
        }
    };
    if (reader.is_object(root)) {
        result.value.emplace();
        read_list("allowed_users", result.value->allowed_users);
        read_list("denied_users", result.value->denied_users);
    }
    result.problems = std::move(reader.problems);
    return result;
}

} // namespace msc4325_2026_01_23

namespace msc4495_2026_07_15 {

/// The content of `m.presence.sharing`. What is missing takes its default; a value that the proposal does not
/// know or forbids there (to deny a room, to allow a server) counts as unset, and is reported, as is a key
/// that can match nothing. A value of another type than it has to be makes all of it unreadable: nullopt,
/// which is to be treated as no account data, so that nothing is shared.
[[nodiscard]] inline FromJson<PresenceSharing> sharing_from_json(nlohmann::json const& content) {
    FromJson<PresenceSharing> result;
    detail::JsonReader reader;
    detail::JsonNode const root{content};
    PresenceSharing sharing;
    bool readable = reader.is_object(root);
    // Each entry of a map, if it is a string; `use(key, value, entry)`.
    auto const read_map = [&](char const* name, auto const& use) {
        detail::JsonNode const entries{root, name};
        if (!entries) return;
        if (!reader.is_object(entries)) return void(readable = false);
        for (auto const& item : entries.value().items()) {
            detail::JsonNode const entry{entries, item.key()};
            std::string_view value;
            if (reader.read(entry, value)) use(item.key(), value, entry);
            else readable = false;
        }
    };
    auto const unset = [&](detail::JsonNode const& entry, std::string_view value, char const* allowed) {
        reader.refuse(entry, detail::quoted(value, 255) + " is not " + allowed + ", and counts as unset");
    };

    if (readable) {
        detail::JsonNode const locally{root, "share_locally"};
        if (locally && !reader.read(locally, sharing.share_locally)) readable = false;
        read_map("users", [&](std::string const& key, std::string_view value, detail::JsonNode const& entry) {
            std::optional<UserId> user;
            if (value != "allow" && value != "deny") unset(entry, value, "\"allow\" or \"deny\"");
            else if (reader.parse(entry, key, user))
                sharing.users.emplace(*std::move(user), value == "allow" ? UserRule::allow : UserRule::deny);
        });
        read_map("rooms", [&](std::string const& key, std::string_view value, detail::JsonNode const& entry) {
            if (value != "allow") unset(entry, value, "\"allow\"");
            else if (key.starts_with('!')) sharing.allowed_rooms.insert(key);
            else
                reader.refuse(entry, detail::quoted(key, 255) + " is no room id: it does not begin with '!'");
        });
        read_map("servers",
                 [&](std::string const& key, std::string_view value, detail::JsonNode const& entry) {
                     if (value != "deny") unset(entry, value, "\"deny\"");
                     else if (auto const error = detail::find_server_name_error(key, 0))
                         reader.refuse(entry, detail::quoted(key, 255) + " is no server name (at byte " +
                                                  std::to_string(error->position) + ')');
                     else sharing.denied_servers.insert(key);
                 });
    }
    if (readable) result.value = std::move(sharing);
    result.problems = std::move(reader.problems);
    return result;
}

} // namespace msc4495_2026_07_15

} // namespace presence_router::inline v0
