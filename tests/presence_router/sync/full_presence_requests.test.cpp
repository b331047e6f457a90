// SPDX-License-Identifier: BSL-1.0
#include <presence_router/sync/full_presence_requests.hpp>

#include "support/catch.hpp"

#include <presence_router/routers/route_table.hpp>
#include <presence_router/sync/memory_presence_store.hpp>
#include <presence_router/sync/presence_for.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

using namespace presence_router;

namespace {

struct Less { // an id without a hash
    int number = 0;
    friend bool operator<(Less a, Less b) { return a.number < b.number; }
};

static_assert(std::same_as<FullPresenceRequests, BasicFullPresenceRequests<UserId, std::uint64_t>>);
static_assert(std::is_copy_constructible_v<FullPresenceRequests> &&
              std::is_move_constructible_v<FullPresenceRequests>);

TEST_CASE("a request is due to devices that have not synced since", "[full_presence_requests]") {
    BasicFullPresenceRequests<int, int> requests;
    CHECK(requests.empty());
    CHECK_FALSE(requests.is_due(1, 0));
    requests.request({1, 2}, 10);
    CHECK(requests.size() == 2);
    CHECK(requests.is_due(1, 9));
    CHECK(requests.is_due(1, 10));
    CHECK_FALSE(requests.is_due(1, 11));
    CHECK(requests.is_due(2, 0));
    CHECK_FALSE(requests.is_due(3, 0));
    CHECK(requests.is_due(1, 10)); // it is not counted who was answered
    requests.request({1}, 20);
    CHECK(requests.is_due(1, 11));
    CHECK_FALSE(requests.is_due(2, 11));
    requests.request({1}, 15); // arrives late
    CHECK(requests.is_due(1, 20));
    CHECK(requests.forget(1));
    CHECK_FALSE(requests.forget(1));
    CHECK_FALSE(requests.is_due(1, 0));
    CHECK(requests.size() == 1);
}

TEST_CASE("a device is answered the whole for what is due, and for its first sync",
          "[full_presence_requests]") {
    BasicFullPresenceRequests<int, int> requests;
    requests.request({1}, 10);
    CHECK(requests.since_for(1, 10) == std::nullopt);
    CHECK(requests.since_for(1, 11) == 11);
    CHECK(requests.since_for(1, std::nullopt) == std::nullopt);
    CHECK(requests.since_for(2, 5) == 5);
}

TEST_CASE("requests take any users, none, and ids and tokens of any kind", "[full_presence_requests]") {
    BasicFullPresenceRequests<Less, std::string> requests;
    requests.request(std::vector<Less>{}, "a");
    CHECK(requests.empty());
    requests.request(std::vector<Less>{{1}, {2}, {1}}, "b");
    CHECK(requests.size() == 2);
    CHECK(requests.is_due({1}, "b"));
    CHECK_FALSE(requests.is_due({1}, "c"));
}

TEST_CASE("each device is sent all presence once, and then news again", "[full_presence_requests]") {
    UserId const alice = "@alice:x"_user, bob = "@bob:x"_user, carol = "@carol:x"_user;
    MemoryPresenceStore store;
    store.update({.user_id = bob, .state = PresenceState::online});
    store.update({.user_id = carol});
    RouteTable routes;
    FullPresenceRequests requests;
    auto const sync = [&](std::uint64_t since) {
        return presence_for(alice, routes, store, requests.since_for(alice, since));
    };

    auto const phone = sync(store.current_token()).next;
    auto const desktop = phone;
    routes.add(alice, bob);
    routes.add(alice, carol);
    CHECK(sync(phone).states.empty()); // nobody's presence changed
    requests.request({alice}, store.current_token());
    store.advance();
    auto const whole = sync(phone);
    REQUIRE(whole.states.size() == 1); // without carol, who is offline
    CHECK(whole.states.begin()->user_id == bob);
    CHECK(sync(phone) == whole);   // a repeated sync
    CHECK(sync(desktop) == whole); // another device
    CHECK(sync(whole.next).states.empty());
    store.update({.user_id = carol});
    CHECK(sync(whole.next).states.size() == 1);
    CHECK(sync(phone).states.size() == 1); // still the whole
    CHECK(sync(phone).states.begin()->user_id == bob);
}

} // namespace
