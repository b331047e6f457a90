// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_presence_state.hpp>

#include <chrono>

// What `transformed` may do to a state, whoever the viewer is. All keep the subject.
namespace presence_router::inline v0 {

namespace detail {

struct hide_last_active_fn {
    UserPresenceState operator()(UserId const&, UserPresenceState const& state) const noexcept {
        UserPresenceState result = state;
        result.last_active_ts = {};
        result.currently_active = false;
        return result;
    }
};

struct hide_status_msg_fn {
    UserPresenceState operator()(UserId const&, UserPresenceState const& state) const noexcept {
        UserPresenceState result = state;
        result.status_msg.reset();
        return result;
    }
};

struct appear_offline_fn {
    UserPresenceState operator()(UserId const&, UserPresenceState const& state) const noexcept {
        return {.user_id = state.user_id};
    }
};

class CoarseLastActive {
public:
    constexpr explicit CoarseLastActive(std::chrono::milliseconds step) noexcept : step_{step} {}

    UserPresenceState operator()(UserId const&, UserPresenceState const& state) const noexcept {
        UserPresenceState result = state;
        if (step_ > step_.zero()) {
            auto const past = state.last_active_ts.time_since_epoch() % step_;
            auto const down = past < past.zero() ? past + step_ : past;
            auto const lowest = (Timestamp::min)();
            result.last_active_ts =
                state.last_active_ts < lowest + down ? lowest : state.last_active_ts - down;
        }
        return result;
    }

private:
    std::chrono::milliseconds step_;
};

} // namespace detail

/// Hides when the user was last active, and whether they are now.
inline constexpr detail::hide_last_active_fn hide_last_active{};

/// Hides the status message.
inline constexpr detail::hide_status_msg_fn hide_status_msg{};

/// Shows a user who is offline, was never active and has no message.
inline constexpr detail::appear_offline_fn appear_offline{};

/// Rounds the time of last activity down to a multiple of `step`, or to the first time there is; "never"
/// stays, as does all if `step` is not positive.
[[nodiscard]] constexpr auto coarse_last_active(std::chrono::milliseconds step) noexcept {
    return detail::CoarseLastActive(step);
}

} // namespace presence_router::inline v0
