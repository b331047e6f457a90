// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/presence_to_json.hpp>

#include "support/catch.hpp"
#include "support/single_pass.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <list>
#include <nlohmann/json.hpp>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

using namespace presence_router;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr Timestamp now{1'700'000'000'000ms};

UserPresenceState bob() {
    return {.user_id = "@bob:x"_user,
            .state = PresenceState::online,
            .last_active_ts = now - 1200ms,
            .last_federation_update_ts = now,
            .last_user_sync_ts = now,
            .status_msg = "at lunch",
            .currently_active = true};
}

std::string event_text(UserPresenceState const& state, Timestamp at = now) {
    std::string text;
    append_presence_event(text, state, at);
    return text;
}

template <class States>
std::string edu_text(States&& states) {
    std::string text;
    append_presence_edu(text, states, now);
    return text;
}

std::optional<std::int64_t> age(UserPresenceState const& state, Timestamp at) {
    json const content = presence_event_to_json(state, at)["content"];
    CHECK(json::parse(event_text(state, at))["content"] == content);
    if (!content.contains("last_active_ago")) return std::nullopt;
    return content["last_active_ago"].get<std::int64_t>();
}

} // namespace

TEST_CASE("append_presence_event: all that is there to say, in the order of the specification's example") {
    std::string text = "before ";
    append_presence_event(text, bob(), now);
    CHECK(text == R"(before {"type":"m.presence","sender":"@bob:x","content":{"presence":"online",)"
                  R"("last_active_ago":1200,"status_msg":"at lunch","currently_active":true}})");
    CHECK(presence_event_to_json(bob(), now) == json::parse(event_text(bob())));
}

TEST_CASE("append_presence_event: what says nothing is left out") {
    UserPresenceState state{.user_id = "@bob:x"_user, .status_msg = "", .currently_active = true};
    CHECK(event_text(state) == R"({"type":"m.presence","sender":"@bob:x","content":{"presence":"offline"}})");
    state.state = PresenceState::online;
    state.currently_active = false;
    CHECK(
        event_text(state) ==
        R"({"type":"m.presence","sender":"@bob:x","content":{"presence":"online","currently_active":false}})");
    CHECK(presence_event_to_json(state, now) == json::parse(event_text(state)));
}

TEST_CASE("append_presence_edu: an entry for each state, of any range") {
    UserPresenceState eve{.user_id = "@eve:x"_user, .state = PresenceState::busy};
    std::string const expected =
        R"({"edu_type":"m.presence","content":{"push":[{"user_id":"@bob:x","presence":"online",)"
        R"("last_active_ago":1200,"status_msg":"at lunch","currently_active":true},)"
        R"({"user_id":"@eve:x","presence":"busy"}]}})";
    std::vector const states{bob(), eve};
    std::list const listed{bob(), eve};
    CHECK(edu_text(states) == expected);
    CHECK(edu_text(listed) == expected);
    CHECK(edu_text(states | std::views::reverse | std::views::reverse) == expected);
    CHECK(edu_text(std::views::iota(0U, 2U) |
                   std::views::transform([&](unsigned at) { return states[at]; })) == expected);
    CHECK(presence_edu_to_json(listed, now) == json::parse(expected));
    CHECK(presence_edu_to_json(states | std::views::take(2), now) == json::parse(expected));
}

TEST_CASE("append_presence_edu: without states it is still an EDU") {
    std::vector<UserPresenceState> const none;
    CHECK(edu_text(none) == R"({"edu_type":"m.presence","content":{"push":[]}})");
    CHECK(presence_edu_to_json(none, now) == json::parse(edu_text(none)));
}

TEST_CASE("append_presence_event writes any text, in ASCII") {
    for (std::string const& message :
         {std::string{"quote \" backslash \\ slash /"}, std::string{"\0\x01\x1f\x7f\n", 5},
          std::string{"\xC2\x9B \xE2\x80\xA8 \xF0\x9F\x8D\xB0"}}) {
        UserPresenceState state = bob();
        state.status_msg = message;
        state.user_id = UserId{"@\"\\\xC3\xA9\n:x"};
        std::string const text = event_text(state);
        CHECK(std::ranges::all_of(text, [](char c) { return ' ' <= c && c <= '~'; }));
        json const value = presence_event_to_json(state, now);
        CHECK(json::parse(text) == value);
        CHECK(value["content"]["status_msg"] == message);
        CHECK(value["sender"] == "@\"\\\xC3\xA9\n:x");
    }
}

TEST_CASE("append_presence_event: what is no UTF-8 is replaced, byte for byte") {
    UserPresenceState state = bob();
    state.status_msg = "caf\xE9 \xF0\x9F\x8D";
    json const value = presence_event_to_json(state, now);
    CHECK(value["content"]["status_msg"] == "caf\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(json::parse(event_text(state)) == value);
    CHECK(json::parse(value.dump()) == value); // does not throw
}

TEST_CASE("append_presence_event: an age is one of Matrix's integers, and not negative") {
    UserPresenceState state = bob();
    constexpr std::int64_t longest = (std::int64_t{1} << 53) - 1;
    auto const active = [&](Timestamp at) {
        state.last_active_ts = at;
        return age(state, now);
    };
    CHECK(active({}) == std::nullopt);
    CHECK(active(now) == 0);
    CHECK(active(now - 1ms) == 1);
    CHECK(active(now + 1ms) == 0);
    CHECK(active((Timestamp::max)()) == 0);
    CHECK(active(now - std::chrono::milliseconds{longest}) == longest);
    CHECK(active(now - std::chrono::milliseconds{longest + 1}) == longest);
    CHECK(active((Timestamp::min)()) == longest);
}
