// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/quoted.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/shared_text.hpp>
#include <presence_router/user_id.hpp>

#include <chrono>
#include <compare>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace presence_router::inline v0 {

/// Milliseconds since the Unix epoch, as Matrix counts; the epoch itself means "never".
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

struct UserPresenceState;

namespace detail {

/// One line: `@bob:example.org online "at lunch" active last_active_ts=1700000000000`. What says nothing (no
/// message, not active, never) is left out, and the message is quoted, so equal lines mean equal states.
[[nodiscard]] std::string describe(UserPresenceState const& update);

} // namespace detail

/// What is known of one user's presence: one update. Equal, ordered and hashed on all fields; a copy
/// allocates nothing.   Source: Synapse's `UserPresenceState`, the Matrix specification's `m.presence`.
struct UserPresenceState {
    UserId user_id;
    PresenceState state = PresenceState::offline;
    Timestamp last_active_ts{};
    Timestamp last_federation_update_ts{};
    Timestamp last_user_sync_ts{};
    std::optional<SharedText> status_msg{};
    bool currently_active = false;

    friend bool operator==(UserPresenceState const&, UserPresenceState const&) noexcept = default;

    // The result is spelled out so that it is made from < where a member's library type has no <=>.
    friend std::strong_ordering operator<=>(UserPresenceState const&,
                                            UserPresenceState const&) noexcept = default;

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        UserPresenceState const& update) {
        std::string const text = detail::describe(update);
        return out << std::basic_string_view<char, Traits>{text.data(), text.size()};
    }
};

inline std::string detail::describe(UserPresenceState const& update) {
    std::string line{update.user_id.str()};
    line += ' ';
    line += to_string_view(update.state);
    if (update.status_msg) {
        line += ' ';
        line += detail::quoted(update.status_msg->str());
    }
    if (update.currently_active) line += " active";
    auto const append = [&line](char const* name, Timestamp at) {
        if (at != Timestamp{}) line += name + std::to_string(at.time_since_epoch().count());
    };
    append(" last_active_ts=", update.last_active_ts);
    append(" last_federation_update_ts=", update.last_federation_update_ts);
    append(" last_user_sync_ts=", update.last_user_sync_ts);
    return line;
}

} // namespace presence_router::inline v0

template <>
struct std::hash<presence_router::UserPresenceState> {
    [[nodiscard]] std::size_t operator()(presence_router::UserPresenceState const& update) const noexcept {
        std::size_t seed = std::hash<presence_router::UserId>{}(update.user_id);
        // Boost's former mixer. Hashes of numbers are often the numbers, so adding them up would collide.
        auto const mix = [&seed](std::size_t value) {
            seed ^= value + 0x9E3779B9U + (seed << 6) + (seed >> 2);
        };
        auto const time = [](presence_router::Timestamp at) {
            return static_cast<std::size_t>(at.time_since_epoch().count());
        };
        mix(static_cast<std::size_t>(update.state));
        mix(time(update.last_active_ts));
        mix(time(update.last_federation_update_ts));
        mix(time(update.last_user_sync_ts));
        mix(std::hash<std::optional<presence_router::SharedText>>{}(update.status_msg));
        mix(update.currently_active ? 1 : 0);
        return seed;
    }
};
