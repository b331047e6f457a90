// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/presence_fields.hpp>
#include <presence_router/user_presence_state.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

/// Appends `text` in quotes and ASCII, as the JSON library escapes it. Most ids and messages need only the
/// quotes.
inline void append_json(std::string& out, std::string_view text) {
    auto const is_plain = [](char c) { return ' ' <= c && c <= '~' && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) (out += '"').append(text) += '"';
    else out += nlohmann::json(well_formed(text)).dump(-1, ' ', true);
}
inline void append_json(std::string& out, std::same_as<bool> auto truth) { out += truth ? "true" : "false"; }
inline void append_json(std::string& out, std::same_as<std::int64_t> auto number) {
    out += std::to_string(number);
}

/// Appends the fields, without braces.
inline void append_presence_fields(std::string& out, UserPresenceState const& state, Timestamp now) {
    char const* separator = "\"";
    for_each_presence_field(state, now, [&](char const* key, auto value) {
        ((out += separator) += key) += "\":";
        append_json(out, value);
        separator = ",\"";
    });
}

/// Sets the fields in `object`.
inline void set_presence_fields(nlohmann::json& object, UserPresenceState const& state, Timestamp now) {
    for_each_presence_field(state, now, [&](char const* key, auto value) {
        if constexpr (std::same_as<decltype(value), std::string_view>) object[key] = well_formed(value);
        else object[key] = value;
    });
}

} // namespace presence_router::inline v0::detail
