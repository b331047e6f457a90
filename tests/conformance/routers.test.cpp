// SPDX-License-Identifier: BSL-1.0
#include "conformance/chains.hpp"
#include "conformance/questions.hpp"
#include "conformance/recorded_cases.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace conformance {

template void with_chains<Strings>(Question<Strings> const&,
                                   std::function<void(Lanes<Strings> const&, Log&)> const&);
template void with_chains<Matrix>(Question<Matrix> const&,
                                  std::function<void(Lanes<Matrix> const&, Log&)> const&);

} // namespace conformance

using namespace presence_router;
using namespace conformance;

namespace {

// Prints ids and the subjects of states; they tell most differences, and the case has the rest.
template <class V>
std::string text(typename Script<V>::Push const& routes) {
    recorded::json result = recorded::json::object();
    for (auto const& [viewer, states] : routes) {
        recorded::json& subjects = result[V::text(viewer)] = recorded::json::array();
        for (auto const& state : states) subjects.push_back(V::text(state.user_id));
    }
    return result.dump();
}

template <class V>
std::string text(std::set<typename V::State> const& states) {
    recorded::json result = recorded::json::array();
    for (auto const& state : states) result.push_back(V::text(state.user_id));
    return result.dump();
}

template <class V>
std::string text(typename Script<V>::Pull const& interest) {
    recorded::json result = "ALL";
    if (auto const* const users = std::get_if<0>(&interest)) {
        result = recorded::json::array();
        for (auto const& user : *users) result.push_back(V::text(user));
    }
    return result.dump();
}

template <class V, class Answer>
void check_equal(std::optional<Answer> const& answer, Answer const& expected) {
    if (!answer) return; // cancelled, as answer_of has checked
    bool const equal = *answer == expected;
    INFO("answered " << text<V>(*answer) << " instead of " << text<V>(expected));
    CHECK(equal);
}

template <class V>
void replay_push(Question<V> const& question) {
    using Id = typename V::Id;
    using State = typename V::State;
    using Routes = typename Script<V>::Push;
    recorded::Case const& recorded = *question.recorded;
    std::vector<State> const& updates = question.updates;

    Routes shown = question.routes;
    std::erase_if(shown, [](auto const& entry) { return entry.second.empty(); });
    std::vector<Id> viewers{*V::id("@nobody:routes.to.me")};
    for (auto const& [viewer, states] : question.routes) viewers.push_back(viewer);

    with_chains<V>(question, [&](Lanes<V> const& chain, Log& log) {
        auto const check = [&](char const* lane, auto const& ask, auto const& expected) {
            INFO(lane);
            check_equal<V>(answer_of(recorded, log, ask), expected);
        };
        check("get_users_for_states", [&] { return chain.get_users_for_states(updates); }, question.routes);
        auto const collected = [&] {
            struct : RouteSink<V> {
                void operator()(Id const& viewer, State const& update) override {
                    routes[viewer].insert(update);
                }
                Routes routes;
            } sink;
            chain.for_each_route(updates, sink);
            return sink.routes;
        };
        check("for_each_route", collected, shown);
        for (Id const& viewer : viewers) {
            auto const entry = question.routes.find(viewer);
            std::set<State> const states = entry == question.routes.end() ? std::set<State>{} : entry->second;
            check("states_for_user", [&] { return chain.states_for_user(viewer, updates); }, states);
        }
    });
}

template <class V>
void replay_pull(Question<V> const& question) {
    using Id = typename V::Id;
    using Interest = typename Script<V>::Pull;
    recorded::Case const& recorded = *question.recorded;
    Id const& viewer = question.user.value();

    with_chains<V>(question, [&](Lanes<V> const& chain, Log& log) {
        auto const check = [&](char const* lane, auto const& ask) {
            INFO(lane);
            check_equal<V>(answer_of(recorded, log, ask), question.interest);
        };
        check("get_interested_users", [&] { return chain.get_interested_users(viewer); });
        check("for_each_subject", [&]() -> Interest {
            std::set<Id> subjects;
            if (chain.for_each_subject(viewer, [&](Id const& subject) { subjects.insert(subject); }))
                return all_users;
            return subjects;
        });
        auto const* const subjects = std::get_if<0>(&question.interest);
        if (!subjects || recorded.cancelled)
            return; // who is seen is then the push side's word, which is not in the case
        for (Id const& subject : *subjects) CHECK(chain.sees(viewer, subject));
        Id const stranger = *V::id("@nobody:sees.me");
        CHECK(chain.sees(viewer, stranger) == subjects->contains(stranger));
    });
}

} // namespace

TEST_CASE("conformance: what a case says and the replay does not know is an error", "[conformance]") {
    auto const line = recorded::json::parse(R"({"id": "push/0", "tags": ["raises", "skipped"],
        "in": {"op": "get_users_for_states", "updates": [],
               "routers": [{"raises": true, "empty_for": ["a"]}]},
        "out": {"calls": [0], "skipped": [[0, "raised"]], "result": {}}})");
    auto const read = [](recorded::json const& changed) {
        return recorded::read_case(changed, "get_users_for_states");
    };
    auto const changed = [&](char const* where, recorded::json const& value) {
        recorded::json result = line;
        result[recorded::json::json_pointer(where)] = value;
        return result;
    };
    CHECK_NOTHROW(read(line));
    CHECK_THROWS(recorded::read_case(line, "get_interested_users"));
    CHECK_THROWS(read(changed("/tags/0", "unheard_of")));
    CHECK_THROWS(read(changed("/more", 1)));
    CHECK_THROWS(read(changed("/in/op", "unheard_of")));
    CHECK_THROWS(read(changed("/in/more", 1)));
    CHECK_THROWS(read(changed("/in/routers/0/returns", 1)));
    CHECK_THROWS(read(changed("/in/routers/0/raises", "later")));
    CHECK_THROWS(read(changed("/in/routers/0/default", "all")));
    CHECK_THROWS(read(changed("/in/routers/0/raw", {{"a", {{"list", {0}}}}})));
    CHECK_THROWS(read(changed("/in/updates/0", {{"user_id", "a"}})));
    CHECK_THROWS(read(changed("/out/more", 1)));
    CHECK_THROWS(read(changed("/out/calls/0", 1)));
    CHECK_THROWS(read(changed("/out/skipped/0/1", "not_set")));
    CHECK_THROWS(read(changed("/out/result", {{"a", {7}}})));
}

TEST_CASE("conformance: get_users_for_states with string ids", "[conformance]") {
    replay_all<Strings>("get_users_for_states", replay_push);
}

TEST_CASE("conformance: get_users_for_states with Matrix ids", "[conformance]") {
    replay_all<Matrix>("get_users_for_states", replay_push);
}

TEST_CASE("conformance: get_interested_users with string ids", "[conformance]") {
    replay_all<Strings>("get_interested_users", replay_pull);
}

TEST_CASE("conformance: get_interested_users with Matrix ids", "[conformance]") {
    replay_all<Matrix>("get_interested_users", replay_pull);
}
