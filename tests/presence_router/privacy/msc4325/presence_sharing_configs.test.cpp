// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4325/presence_sharing_configs.hpp>

#include "support/catch.hpp"

#include <set>
#include <type_traits>

using namespace presence_router;
using namespace presence_router::msc4325_2026_01_23;

namespace {

static_assert(std::is_nothrow_move_constructible_v<PresenceSharingConfigs>);
static_assert(std::is_copy_constructible_v<PresenceSharingConfigs>);

UserId const alice = "@alice:x"_user;
UserId const bob = "@bob:x"_user;
UserId const carol = "@carol:y"_user;

std::set<UserId> listing(PresenceSharingConfigs const& configs, UserId const& viewer) {
    std::set<UserId> users;
    CHECK(configs.for_each_listing(viewer, [&](UserId const& user) { return users.insert(user).second; }));
    return users;
}
std::set<UserId> globbing(PresenceSharingConfigs const& configs, UserId const& viewer) {
    std::set<UserId> users;
    CHECK(configs.for_each_glob_match(viewer, [&](UserId const& user) { return users.insert(user).second; }));
    return users;
}

TEST_CASE("a configuration is found until it is erased") {
    PresenceSharingConfigs configs;
    CHECK(configs.empty());
    CHECK(configs.find(alice) == nullptr);
    CHECK_FALSE(configs.erase(alice));
    PresenceSharingConfig const config{.denied_users = {"@*:*"}};
    configs.set(alice, config);
    REQUIRE(configs.find(alice) != nullptr);
    CHECK(*configs.find(alice) == config);
    CHECK(configs.size() == 1);
    CHECK(configs.erase(alice));
    CHECK(configs.find(alice) == nullptr);
    CHECK(configs.empty());
}

TEST_CASE("who allows a user is found by id and by glob") {
    PresenceSharingConfigs configs;
    configs.set(alice, {.allowed_users = {"@carol:y", "@*:x"}});
    configs.set(bob, {.allowed_users = {"@carol:y"}, .denied_users = {"@bob:x", "@*:*"}});
    CHECK(listing(configs, carol) == std::set{alice, bob});
    CHECK(listing(configs, bob).empty());
    CHECK(globbing(configs, bob) == std::set{alice});
    CHECK(globbing(configs, carol).empty());
}

TEST_CASE("a configuration leaves nothing of the one it replaces") {
    PresenceSharingConfigs configs;
    configs.set(alice, {.allowed_users = {"@carol:y", "@bob:x", "@*:x"}});
    configs.set(alice, {.allowed_users = {"@bob:x"}});
    CHECK(listing(configs, carol).empty());
    CHECK(listing(configs, bob) == std::set{alice});
    CHECK(globbing(configs, bob).empty());
    configs.set(alice, {.allowed_users = {"@bob:x"}}); // the same once more
    CHECK(listing(configs, bob) == std::set{alice});
    configs.set(alice, {.allowed_users = {"@c*"}});
    CHECK(listing(configs, bob).empty());
    CHECK(globbing(configs, carol) == std::set{alice});
    configs.erase(alice);
    CHECK(globbing(configs, carol).empty());
    configs.set(bob, {.allowed_users = {"@carol:y"}});
    configs.erase(bob);
    CHECK(listing(configs, carol).empty());
}

TEST_CASE("a sink that has had enough is asked no more") {
    PresenceSharingConfigs configs;
    configs.set(alice, {.allowed_users = {"@carol:y", "@*:y"}});
    configs.set(bob, {.allowed_users = {"@carol:y", "@*:y"}});
    int shown = 0;
    auto const stop = [&](UserId const&) { return ++shown == 0; };
    CHECK_FALSE(configs.for_each_listing(carol, stop));
    CHECK(shown == 1);
    CHECK_FALSE(configs.for_each_glob_match(carol, stop));
    CHECK(shown == 2);
}

} // namespace
