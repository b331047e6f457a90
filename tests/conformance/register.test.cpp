// SPDX-License-Identifier: BSL-1.0
// Replays what Synapse answered to modules that register both callbacks, one of them, or neither.
#include <presence_router/presence_router.hpp>

#include "conformance/recorded.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <functional>
#include <iostream>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace presence_router;

namespace {

using Push = std::function<UsersForStates(std::span<UserPresenceState const>)>;
using Pull = std::function<InterestedUsers(UserId const&)>;

struct Pair { // which callbacks a module gives
    bool push;
    bool pull;
};

struct Case {
    std::string id;
    std::vector<Pair> pairs;
    std::vector<bool> accepted;
    std::size_t pushes;
    std::size_t pulls;
};

Case read_case(recorded::json const& line, std::string_view op) {
    recorded::check_line(line, op);
    recorded::json const& in = line["in"];
    recorded::json const& out = line["out"];
    recorded::check_fields(in, {"op", "pairs"});
    recorded::check_fields(out, {"get_interested_users", "get_users_for_states", "result"});

    Case result{.id = line["id"].get<std::string>(), .pairs = {}, .accepted = {}, .pushes = 0, .pulls = 0};
    for (recorded::json const& pair : recorded::array(in["pairs"])) {
        recorded::check_fields(pair, {"get_users_for_states", "get_interested_users"});
        result.pairs.push_back(
            {pair["get_users_for_states"].get<bool>(), pair["get_interested_users"].get<bool>()});
    }
    for (recorded::json const& answer : recorded::array(out["result"])) {
        if (answer != "ok" && answer != "RuntimeError") recorded::refuse("unknown answer", answer);
        result.accepted.push_back(answer == "ok");
    }
    if (result.accepted.size() != result.pairs.size()) recorded::refuse("not an answer for each pair", line);
    std::size_t const most = result.pairs.size() + 1;
    result.pushes = recorded::number(out["get_users_for_states"], most);
    result.pulls = recorded::number(out["get_interested_users"], most);
    return result;
}

} // namespace

TEST_CASE("conformance: a case of registration with what the replay does not know is an error",
          "[conformance]") {
    auto const line = recorded::json::parse(R"({"id": "register/0", "tags": [],
        "in": {"op": "register", "pairs": [{"get_users_for_states": true, "get_interested_users": false}]},
        "out": {"get_interested_users": 0, "get_users_for_states": 0, "result": ["RuntimeError"]}})");
    auto const changed = [&](char const* where, recorded::json const& value) {
        recorded::json result = line;
        result[recorded::json::json_pointer(where)] = value;
        return result;
    };
    auto const read = [](recorded::json const& one) { return read_case(one, "register"); };
    CHECK_NOTHROW(read(line));
    CHECK_THROWS(read(changed("/more", 1)));
    CHECK_THROWS(read(changed("/tags/0", "unheard_of")));
    CHECK_THROWS(read(changed("/in/op", "get_users_for_states")));
    CHECK_THROWS(read(changed("/in/pairs/0/more", true)));
    CHECK_THROWS(read(changed("/in/pairs/0/get_users_for_states", 1)));
    CHECK_THROWS(read(changed("/out/result/0", "maybe")));
    CHECK_THROWS(read(changed("/out/result/1", "ok")));
    CHECK_THROWS(read(changed("/out/get_interested_users", 2)));
}

TEST_CASE("conformance: register_presence_router_callbacks takes both callbacks or neither",
          "[conformance]") {
    UserId const asking = "@asking:x"_user;
    UserPresenceState const update{.user_id = "@changed:x"_user};
    std::size_t replayed = 0;
    std::vector<Case> const cases = recorded::cases("register", read_case);
    for (Case const& recorded : cases) {
        INFO(recorded.id);
        PresenceRouterRegistry registry;
        std::size_t pushes = 0, pulls = 0;
        std::vector<bool> accepted;
        for (auto const& [gives_push, gives_pull] : recorded.pairs) {
            Push push;
            Pull pull;
            if (gives_push)
                push = [&](auto) {
                    ++pushes;
                    return UsersForStates{};
                };
            if (gives_pull)
                pull = [&](UserId const&) {
                    ++pulls;
                    return std::set<UserId>{};
                };
            std::size_t const before = registry.size();
            try {
                bool const registered = registry.register_presence_router_callbacks(push, pull).has_value();
                CHECK(registered == (gives_push && gives_pull));
                CHECK(registry.size() == before + registered);
                accepted.push_back(true);
            } catch (std::invalid_argument const& error) {
                std::string const missing = gives_push ? "get_interested_users" : "get_users_for_states";
                CHECK(std::string(error.what()).find(missing + " is missing") != std::string::npos);
                CHECK(registry.size() == before);
                accepted.push_back(false);
            }
        }
        CHECK(accepted == recorded.accepted);
        (void)registry.get_users_for_states(update);
        (void)registry.get_interested_users(asking);
        CHECK(pushes == recorded.pushes); // each that is registered is called, once
        CHECK(pulls == recorded.pulls);
        ++replayed;
    }
    std::cout << "conformance: register: " << replayed << " of " << cases.size() << " cases replayed\n";
    CHECK(replayed == 100);
}
