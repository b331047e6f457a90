// SPDX-License-Identifier: BSL-1.0
#include <presence_router/updates/should_notify.hpp>

#include <presence_router/user_presence_state.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

using namespace presence_router;
using namespace std::chrono_literals;

namespace {

UserPresenceState bob(PresenceState state) {
    return {.user_id = "@bob:x"_user,
            .state = state,
            .last_active_ts = Timestamp{1h},
            .last_federation_update_ts = Timestamp{1h},
            .last_user_sync_ts = Timestamp{1h},
            .status_msg = "at lunch",
            .currently_active = false};
}

/// The reason for one change of Bob's state.
template <class Change>
std::optional<NotifyReason> reason(PresenceState state, Change const& change) {
    UserPresenceState const old = bob(state);
    UserPresenceState now = old;
    change(now);
    return should_notify(old, now);
}

constexpr auto all_states = {PresenceState::offline, PresenceState::unavailable, PresenceState::online,
                             PresenceState::busy};

struct Player {
    std::string_view state = "online";
    std::uint32_t last_active_ts = 0;
    std::optional<std::string_view> status_msg = std::nullopt;
    bool currently_active = false;
};

} // namespace

TEST_CASE("should_notify: what nobody sees is no reason") {
    for (auto const state : all_states) {
        CHECK(reason(state, [](UserPresenceState&) {}) == std::nullopt);
        CHECK(reason(state, [](UserPresenceState& now) {
                  now.last_federation_update_ts += 24h;
                  now.last_user_sync_ts += 24h;
              }) == std::nullopt);
    }
}

TEST_CASE("should_notify: a message and a presence are reasons, in this order") {
    for (auto const state : all_states) {
        CHECK(reason(state, [](UserPresenceState& now) { now.status_msg = std::nullopt; }) ==
              NotifyReason::status_msg_change);
        CHECK(reason(state, [](UserPresenceState& now) { now.status_msg = ""; }) ==
              NotifyReason::status_msg_change);
        auto const other =
            state == PresenceState::offline ? PresenceState::unavailable : PresenceState::offline;
        CHECK(reason(state, [&](UserPresenceState& now) { now.state = other; }) ==
              NotifyReason::state_change);
        CHECK(reason(state, [&](UserPresenceState& now) {
                  now.state = other;
                  now.currently_active = true;
                  now.last_active_ts += 1h;
              }) == NotifyReason::state_change);
        CHECK(reason(state, [&](UserPresenceState& now) {
                  now.state = other;
                  now.status_msg = "back";
              }) == NotifyReason::status_msg_change);
    }
}

TEST_CASE("should_notify: to become active is a reason of those online") {
    for (auto const state : all_states) {
        auto const expected = state == PresenceState::online
                                  ? std::optional{NotifyReason::current_active_change}
                                  : std::nullopt;
        CHECK(reason(state, [](UserPresenceState& now) { now.currently_active = true; }) == expected);
    }
}

TEST_CASE("should_notify: later activity counts beyond the granularity, unless it is known") {
    for (auto const state : all_states) {
        auto const expected = state == PresenceState::online ? NotifyReason::last_active_change_online
                                                             : NotifyReason::last_active_change_not_online;
        auto const later = [&](std::chrono::milliseconds by) {
            return reason(state, [&](UserPresenceState& now) { now.last_active_ts += by; });
        };
        CHECK(later(60s) == std::nullopt);
        CHECK(later(60s + 1ms) == expected);
        CHECK(later(-24h) == std::nullopt);

        UserPresenceState old = bob(state);
        old.currently_active = true;
        UserPresenceState now = old;
        now.last_active_ts += 24h;
        CHECK(should_notify(old, now) ==
              (state == PresenceState::online ? std::nullopt : std::optional{expected}));
        now.currently_active = false;
        CHECK(should_notify(old, now) ==
              (state == PresenceState::online ? NotifyReason::current_active_change : expected));
    }
    UserPresenceState const old = bob(PresenceState::online);
    UserPresenceState now = old;
    now.last_active_ts += 2ms;
    CHECK(should_notify(old, now, 1ms) == NotifyReason::last_active_change_online);
    CHECK(should_notify(old, now, 2ms) == std::nullopt);
    now.last_active_ts = old.last_active_ts;
    CHECK(should_notify(old, now, 0ms) == std::nullopt);
}

TEST_CASE("should_notify: no time overflows") {
    UserPresenceState old = bob(PresenceState::busy);
    UserPresenceState now = old;
    old.last_active_ts = Timestamp::min();
    now.last_active_ts = Timestamp::max();
    CHECK(should_notify(old, now) == NotifyReason::last_active_change_not_online);
    CHECK(should_notify(now, old) == std::nullopt);
}

TEST_CASE("should_notify of a state of one's own") {
    constexpr Player old{.last_active_ts = 5};
    static_assert(should_notify(old, Player{.last_active_ts = 8}, 2U) ==
                  NotifyReason::last_active_change_online);
    static_assert(should_notify(old, Player{.last_active_ts = 8}, 3U) == std::nullopt);
    static_assert(should_notify(old, Player{.last_active_ts = 0}, 0U) == std::nullopt);
    static_assert(should_notify(old, Player{.state = "away"}, 2U) == NotifyReason::state_change);
    CHECK(should_notify(old, Player{.last_active_ts = 5, .status_msg = "afk"}, 2U) ==
          NotifyReason::status_msg_change);
}
