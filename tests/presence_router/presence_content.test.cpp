// SPDX-License-Identifier: BSL-1.0
#include <presence_router/presence_content.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

using namespace presence_router;
using namespace std::chrono_literals;

static_assert(std::is_aggregate_v<PresenceContent>);
static_assert(std::same_as<decltype(PresenceContent::presence), PresenceState>);
static_assert(
    std::same_as<decltype(PresenceContent::last_active_ago), std::optional<std::chrono::milliseconds>>);
static_assert(std::same_as<decltype(PresenceContent::status_msg), std::optional<SharedText>>);
static_assert(std::same_as<decltype(PresenceContent::currently_active), std::optional<bool>>);

namespace {

struct Player {
    std::uint64_t number = 0;
    std::string_view state = "online";
    std::uint32_t last_active_ts = 0;
    std::optional<std::string_view> status_msg = std::nullopt;
    bool currently_active = false;
};

UserPresenceState bob() {
    return {.user_id = "@bob:x"_user,
            .state = PresenceState::online,
            .last_active_ts = Timestamp{70min},
            .status_msg = "at lunch",
            .currently_active = true};
}

} // namespace

TEST_CASE("presence_content: all that is there to say") {
    PresenceContent const expected{.presence = PresenceState::online,
                                   .last_active_ago = 20min,
                                   .status_msg = "at lunch",
                                   .currently_active = true};
    CHECK((presence_content(bob(), Timestamp{90min}) == expected));
}

TEST_CASE("presence_content leaves out what says nothing") {
    UserPresenceState state = bob();
    state.last_active_ts = {};
    CHECK(presence_content(state, Timestamp{90min}).last_active_ago == std::nullopt);
    state.status_msg = "";
    CHECK(presence_content(state, Timestamp{90min}).status_msg == std::nullopt);
    state.status_msg = std::nullopt;
    CHECK(presence_content(state, Timestamp{90min}).status_msg == std::nullopt);
    for (auto const value : {PresenceState::offline, PresenceState::unavailable, PresenceState::busy}) {
        state.state = value;
        CHECK((presence_content(state, Timestamp{90min}) == PresenceContent{.presence = value}));
    }
    state.state = PresenceState::online;
    state.currently_active = false;
    CHECK(presence_content(state, Timestamp{90min}).currently_active == false);
}

TEST_CASE("presence_content: a clock ahead gives a negative time, a far one the nearest there is") {
    auto const ago = [](Timestamp last_active, Timestamp now) {
        UserPresenceState state = bob();
        state.last_active_ts = last_active;
        return presence_content(state, now).last_active_ago;
    };
    CHECK(ago(Timestamp{2s}, Timestamp{1s}) == -1s);
    CHECK(ago(Timestamp{1s}, Timestamp{1s}) == 0s);
    CHECK(ago(Timestamp::min(), Timestamp::max()) == std::chrono::milliseconds::max());
    CHECK(ago(Timestamp::max(), Timestamp::min()) == std::chrono::milliseconds::min());
    CHECK(ago(Timestamp{-1ms}, Timestamp::max()) == std::chrono::milliseconds::max());
    CHECK(ago(Timestamp::min(), Timestamp{-1ms}) == std::chrono::milliseconds::max());
    CHECK(ago(Timestamp{1ms}, Timestamp::min()) == std::chrono::milliseconds::min());
}

TEST_CASE("presence_content of a state of one's own") {
    constexpr auto content = presence_content(
        Player{.last_active_ts = 3, .status_msg = "afk", .currently_active = true}, std::uint32_t{5});
    static_assert(std::same_as<decltype(content.last_active_ago), std::optional<std::uint32_t>>);
    static_assert(content.presence == "online" && content.last_active_ago == 2U &&
                  content.status_msg == "afk" && content.currently_active == true);
    static_assert(presence_content(Player{.last_active_ts = 5}, 3U).last_active_ago == 0U);
    CHECK(presence_content(Player{.state = "away"}, 5U).currently_active == std::nullopt);
}
