// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/utf8.hpp>
#include <presence_router/presence_content.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/user_presence_state.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

inline constexpr std::int64_t largest_matrix_integer = (std::int64_t{1} << 53) - 1;

/// `text`, in which each byte that belongs to no character is a U+FFFD.
[[nodiscard]] inline std::string well_formed(std::string_view text) {
    std::string result;
    for (auto at = find_ill_formed(text); at != text.npos; at = find_ill_formed(text)) {
        result.append(text.substr(0, at)) += "\xEF\xBF\xBD";
        text.remove_prefix(at + 1);
    }
    return result.append(text);
}

/// Calls `use(key, value)` for each field of the state that is told at `now`; the value is a
/// std::string_view, a bool or a std::int64_t.
template <class Use>
void for_each_presence_field(UserPresenceState const& state, Timestamp now, Use const& use) {
    PresenceContent const content = presence_content(state, now);
    use("presence", to_string_view(content.presence));
    if (content.last_active_ago) {
        std::int64_t const ms = content.last_active_ago->count();
        use("last_active_ago", std::clamp(ms, std::int64_t{0}, largest_matrix_integer));
    }
    if (content.status_msg) use("status_msg", content.status_msg->str());
    if (content.currently_active) use("currently_active", *content.currently_active);
}

} // namespace presence_router::inline v0::detail
