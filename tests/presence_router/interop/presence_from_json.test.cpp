// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/presence_from_json.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace presence_router;
using namespace std::chrono_literals;
using nlohmann::json;
using Problems = std::vector<JsonProblem>;
using Updates = std::vector<UserPresenceState>;

namespace {

constexpr Timestamp now{1'700'000'000'000ms};

json event(json content) {
    return {{"type", "m.presence"}, {"sender", "@bob:x"}, {"content", std::move(content)}};
}
json push(std::initializer_list<json> entries) { return {{"push", std::vector<json>(entries)}}; }
json edu(json content) { return {{"edu_type", "m.presence"}, {"content", std::move(content)}}; }
json bob(json fields = json::object()) {
    json entry{{"user_id", "@bob:x"}, {"presence", "online"}};
    entry.update(fields);
    return entry;
}

/// Fields that are wrong, in an entry or in the content of an event that is otherwise right.
std::vector<std::pair<json, JsonProblem>> const& wrong_fields() {
    static json const huge = std::numeric_limits<std::uint64_t>::max();
    static std::vector<std::pair<json, JsonProblem>> const fields{
        {{{"presence", 1}}, {"/presence", "has to be a string, is number"}},
        {{{"presence", nullptr}}, {"/presence", "has to be a string, is null"}},
        {{{"presence", "away"}}, {"/presence", "\"away\" is none of online, unavailable, offline, busy"}},
        {{{"presence", "Online"}}, {"/presence", "\"Online\" is none of online, unavailable, offline, busy"}},
        {{{"presence", std::string{"\0", 1}}},
         {"/presence", "\"\\x00\" is none of online, unavailable, offline, busy"}},
        {{{"last_active_ago", "1"}}, {"/last_active_ago", "has to be a whole number, is string"}},
        {{{"last_active_ago", true}}, {"/last_active_ago", "has to be a whole number, is boolean"}},
        {{{"last_active_ago", 1.0}},
         {"/last_active_ago", "has to be a whole number, is one with a fraction or an exponent"}},
        {{{"last_active_ago", json::parse("18446744073709551616")}},
         {"/last_active_ago", "has to be from 0 to 2^53 - 1, is far beyond"}},
        {{{"last_active_ago", json::parse("-9223372036854775809")}},
         {"/last_active_ago", "has to be from 0 to 2^53 - 1, is far beyond"}},
        {{{"last_active_ago", -1}}, {"/last_active_ago", "has to be from 0 to 2^53 - 1, is -1"}},
        {{{"last_active_ago", std::int64_t{1} << 53}},
         {"/last_active_ago", "has to be from 0 to 2^53 - 1, is 9007199254740992"}},
        {{{"last_active_ago", std::uint64_t{1} << 53}},
         {"/last_active_ago", "has to be from 0 to 2^53 - 1, is 9007199254740992"}},
        {{{"last_active_ago", huge}},
         {"/last_active_ago", "has to be from 0 to 2^53 - 1, is 18446744073709551615"}},
        {{{"last_active_ago", (std::numeric_limits<std::int64_t>::min)()}},
         {"/last_active_ago", "has to be from 0 to 2^53 - 1, is -9223372036854775808"}},
        {{{"status_msg", 1}}, {"/status_msg", "has to be a string, is number"}},
        {{{"status_msg", json::array({"x"})}}, {"/status_msg", "has to be a string, is array"}},
        {{{"status_msg", "caf\xE9"}}, {"/status_msg", "has to be well-formed UTF-8, is not at byte 3"}},
        {{{"currently_active", "yes"}}, {"/currently_active", "has to be true or false, is string"}},
        {{{"currently_active", 1}}, {"/currently_active", "has to be true or false, is number"}},
    };
    return fields;
}

JsonProblem below(std::string const& where, JsonProblem problem) {
    problem.where = where + problem.where;
    return problem;
}

} // namespace

TEST_CASE("presence_event_from_json: a client event") {
    auto const read = presence_event_from_json(event({{"presence", "online"},
                                                      {"last_active_ago", 1200},
                                                      {"status_msg", "hi"},
                                                      {"currently_active", true}}),
                                               now);
    CHECK(read.problems.empty());
    CHECK(read.value == UserPresenceState{.user_id = "@bob:x"_user,
                                          .state = PresenceState::online,
                                          .last_active_ts = now - 1200ms,
                                          .status_msg = "hi",
                                          .currently_active = true});
}

