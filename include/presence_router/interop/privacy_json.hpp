// SPDX-License-Identifier: BSL-1.0
#pragma once

// Needs nlohmann/json, and is not part of presence_router.hpp.
#include <presence_router/detail/quoted.hpp>
#include <presence_router/detail/user_id_grammar.hpp>
#include <presence_router/privacy/msc4325/presence_sharing_config.hpp>
#include <presence_router/privacy/msc4495/presence_sharing.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// What is wrong with a part of some account data.
struct JsonProblem {
    std::string where;  // JSON pointer to the part, as it is: escape it for a terminal; "" is the whole
    std::string reason; // what is wrong with it, in printable characters

    friend bool operator==(JsonProblem const&, JsonProblem const&) = default;
};

/// Account data as read, and all that is wrong with it.
template <class T>
struct FromJson {
    std::optional<T> value{}; // nullopt if it could not be read at all
    std::vector<JsonProblem> problems{};
};

namespace detail {

/// Steps through account data, and notes what is wrong.
class AccountDataReader {
public:
    using Json = nlohmann::json;

    std::vector<JsonProblem> problems;

    void report(std::string where, std::string reason) {
        problems.push_back({std::move(where), std::move(reason)});
    }
    void report_type(std::string where, char const* wanted, Json const& value) {
        report(std::move(where), std::string{"has to be "} + wanted + ", is " + value.type_name());
    }
    void report_user(std::string where, std::string_view text) {
        if (auto const error = find_user_id_error(text))
            report(std::move(where), InvalidUserId{text, *error}.what());
    }

    /// The member, or nullptr.
    static Json const* find(Json const& object, char const* key) {
        auto const found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    static std::string pointer(std::string_view parent, std::string const& key) {
        return std::string{parent} + (Json::json_pointer{} / key).to_string();
    }
};

} // namespace detail

namespace msc4325_2026_01_23 {

/// The content of `m.presence_sharing_config`. An entry or a list that cannot be what it has to be is passed
/// over and reported; what is valid beside it is kept. Nothing is read if the content is no object. Whether
/// to go by what is left is for the host to say: where a list of denials is wrong, it shares more than was
/// meant.
[[nodiscard]] inline FromJson<PresenceSharingConfig> config_from_json(nlohmann::json const& content) {
    FromJson<PresenceSharingConfig> result;
    detail::AccountDataReader reader;
    auto const read_list = [&](char const* key, SharingList& list) {
        nlohmann::json const* const entries = reader.find(content, key);
        if (entries == nullptr) return;
        std::string const where = reader.pointer("", key);
        if (!entries->is_array()) {
            reader.report_type(where, "an array of strings", *entries);
            return;
        }
        for (std::size_t index = 0; index < entries->size(); ++index) {
            nlohmann::json const& entry = (*entries)[index];
            std::string const at = where + '/' + std::to_string(index);
            auto const* const text = entry.get_ptr<std::string const*>();
            if (text == nullptr) reader.report_type(at, "a string", entry);
            else if (list.add(*text)) continue;
            else if (text->starts_with('@')) reader.report_user(at, *text);
            else
                reader.report(at, detail::quoted(*text, 255) +
                                      " is no user id, glob or room id: it begins with neither '@' nor '!'");
        }
    };
    if (content.is_object()) {
        result.value.emplace();
        read_list("allowed_users", result.value->allowed_users);
        read_list("denied_users", result.value->denied_users);
    } else {
        reader.report_type("", "an object", content);
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
    detail::AccountDataReader reader;
    PresenceSharing sharing;
    bool readable = true;
    auto const refuse_type = [&](std::string where, char const* wanted, nlohmann::json const& value) {
        reader.report_type(std::move(where), wanted, value);
        readable = false;
    };
    // Each entry of a map, if it is a string; `use(key, value, where)`.
    auto const read_map = [&](char const* name, auto const& use) {
        nlohmann::json const* const entries = reader.find(content, name);
        if (entries == nullptr) return;
        std::string const where = reader.pointer("", name);
        if (!entries->is_object()) {
            refuse_type(where, "an object", *entries);
            return;
        }
        for (auto const& entry : entries->items()) {
            auto const* const text = entry.value().template get_ptr<std::string const*>();
            std::string at = reader.pointer(where, entry.key());
            if (text == nullptr) refuse_type(std::move(at), "a string", entry.value());
            else use(entry.key(), *text, std::move(at));
        }
    };
    auto const unset = [&](std::string where, std::string_view value, char const* allowed) {
        reader.report(std::move(where),
                      detail::quoted(value, 255) + " is not " + allowed + ", and counts as unset");
    };

    if (!content.is_object()) {
        refuse_type("", "an object", content);
    } else {
        if (nlohmann::json const* const locally = reader.find(content, "share_locally")) {
            if (locally->is_boolean()) sharing.share_locally = *locally->get_ptr<bool const*>();
            else refuse_type("/share_locally", "a boolean", *locally);
        }
        read_map("users", [&](std::string const& key, std::string const& value, std::string where) {
            if (value != "allow" && value != "deny") unset(std::move(where), value, "\"allow\" or \"deny\"");
            else if (auto user = UserId::parse(key))
                sharing.users.emplace(*std::move(user), value == "allow" ? UserRule::allow : UserRule::deny);
            else reader.report_user(std::move(where), key);
        });
        read_map("rooms", [&](std::string const& key, std::string const& value, std::string where) {
            if (value != "allow") unset(std::move(where), value, "\"allow\"");
            else if (key.starts_with('!')) sharing.allowed_rooms.insert(key);
            else
                reader.report(std::move(where),
                              detail::quoted(key, 255) + " is no room id: it does not begin with '!'");
        });
        read_map("servers", [&](std::string const& key, std::string const& value, std::string where) {
            if (value != "deny") unset(std::move(where), value, "\"deny\"");
            else if (auto const error = detail::find_server_name_error(key, 0))
                reader.report(std::move(where), detail::quoted(key, 255) + " is no server name (at byte " +
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
