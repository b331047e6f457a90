// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <iosfwd>
#include <string_view>

namespace presence_router::inline v0 {

/// Why a change of a user's presence is worth telling others.   Source: Synapse's `should_notify`.
enum class NotifyReason {
    status_msg_change,            // another message
    state_change,                 // another presence
    current_active_change,        // online, and active now or no longer
    last_active_change_online,    // online and not active, and was active later than was told
    last_active_change_not_online // not online, and was active later than was told
};

/// The name that Synapse counts it under; "unknown" for a value that is none of the enumerators.
[[nodiscard]] constexpr std::string_view to_string_view(NotifyReason reason) noexcept {
    switch (reason) {
    case NotifyReason::status_msg_change:
        return "status_msg_change";
    case NotifyReason::state_change:
        return "state_change";
    case NotifyReason::current_active_change:
        return "current_active_change";
    case NotifyReason::last_active_change_online:
        return "last_active_change_online";
    case NotifyReason::last_active_change_not_online:
        return "last_active_change_not_online";
    }
    return "unknown";
}

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, NotifyReason reason) {
    std::string_view const name = to_string_view(reason);
    return out << std::basic_string_view<char, Traits>{name.data(), name.size()};
}

} // namespace presence_router::inline v0