TEST_CASE("presence_event_from_json: what is optional and missing, or null, says nothing") {
    UserPresenceState const expected{.user_id = "@bob:x"_user, .state = PresenceState::unavailable};
    for (json const& content :
         {json{{"presence", "unavailable"}},
          json{{"presence", "unavailable"},
               {"last_active_ago", nullptr},
               {"status_msg", nullptr},
               {"currently_active", nullptr}},
          json{{"presence", "unavailable"}, {"org.example.mood", {1, 2}}, {"user_id", 7}}}) {
        CAPTURE(content.dump());
        auto const read = presence_event_from_json(event(content), now);
        CHECK(read.problems.empty());
        CHECK(read.value == expected);
    }
}

TEST_CASE("presence_event_from_json knows all names of presence") {
    for (auto const& [name, state] : {std::pair{"online", PresenceState::online},
                                      {"unavailable", PresenceState::unavailable},
                                      {"offline", PresenceState::offline},
                                      {"busy", PresenceState::busy},
                                      {"org.matrix.msc3026.busy", PresenceState::busy}}) {
        auto const read = presence_event_from_json(event({{"presence", name}}), now);
        REQUIRE(read.value);
        CHECK(read.value->state == state);
    }
}

TEST_CASE("presence_event_from_json: ages from 0 to 2^53 - 1, and no further back than time is counted") {
    auto const last_active = [](json const& ago, Timestamp at) {
        auto const read =
            presence_event_from_json(event({{"presence", "online"}, {"last_active_ago", ago}}), at);
        CHECK(read.value.has_value() == read.problems.empty());
        return read.value ? std::optional{read.value->last_active_ts} : std::nullopt;
    };
    constexpr std::int64_t longest = (std::int64_t{1} << 53) - 1;
    CHECK(last_active(0, now) == now);
    CHECK(last_active(0U, now) == now);
    CHECK(last_active(json::parse("-0"), now) == now);
    CHECK(last_active(longest, now) == now - std::chrono::milliseconds{longest});
    CHECK(last_active(5, (Timestamp::min)() + 5ms) == (Timestamp::min)());
    CHECK(last_active(5, (Timestamp::min)() + 4ms) == std::nullopt);
    CHECK(last_active(longest, (Timestamp::max)()) ==
          (Timestamp::max)() - std::chrono::milliseconds{longest});
    auto const read = presence_event_from_json(event(bob({{"last_active_ago", 5}})), (Timestamp::min)());
    CHECK(read.problems ==
          Problems{{"/content/last_active_ago", "reaches back further than time is counted, is 5"}});
}

TEST_CASE("presence_event_from_json: a wrong field is named") {
    for (auto const& [fields, problem] : wrong_fields()) {
        auto const read = presence_event_from_json(event(bob(fields)), now);
        CHECK_FALSE(read.value);
        CHECK(read.problems == Problems{below("/content", problem)});
    }
    CHECK(presence_event_from_json(event(json::object()), now).problems ==
          Problems{{"/content/presence", "is missing"}});
}

TEST_CASE("presence_event_from_json: what is no such event") {
    for (auto const& [value, problem] : std::vector<std::pair<char const*, JsonProblem>>{
             {"[]", {"", "has to be an object, is array"}},
             {"null", {"", "has to be an object, is null"}},
             {"{}", {"/type", "is missing"}},
             {R"({"type": null})", {"/type", "has to be a string, is null"}},
             {R"({"type": "m.room.message"})", {"/type", "\"m.room.message\" is not \"m.presence\""}},
             {R"({"type": "m.presence"})", {"/sender", "is missing"}},
             {R"({"type": "m.presence", "sender": 5})", {"/sender", "has to be a string, is number"}},
             {R"({"type": "m.presence", "sender": "@a:x"})", {"/content", "is missing"}},
             {R"({"type": "m.presence", "sender": "@a:x", "content": ["presence"]})",
              {"/content", "has to be an object, is array"}},
             {R"({"type": "m.presence", "sender": "alice", "content": {"presence": "online"}})",
              {"/sender", "\"alice\" is not a Matrix user id: it has to begin with '@' (at byte 0)"}},
         }) {
        CAPTURE(value);
        auto const read = presence_event_from_json(json::parse(value), now);
        CHECK_FALSE(read.value);
        CHECK(read.problems == Problems{problem});
    }
}

