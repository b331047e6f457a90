// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/interested_parties.hpp>
#include <presence_router/delivery/interested_remotes.hpp>
#include <presence_router/predicates/one_of.hpp>
#include <presence_router/router_interface.hpp>

#include "conformance/questions.hpp"
#include "conformance/recorded_cases.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace presence_router;
using namespace conformance;

namespace {

/// A chain, asked by its streams.
template <class V>
class Asked : public RouterInterface<Asked<V>> {
public:
    using user_id_type = typename V::Id;
    using state_type = typename V::State;

    explicit Asked(Lanes<V> const& lanes) : lanes_{&lanes} {}

    template <class Sink>
    void for_each_route(std::span<state_type const> batch, Sink&& sink) const {
        struct Passing : RouteSink<V> {
            explicit Passing(Sink& to) : sink{to} {}
            void operator()(user_id_type const& viewer, state_type const& state) override {
                sink(viewer, state);
            }
            void without_state(user_id_type const& viewer) override { sink.without_state(viewer); }
            Sink& sink;
        } passing{sink};
        lanes_->for_each_route(batch, passing);
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(user_id_type const& viewer, Sink&& sink) const {
        return lanes_->for_each_subject(viewer, [&](user_id_type const& subject) { sink(subject); });
    }

private:
    Lanes<V> const* lanes_;
};

/// The chain as it answers with a map.
template <class V>
struct AskedForMaps {
    using user_id_type = typename V::Id;
    using state_type = typename V::State;

    auto get_users_for_states(std::span<state_type const> batch) const {
        return lanes->get_users_for_states(batch);
    }
    auto get_interested_users(user_id_type const& viewer) const {
        return lanes->get_interested_users(viewer);
    }

    Lanes<V> const* lanes;
};

std::vector<std::string> const& names_in(std::map<std::string, std::vector<std::string>> const& lists,
                                         std::string const& key) {
    static std::vector<std::string> const none;
    auto const found = lists.find(key);
    return found == lists.end() ? none : found->second;
}

/// The rooms of a case. Who is in them besides is not recorded, but on which servers they are.
template <class V>
struct ServerBook {
    using user_id_type = typename V::Id;

    auto const& rooms_of(user_id_type const& user) const {
        return names_in(recorded->rooms_of, V::text(user));
    }
    std::vector<user_id_type> members_of(std::string const&) const {
        throw std::logic_error("the members are asked for, and the servers would do");
    }
    auto const& servers_of(std::string const& room) const { return names_in(recorded->servers_of, room); }

    recorded::Case const* recorded;
};

/// The same with members made up, two on each server, and one on none.
struct MemberBook {
    using user_id_type = std::string;

    auto const& rooms_of(std::string const& user) const { return names_in(recorded->rooms_of, user); }
    std::vector<std::string> members_of(std::string const& room) const {
        std::vector<std::string> members{"on no server"};
        for (std::string const& server : names_in(recorded->servers_of, room)) {
            members.push_back("@member:" + server);
            members.insert(members.begin(), "@mate:" + server);
        }
        return members;
    }

    recorded::Case const* recorded;
};

/// Turns states into numbers: a state has the lowest of the numbers of those that equal it.
template <class V>
class Numbers {
public:
    explicit Numbers(std::vector<typename V::State> const& states) : states_{states} {}

    std::size_t of(typename V::State const& state) const {
        auto const found = std::find(states_.begin(), states_.end(), state);
        REQUIRE(found != states_.end());
        return static_cast<std::size_t>(found - states_.begin());
    }

    template <class States>
    recorded::Numbers of_all(States const& states) const {
        recorded::Numbers numbers;
        for (auto const& state : states) numbers.push_back(of(state));
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }

    /// A recorded list: states may be equal in Matrix, where busy has two names, that were not when recorded.
    recorded::Numbers of_recorded(recorded::Numbers const& numbers) const {
        recorded::Numbers result;
        for (std::size_t const number : numbers) result.push_back(of(states_[number]));
        std::sort(result.begin(), result.end());
        return result;
    }

    std::map<std::string, recorded::Numbers>
    of_recorded(std::map<std::string, recorded::Numbers> const& lists) const {
        std::map<std::string, recorded::Numbers> result;
        for (auto const& [key, numbers] : lists) result.emplace(key, of_recorded(numbers));
        return result;
    }

