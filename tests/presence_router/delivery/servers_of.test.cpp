// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/servers_of.hpp>

#include "support/catch.hpp"
#include "support/single_pass.hpp"

#include <presence_router/user_id.hpp>

#include <ranges>
#include <set>
#include <string>
#include <vector>

using namespace presence_router;

namespace {

using Names = std::vector<std::string>;

void no_malformed(UserId const&) { CHECK(false); }

template <class Users>
concept HaveServers = requires(Users users) { servers_of(users, [](auto const&) {}); };
static_assert(HaveServers<std::vector<UserId>> && HaveServers<std::set<std::string>>);
static_assert(!HaveServers<std::vector<int>>, "a number names no server");
static_assert(!HaveServers<UserId>);

} // namespace

TEST_CASE("servers are listed once, in the order of their first users") {
    std::vector const users{"@a:x"_user, "@b:y:8448"_user, "@c:x"_user, "@d:y"_user, "@e:y:8448"_user};
    CHECK(servers_of(users, no_malformed) == Names{"x", "y:8448", "y"});
    CHECK(servers_of(std::vector<UserId>{}, no_malformed).empty());
}

TEST_CASE("a user who names no server is left out alone, and reported") {
    std::vector<std::string> const users{"@a:x", "nobody", "@b:y", "@c:", "", "@d:x"};
    Names malformed;
    Names const servers = servers_of(users, [&](std::string const& user) { malformed.push_back(user); });
    CHECK(servers == Names{"x", "y"});
    CHECK(malformed == Names{"nobody", "@c:", ""});
}

TEST_CASE("servers are read from any input range") {
    CHECK(servers_of(support::SinglePass{"@a:x"_user, "@b:y"_user}, no_malformed) == Names{"x", "y"});
    auto const made = std::views::iota(0, 4) | std::views::transform([](int number) {
                          return UserId{"@user:" + std::to_string(number % 2) + ".with.a.long.name.org"};
                      });
    CHECK(servers_of(made, no_malformed) == Names{"0.with.a.long.name.org", "1.with.a.long.name.org"});
}
