// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string_view>

namespace presence_router::inline v0 {

/// What a user is seen to be. Source: Matrix specification, client-server API, "Presence"; `busy` by MSC3026.
enum class PresenceState { offline, unavailable, online, busy };

/// The name Matrix has for it; "unknown" for a value that is none of the enumerators.
[[nodiscard]] constexpr std::string_view to_string_view(PresenceState state) noexcept {
    switch (state) {
    case PresenceState::offline:
        return "offline";
    case PresenceState::unavailable:
        return "unavailable";
    case PresenceState::online:
        return "online";
    case PresenceState::busy:
        return "busy";
    }
    return "unknown";
}

/// The state with exactly this name, or nullopt. MSC3026's unstable name for `busy`, which is what servers
/// send today, is accepted too.
[[nodiscard]] constexpr std::optional<PresenceState> parse_presence_state(std::string_view name) noexcept {
    for (auto const state :
         {PresenceState::offline, PresenceState::unavailable, PresenceState::online, PresenceState::busy}) {
        if (name == to_string_view(state)) return state;
    }
    if (name == "org.matrix.msc3026.busy") return PresenceState::busy;
    return std::nullopt;
}

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, PresenceState state) {
    std::string_view const name = to_string_view(state);
    return out << std::basic_string_view<char, Traits>{name.data(), name.size()};
}

} // namespace presence_router::inline v0
