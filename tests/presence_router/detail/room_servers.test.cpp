// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/room_servers.hpp>

#include <presence_router/predicates/one_of.hpp>

#include "support/catch.hpp"

#include <map>
#include <string>
#include <vector>

using namespace presence_router;
using detail::OnceEach;
using detail::RoomServers;
using detail::ServerNames;

namespace {

struct Book {
    using user_id_type = std::string;

    std::vector<int> rooms_of(std::string const&) const { return {}; }
    std::vector<std::string> members_of(int room) const {
        ++asked;
        return rooms.at(room);
    }

    std::map<int, std::vector<std::string>> rooms;
    mutable int asked = 0;
};

} // namespace

TEST_CASE("once each: a number is new once in each round") {
    OnceEach once;
    for (int round = 0; round < 3; ++round) {
        once.begin();
        CHECK(once.is_new(7));
        CHECK(once.is_new(0));
        CHECK_FALSE(once.is_new(7));
        CHECK(once.is_new(8));
        CHECK_FALSE(once.is_new(0));
    }
}

TEST_CASE("room servers: each server of a room once, each room looked up once, if it counts") {
    Book const directory{
        {{1, {"@a:x", "@b:y", "@c:x", "nobody", "@d:y"}}, {2, {"@e:z", "@f:x"}}, {3, {"@g:w"}}, {4, {}}}};
    ServerNames names;
    auto const counts = !one_of(3);
    RoomServers servers{directory, counts, names};
    auto const of = [&](int room) {
        std::vector<std::string> result;
        for (auto const server : servers.of(room)) result.push_back(names[server]);
        return result;
    };
    for (int round = 0; round < 2; ++round) {
        CHECK(of(1) == std::vector<std::string>{"x", "y"});
        CHECK(of(4).empty());
        CHECK(of(2) == std::vector<std::string>{"z", "x"});
        CHECK(of(3).empty());
    }
    CHECK(directory.asked == 3);
    CHECK(names.size() == 3);
}
