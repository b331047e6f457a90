// SPDX-License-Identifier: BSL-1.0
#include <presence_router/user_presence_state.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

using namespace presence_router;
using namespace std::chrono_literals;

namespace {

static_assert(std::is_aggregate_v<UserPresenceState>);
static_assert(!std::is_default_constructible_v<UserPresenceState>);
// A copy throws nothing either, but libstdc++'s optional does not say so.
static_assert(std::is_copy_constructible_v<UserPresenceState>);
static_assert(std::is_nothrow_move_constructible_v<UserPresenceState>);
static_assert(std::is_copy_assignable_v<UserPresenceState>);
static_assert(std::is_nothrow_move_assignable_v<UserPresenceState>);
static_assert(std::is_nothrow_swappable_v<UserPresenceState>);
static_assert(std::totally_ordered<UserPresenceState>);
static_assert(std::same_as<std::compare_three_way_result_t<UserPresenceState>, std::strong_ordering>);
static_assert(sizeof(void*) != 8 || sizeof(UserPresenceState) == 64, "one cache line");
static_assert(std::same_as<Timestamp::duration, std::chrono::milliseconds>);
static_assert(std::same_as<Timestamp::clock, std::chrono::system_clock>);

std::string print(UserPresenceState const& update) {
    std::ostringstream out;
    out << update;
    return out.str();
}

UserPresenceState offline_bob() { return {.user_id = "@bob:x"_user}; }

// offline_bob() with one field greater, for each field, the least significant first.
std::vector<UserPresenceState> one_field_greater() {
    auto const but = [](auto member, auto value) {
        UserPresenceState update = offline_bob();
        update.*member = value;
        return update;
    };
    return {
        but(&UserPresenceState::currently_active, true),
        but(&UserPresenceState::status_msg, SharedText{}),
        but(&UserPresenceState::last_user_sync_ts, Timestamp{1ms}),
        but(&UserPresenceState::last_federation_update_ts, Timestamp{1ms}),
        but(&UserPresenceState::last_active_ts, Timestamp{1ms}),
        but(&UserPresenceState::state, PresenceState::unavailable),
        but(&UserPresenceState::user_id, "@carol:x"_user),
    };
}

TEST_CASE("a new state says nothing but whose it is", "[user_presence_state]") {
    UserPresenceState const update = offline_bob();
    CHECK(update.user_id == "@bob:x"_user);
    CHECK(update.state == PresenceState::offline);
    CHECK(update.last_active_ts.time_since_epoch() == 0ms);
    CHECK(update.last_federation_update_ts.time_since_epoch() == 0ms);
    CHECK(update.last_user_sync_ts.time_since_epoch() == 0ms);
    CHECK(update.status_msg == std::nullopt);
    CHECK_FALSE(update.currently_active);
}

TEST_CASE("the fields are named, and stand in Synapse's order", "[user_presence_state]") {
    UserPresenceState const named{.user_id = "@bob:x"_user,
                                  .state = PresenceState::online,
                                  .last_active_ts = Timestamp{1ms},
                                  .last_federation_update_ts = Timestamp{2ms},
                                  .last_user_sync_ts = Timestamp{3ms},
                                  .status_msg = "text",
                                  .currently_active = true};
    UserPresenceState const listed{
        "@bob:x"_user, PresenceState::online, Timestamp{1ms}, Timestamp{2ms}, Timestamp{3ms}, "text", true};
    CHECK(named == listed);
}

TEST_CASE("states are compared on all fields", "[user_presence_state]") {
    UserPresenceState const base = offline_bob();
    auto const greater = one_field_greater();
    for (std::size_t i = 0; i < greater.size(); ++i) {
        CAPTURE(i, print(greater[i]));
        CHECK(greater[i] != base);
        CHECK(greater[i] > base);
        CHECK((base <=> greater[i]) == std::strong_ordering::less);
        for (std::size_t j = 0; j < greater.size(); ++j)
            CHECK((greater[i] <=> greater[j]) == (i <=> j));
    }
    CHECK(base == offline_bob());
    CHECK((base <=> offline_bob()) == std::strong_ordering::equal);
}

TEST_CASE("a message is not the same as none", "[user_presence_state]") {
    UserPresenceState none = offline_bob();
    UserPresenceState empty = offline_bob();
    empty.status_msg = "";
    CHECK(none < empty);
    CHECK(print(none) != print(empty));
    none.status_msg = "";
    CHECK(none == empty);
}

TEST_CASE("a state that differs in any field has its own hash, line and place in a set",
          "[user_presence_state]") {
    auto updates = one_field_greater();
    updates.push_back(offline_bob());
    std::set<std::size_t> hashes;
    std::set<std::string> lines;
    for (auto const& update : updates) {
        hashes.insert(std::hash<UserPresenceState>{}(update));
        lines.insert(print(update));
    }
    CHECK(hashes.size() == updates.size());
    CHECK(lines.size() == updates.size());

    auto const twice = [&updates](auto set) {
        set.insert(updates.begin(), updates.end());
        set.insert(updates.begin(), updates.end());
        return set.size();
    };
    CHECK(twice(std::set<UserPresenceState>{}) == updates.size());
    CHECK(twice(std::unordered_set<UserPresenceState>{}) == updates.size());
    CHECK(std::hash<UserPresenceState>{}(offline_bob()) == std::hash<UserPresenceState>{}(offline_bob()));
}

TEST_CASE("timestamps that follow each other do not collide", "[user_presence_state]") {
    std::set<std::size_t> hashes;
    UserPresenceState update = offline_bob();
    for (int active = 0; active < 30; ++active) {
        for (int sync = 0; sync < 30; ++sync) {
            update.last_active_ts = Timestamp{1'700'000'000'000ms + active * 1ms};
            update.last_user_sync_ts = Timestamp{1'700'000'000'000ms + sync * 1ms};
            hashes.insert(std::hash<UserPresenceState>{}(update));
        }
    }
    CHECK(hashes.size() > 890);
}

TEST_CASE("a copy shares the texts", "[user_presence_state]") {
    UserPresenceState const original{.user_id = "@bob:x"_user, .status_msg = "a status message"};
    UserPresenceState copy = original;
    CHECK(copy.user_id.str().data() == original.user_id.str().data());
    CHECK(copy.status_msg->str().data() == original.status_msg->str().data());
    copy.status_msg = "another";
    CHECK(original.status_msg == "a status message");
}

TEST_CASE("a state is printed on one line", "[user_presence_state]") {
    UserPresenceState update = offline_bob();
    CHECK(print(update) == "@bob:x offline");
    update.state = PresenceState::online;
    update.status_msg = "text";
    update.currently_active = true;
    CHECK(print(update) == R"(@bob:x online "text" active)");
    update.last_active_ts = Timestamp{1ms};
    update.last_federation_update_ts = Timestamp{-2ms};
    update.last_user_sync_ts = Timestamp{1'700'000'000'000ms};
    CHECK(print(update) == "@bob:x online \"text\" active last_active_ts=1 last_federation_update_ts=-2 "
                           "last_user_sync_ts=1700000000000");

    UserPresenceState const hostile{.user_id = "@bob:x"_user, .status_msg = "\x1B[2J\nno\" \xC3\xA9 \xFF"};
    CHECK(print(hostile) == "@bob:x offline \"\\x1B[2J\\x0Ano\\\" \xC3\xA9 \\xFF\"");
}

} // namespace