TEST_CASE("presence_edu_from_json: the entries, as received from their server now") {
    auto const read = presence_edu_from_json(
        edu(push({bob({{"last_active_ago", 1}, {"currently_active", true}}),
                  {{"user_id", "@eve:y"}, {"presence", "offline"}, {"status_msg", ""}}})),
        now);
    CHECK(read.problems.empty());
    CHECK(read.updates ==
          Updates{{.user_id = "@bob:x"_user,
                   .state = PresenceState::online,
                   .last_active_ts = now - 1ms,
                   .last_federation_update_ts = now,
                   .currently_active = true},
                  {.user_id = "@eve:y"_user, .last_federation_update_ts = now, .status_msg = ""}});
    CHECK(presence_edu_from_json(edu(push({})), now).problems.empty());
}

TEST_CASE("presence_edu_from_json: a wrong entry is named and does not spoil the others") {
    for (auto const& [fields, problem] : wrong_fields()) {
        json const content = push({bob(), bob(fields), bob()});
        auto const read = presence_edu_from_json(edu(content), now);
        CHECK(read.problems == Problems{below("/content/push/1", problem)});
        CHECK(read.updates.size() == 2);
        CHECK(presence_push_from_json(content, now).problems == Problems{below("/push/1", problem)});
    }
}

TEST_CASE("presence_edu_from_json: each wrong entry has one problem, the first") {
    auto const read = presence_edu_from_json(
        json::parse(
            R"({"edu_type": "m.presence", "content": {"push": [1, {}, {"user_id": "@a:x"}, {"presence": "online"},
            {"user_id": null, "presence": 3}, {"user_id": "@b:x", "presence": "online"}, ["user_id"]]}})"),
        now);
    CHECK(read.problems == Problems{{"/content/push/0", "has to be an object, is number"},
                                    {"/content/push/1/user_id", "is missing"},
                                    {"/content/push/2/presence", "is missing"},
                                    {"/content/push/3/user_id", "is missing"},
                                    {"/content/push/4/user_id", "has to be a string, is null"},
                                    {"/content/push/6", "has to be an object, is array"}});
    REQUIRE(read.updates.size() == 1);
    CHECK(read.updates[0].user_id == "@b:x"_user);
}

TEST_CASE("presence_edu_from_json: what is no such EDU") {
    for (auto const& [value, problem] : std::vector<std::pair<char const*, JsonProblem>>{
             {"7", {"", "has to be an object, is number"}},
             {"{}", {"/edu_type", "is missing"}},
             {R"({"edu_type": 1})", {"/edu_type", "has to be a string, is number"}},
             {R"({"edu_type": "m.typing", "content": {}})",
              {"/edu_type", "\"m.typing\" is not \"m.presence\""}},
             {R"({"edu_type": "m.presence"})", {"/content", "is missing"}},
             {R"({"edu_type": "m.presence", "content": []})", {"/content", "has to be an object, is array"}},
             {R"({"edu_type": "m.presence", "content": {}})", {"/content/push", "is missing"}},
             {R"({"edu_type": "m.presence", "content": {"push": {}}})",
              {"/content/push", "has to be an array, is object"}},
         }) {
        CAPTURE(value);
        auto const read = presence_edu_from_json(json::parse(value), now);
        CHECK(read.updates.empty());
        CHECK(read.problems == Problems{problem});
    }
    CHECK(presence_push_from_json(json::array(), now).problems ==
          Problems{{"", "has to be an object, is array"}});
    CHECK(presence_push_from_json(json::object(), now).problems == Problems{{"/push", "is missing"}});
}