    template <class Key>
    std::map<std::string, recorded::Numbers>
    of_grouped(GroupedStates<Key, typename V::State> const& grouped) const {
        std::map<std::string, recorded::Numbers> result;
        for (auto const& [key, states] : grouped) {
            bool const is_new = result.emplace(text(key), of_all(states)).second;
            CHECK(is_new);
        }
        return result;
    }

private:
    static std::string text(std::string const& key) { return key; }
    static std::string text(UserId const& key) { return Matrix::text(key); }

    std::vector<typename V::State> const& states_;
};

/// Asks each chain of the question for its routes in both ways.
template <class V, class Ask>
void with_routers(Question<V> const& question, Ask const& ask) {
    with_chains<V>(question, [&](Lanes<V> const& lanes, Log& log) {
        {
            INFO("streams");
            ask(Asked<V>{lanes}, log);
        }
        INFO("maps");
        ask(AskedForMaps<V>{&lanes}, log);
    });
}

template <class V>
void replay_parties(Question<V> const& question) {
    recorded::Case const& recorded = *question.recorded;
    Numbers<V> const numbers(question.states);
    auto const rooms = numbers.of_recorded(recorded.parties.rooms);
    auto const users = numbers.of_recorded(recorded.parties.users);
    ServerBook<V> const book{&recorded};
    with_routers<V>(question, [&](auto const& router, Log& log) {
        auto const answer = answer_of(recorded, log, [&] {
            return interested_parties(router, question.updates, book, !one_of(recorded.excluded_rooms));
        });
        if (!answer) return;
        CHECK(numbers.of_grouped(answer->rooms) == rooms);
        CHECK(numbers.of_grouped(answer->users) == users);
    });
}

/// What Synapse would have answered had it not refused a case as a whole: the union of what its routers say.
template <class V>
recorded::Remotes remotes_of(Question<V> const& question, std::set<std::string>& malformed) {
    recorded::Case const& recorded = *question.recorded;
    Numbers<V> const numbers(question.states);
    std::map<std::string, std::set<std::size_t>> routed;
    for (std::size_t const router : recorded.calls)
        if (question.routers[router].raises == recorded::Raises::nothing)
            for (auto const& [viewer, states] : question.routers[router].push(question.updates)) {
                auto& sent = routed[V::text(viewer)];
                for (auto const& state : states) sent.insert(numbers.of(state));
            }
    recorded::Remotes result;
    auto const send = [&](std::string const& server, auto const& sent) {
        auto& all = result.by_server[server];
        all.insert(all.end(), sent.begin(), sent.end());
    };
    for (auto const& update : question.updates) {
        std::set<std::string> servers;
        for (std::string const& room : names_in(recorded.rooms_of, V::text(update.user_id)))
            if (std::count(recorded.excluded_rooms.begin(), recorded.excluded_rooms.end(), room) == 0)
                for (std::string const& server : names_in(recorded.servers_of, room)) servers.insert(server);
        result.rooms.emplace_back(servers, numbers.of(update));
        for (std::string const& server : servers) send(server, std::vector{numbers.of(update)});
    }
    for (auto const& [viewer, states] : routed) {
        std::size_t const colon = viewer.find(':');
        if (colon == std::string::npos) malformed.insert(viewer);
        else {
            std::string const server = viewer.substr(colon + 1);
            result.routed.emplace_back(server, recorded::Numbers(states.begin(), states.end()));
            send(server, states);
        }
    }
    for (auto& [server, sent] : result.by_server) {
        std::sort(sent.begin(), sent.end());
        sent.erase(std::unique(sent.begin(), sent.end()), sent.end());
    }
    return result;
}

template <class V>
void replay_remotes(Question<V> const& question) {
    recorded::Case const& recorded = *question.recorded;
    Numbers<V> const numbers(question.states);

    std::set<std::string> malformed;
    recorded::Remotes expected = recorded.remotes;
    if (recorded.refused) {
        expected = remotes_of(question, malformed);
        CHECK(!malformed.empty());
    }
    for (auto& [servers, update] : expected.rooms) update = numbers.of(question.states[update]);
    for (auto& [server, sent] : expected.routed) sent = numbers.of_recorded(sent);
    std::sort(expected.routed.begin(), expected.routed.end());
    expected.by_server = numbers.of_recorded(expected.by_server);
    // A server that has a viewer and no state is told of nothing.
    std::erase_if(expected.by_server, [](auto const& entry) { return entry.second.empty(); });

    with_routers<V>(question, [&](auto const& router, Log& log) {
        auto const check = [&](auto const& directory) {
            auto const answer = answer_of(recorded, log, [&] {
                return interested_remotes(router, question.updates, directory,
                                          !one_of(recorded.excluded_rooms));
            });
            if (!answer) return;
            recorded::Remotes given;
            for (std::size_t update = 0; update < answer->rooms.size(); ++update) {
                auto const servers = answer->rooms[update];
                given.rooms.emplace_back(std::set<std::string>(servers.begin(), servers.end()),
                                         numbers.of(question.updates[update]));
                CHECK(given.rooms.back().first.size() == servers.size());
            }
            for (auto const& [viewer, states] : answer->routed)
                given.routed.emplace_back(server_name_of(viewer).value(), numbers.of_all(states));
            std::sort(given.routed.begin(), given.routed.end());
            CHECK(given.rooms == expected.rooms);
            CHECK(given.routed == expected.routed);
            CHECK(numbers.of_grouped(answer->by_server) == expected.by_server);
            std::vector<std::string> left_out;
            for (auto const& viewer : answer->malformed) left_out.push_back(V::text(viewer));
            CHECK(std::set<std::string>(left_out.begin(), left_out.end()) == malformed);
            CHECK(left_out.size() == malformed.size());
        };
        check(ServerBook<V>{&recorded});
        if constexpr (std::is_same_v<V, Strings>) check(MemberBook{&recorded});
    });
}

} // namespace

TEST_CASE("conformance: interested_parties with string ids", "[conformance]") {
    replay_all<Strings>("interested_parties", replay_parties);
}

TEST_CASE("conformance: interested_parties with Matrix ids", "[conformance]") {
    replay_all<Matrix>("interested_parties", replay_parties);
}

TEST_CASE("conformance: interested_remotes with string ids", "[conformance]") {
    replay_all<Strings>("interested_remotes", replay_remotes);
}

TEST_CASE("conformance: interested_remotes with Matrix ids", "[conformance]") {
    replay_all<Matrix>("interested_remotes", replay_remotes);
}

TEST_CASE("conformance: what a case of delivery says and the replay does not know is an error",
          "[conformance]") {
    auto const parties = recorded::json::parse(R"({"id": "parties/0", "tags": ["raises"],
        "in": {"op": "interested_parties", "updates": [], "routers": [{"raises": true}],
               "store": {"rooms_for_user": {"a": ["r"]}, "hosts_in_room": {"r": ["h"]}}},
        "out": {"calls": [0], "result": {"rooms": {}, "users": {"a": []}}}})");
    auto const remotes = recorded::json::parse(R"({"id": "remotes/0", "tags": [],
        "in": {"op": "interested_remotes", "updates": [], "routers": [],
               "store": {"rooms_for_user": {}, "hosts_in_room": {}}},
        "out": {"calls": [], "result": {"rooms": [], "routed": [["h", []]], "by_host": {"h": []}}}})");
    auto const read = [](recorded::json line, char const* where = nullptr, recorded::json const& value = {}) {
        if (where) line[recorded::json::json_pointer(where)] = value;
        return recorded::read_case(line, line["in"]["op"].get<std::string>());
    };
    CHECK(read(parties).skipped == recorded::Numbers{0});
    CHECK_NOTHROW(read(remotes));
    CHECK_THROWS(read(parties, "/tags/0", "unheard_of"));
    CHECK_THROWS(read(parties, "/in/user", "a"));
    CHECK_THROWS(read(parties, "/in/excluded_rooms", "r"));
    CHECK_THROWS(read(parties, "/in/store/more", 1));
    CHECK_THROWS(read(parties, "/in/store/hosts_in_room", recorded::json::array()));
    CHECK_THROWS(read(parties, "/out/skipped", recorded::json::array()));
    CHECK_THROWS(read(parties, "/out/result/more", 1));
    CHECK_THROWS(read(parties, "/out/result/users/a/0", 0));
    CHECK_THROWS(read(parties, "/out/error", "SynapseError"));
    CHECK_THROWS(read(remotes, "/out/result/rooms/0", {{"h"}, {0}}));
    CHECK_THROWS(read(remotes, "/out/result/routed/0", {"h"}));
    CHECK_THROWS(read(remotes, "/out/result/by_host/h/0", 0));
    auto refused = remotes;
    refused["out"] = {{"calls", recorded::json::array()}, {"error", "SynapseError"}, {"code", 400}};
    CHECK(read(refused).refused);
    CHECK_THROWS(read(refused, "/out/error", "KeyError"));
    CHECK_THROWS(read(refused, "/out/more", 1));
}
