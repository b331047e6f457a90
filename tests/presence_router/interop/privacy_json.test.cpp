// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/privacy_json.hpp>

#include "support/catch.hpp"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace presence_router;
using nlohmann::json;
using Problems = std::vector<JsonProblem>;

namespace {

FromJson<msc4325_2026_01_23::PresenceSharingConfig> config(char const* text) {
    return msc4325_2026_01_23::config_from_json(json::parse(text));
}
FromJson<msc4495_2026_07_15::PresenceSharing> sharing(char const* text) {
    return msc4495_2026_07_15::sharing_from_json(json::parse(text));
}

} // namespace

TEST_CASE("MSC4325: entries are sorted by what they are") {
    auto const read = config(R"({"allowed_users": ["@alice:x", "@b*:x", "!room"], "denied_users": ["@*:y"],
                                 "org.example.more": 1})");
    CHECK(read.problems.empty());
    REQUIRE(read.value);
    CHECK(*read.value == msc4325_2026_01_23::PresenceSharingConfig{
                             .allowed_users = {"@alice:x", "@b*:x", "!room"}, .denied_users = {"@*:y"}});
}

TEST_CASE("MSC4325: what is missing is empty") {
    auto const read = config("{}");
    CHECK(read.problems.empty());
    REQUIRE(read.value);
    CHECK(*read.value == msc4325_2026_01_23::PresenceSharingConfig{});
}

TEST_CASE("MSC4325: what is wrong is named, and nothing valid is lost beside it") {
    auto const read = config(R"({"allowed_users": ["@alice:x", 5, "@broken", "#alias:x", null, "!room"],
                                 "denied_users": "@bob:x"})");
    REQUIRE(read.value);
    CHECK(*read.value == msc4325_2026_01_23::PresenceSharingConfig{.allowed_users = {"@alice:x", "!room"}});
    CHECK(read.problems ==
          Problems{{"/allowed_users/1", "has to be a string, is number"},
                   {"/allowed_users/2", "\"@broken\" is not a Matrix user id: a ':' has to stand between "
                                        "localpart and server name (at byte 7)"},
                   {"/allowed_users/3", "\"#alias:x\" is no user id, glob or room id: it begins with neither "
                                        "'@' nor '!'"},
                   {"/allowed_users/4", "has to be a string, is null"},
                   {"/denied_users", "has to be an array of strings, is string"}});
}

TEST_CASE("MSC4325: what is no object cannot be read") {
    for (char const* const text : {"[]", "null", "\"@a:x\"", "1"}) {
        auto const read = config(text);
        CHECK_FALSE(read.value);
        CHECK(read.problems.size() == 1);
    }
    CHECK(config("[]").problems == Problems{{"", "has to be an object, is array"}});
}

TEST_CASE("MSC4495: each property") {
    auto const read = sharing(R"({"share_locally": true, "users": {"@alice:x": "allow", "@mallory:x": "deny"},
                                  "rooms": {"!family": "allow"}, "servers": {"y.org:8448": "deny"}, "more": []})");
    CHECK(read.problems.empty());
    REQUIRE(read.value);
    using msc4495_2026_07_15::UserRule;
    CHECK(*read.value == msc4495_2026_07_15::PresenceSharing{.share_locally = true,
                                                             .users = {{"@alice:x"_user, UserRule::allow},
                                                                       {"@mallory:x"_user, UserRule::deny}},
                                                             .allowed_rooms = {"!family"},
                                                             .denied_servers = {"y.org:8448"}});
}

TEST_CASE("MSC4495: what is missing takes its default") {
    auto const read = sharing("{}");
    CHECK(read.problems.empty());
    REQUIRE(read.value);
    CHECK(*read.value == msc4495_2026_07_15::PresenceSharing{});
}

TEST_CASE(
    "MSC4495: what is unknown or forbidden counts as unset, and what can match nothing is passed over") {
    auto const read = sharing(R"({"users": {"@a:x": "maybe", "@b:x": "Allow", "@*": "deny", "@c:x": "deny"},
                                  "rooms": {"!r": "deny", "!s": "allow", "r": "allow"},
                                  "servers": {"y": "allow", "z": "deny", "*.w": "deny"}})");
    REQUIRE(read.value);
    CHECK(*read.value ==
          msc4495_2026_07_15::PresenceSharing{.users = {{"@c:x"_user, msc4495_2026_07_15::UserRule::deny}},
                                              .allowed_rooms = {"!s"},
                                              .denied_servers = {"z"}});
    CHECK(read.problems ==
          Problems{{"/users/@*", "\"@*\" is not a Matrix user id: a ':' has to stand between localpart and "
                                 "server name (at byte 2)"},
                   {"/users/@a:x", "\"maybe\" is not \"allow\" or \"deny\", and counts as unset"},
                   {"/users/@b:x", "\"Allow\" is not \"allow\" or \"deny\", and counts as unset"},
                   {"/rooms/!r", "\"deny\" is not \"allow\", and counts as unset"},
                   {"/rooms/r", "\"r\" is no room id: it does not begin with '!'"},
                   {"/servers/*.w", "\"*.w\" is no server name (at byte 0)"},
                   {"/servers/y", "\"allow\" is not \"deny\", and counts as unset"}});
}

TEST_CASE("MSC4495: a value of another type makes all unreadable, so that nothing is shared") {
    for (char const* const text :
         {"[]", "null", R"({"share_locally": "true"})", R"({"share_locally": null})",
          R"({"share_locally": 1})", R"({"share_locally": true, "users": []})",
          R"({"share_locally": true, "users": {"@a:x": 1}})", R"({"share_locally": true, "rooms": null})",
          R"({"share_locally": true, "servers": {"x": ["deny"]}})"}) {
        CAPTURE(text);
        auto const read = sharing(text);
        CHECK_FALSE(read.value);
        CHECK(read.problems.size() == 1);
    }
    CHECK(sharing(R"({"users": {"a/b~c": 1}, "rooms": 2})").problems ==
          Problems{{"/users/a~1b~0c", "has to be a string, is number"},
                   {"/rooms", "has to be an object, is number"}});
}

TEST_CASE("a reason is printable whatever the text") {
    auto const read = config("{\"allowed_users\": [\"\\u001b[2J\"]}");
    REQUIRE(read.problems.size() == 1);
    CHECK(read.problems[0].reason.find('\x1b') == std::string::npos);
}