TEST_CASE("presence_edu_from_json: a server speaks for its own users only") {
    json const content =
        push({bob(), {{"user_id", "@eve:y"}, {"presence", "online"}}, bob({{"user_id", "@b:x:8448"}})});
    auto const read = presence_edu_from_json(edu(content), now, "x");
    REQUIRE(read.updates.size() == 1);
    CHECK(read.updates[0].user_id == "@bob:x"_user);
    CHECK(read.problems ==
          Problems{{"/content/push/1/user_id", "\"@eve:y\" is not a user of \"x\", the origin"},
                   {"/content/push/2/user_id", "\"@b:x:8448\" is not a user of \"x\", the origin"}});
    CHECK(presence_push_from_json(content, now, "x:8448").updates.size() == 1);
    CHECK(presence_push_from_json(content, now, "").updates.empty()); // is given, and has no users
    CHECK(presence_push_from_json(content, now).updates.size() == 3);
    CHECK(presence_event_from_json(event(bob()), now, "x").value);
    CHECK(presence_event_from_json(event(bob()), now, "y").problems ==
          Problems{{"/sender", "\"@bob:x\" is not a user of \"y\", the origin"}});
}

TEST_CASE("presence_from_text: three kinds, told apart by their keys") {
    json const content = push({bob()});
    for (std::string const& text : {edu(content).dump(), content.dump()}) {
        auto const read = presence_from_text(text, now);
        CHECK(read.problems.empty());
        CHECK(read.updates == presence_edu_from_json(edu(content), now).updates);
    }
    auto const read = presence_from_text(event(bob()).dump(), now);
    CHECK(read.problems.empty());
    CHECK(read.updates == Updates{{.user_id = "@bob:x"_user, .state = PresenceState::online}});
    CHECK(presence_from_text("[]", now).problems == Problems{{"", "has to be an object, is array"}});
    CHECK(presence_from_text(R"({"presence": "online"})", now).problems ==
          Problems{{"", R"(has no "push" (EDU content), "edu_type" (EDU) or "type" (client event))"}});
    CHECK(presence_from_text("{", now).problems.size() == 1);
    CHECK(presence_from_text(content.dump(), now, "y").updates.empty());
}

TEST_CASE("presence_from_text: a key that is there twice spoils its entry, or else the whole") {
    struct Case {
        char const* text;
        std::size_t updates;
        std::vector<char const*> repeated;
    };
    for (
        auto const& [text, updates, repeated] : {
            Case{R"({"type":"m.presence","sender":"@b:x","sender":"@e:x","content":{"presence":"busy"}})",
                 0,
                 {"/sender"}},
            {R"({"type":"m.presence","sender":"@b:x","content":{"presence":"busy","presence":"busy"}})",
             0,
             {"/content/presence"}},
            {R"({"type":"m.presence","sender":"@b:x","content":{"presence":"busy"},"push":[{"a":1,"a":1}]})",
             0,
             {"/push/0/a"}},
            {R"({"push":[],"push":[]})", 0, {"/push"}},
            {R"({"edu_type":"m.presence","content":{"push":[]},"content":{"push":[]}})", 0, {"/content"}},
            {R"({"edu_type":"m.presence","edu_type":"m.typing","content":{"push":[{"a":1,"a":1}]}})",
             0,
             {"/edu_type"}},
            {R"({"a":1,"a":2})", 0, {"/a"}},
            {R"({"push":[{"user_id":"@e:x","presence":"online","user_id":"@b:x"},
                          {"user_id":"@b:x","presence":"online","a":{"b/c":1,"b/c":2,"b/c":3}},
                          {"user_id":"@b:x","presence":"online"}, 5,
                          {"user_id":5,"user_id":5}]})",
             1,
             {"/push/0/user_id", "/push/1/a/b~1c", "/push/3", "/push/4/user_id"}},
            {R"({"push":[{"a":1,"a":1},0,0,0,0,0,0,0,0,0,{"a":1,"a":1},{"user_id":"@b:x","presence":"online"}]})",
             1,
             {"/push/0/a", "/push/1", "/push/2", "/push/3", "/push/4", "/push/5", "/push/6", "/push/7",
              "/push/8", "/push/9", "/push/10/a"}},
            {R"({"push":{"0":{"a":1,"a":1}}})", 0, {"/push"}},
        }) {
        CAPTURE(text);
        auto const read = presence_from_text(text, now);
        CHECK(read.updates.size() == updates);
        std::vector<std::string> where;
        for (JsonProblem const& problem : read.problems) where.push_back(problem.where);
        CHECK(where == std::vector<std::string>(repeated.begin(), repeated.end()));
    }
}
