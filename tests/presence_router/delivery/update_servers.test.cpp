// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/update_servers.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <concepts>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;

static_assert(std::ranges::random_access_range<UpdateServers const>);
static_assert(std::ranges::random_access_range<UpdateServers::List>);
static_assert(std::same_as<std::ranges::range_reference_t<UpdateServers::List>, std::string const&>);
static_assert(std::copyable<UpdateServers> && std::is_nothrow_move_constructible_v<UpdateServers>);

TEST_CASE("update servers: a list of names for each update") {
    detail::Groups lists;
    lists.add(1);
    lists.add(0);
    lists.end_group();
    lists.end_group();
    lists.add(1);
    lists.end_group();
    UpdateServers servers{lists, {"x", "y:8448"}};
    REQUIRE(servers.size() == 3);
    auto const first = servers[0];
    UpdateServers const moved = std::move(servers);
    CHECK(std::vector<std::string>(first.begin(), first.end()) == std::vector<std::string>{"y:8448", "x"});
    CHECK(moved[1].empty());
    CHECK(moved[2].front() == "y:8448");
    CHECK(std::ranges::find(moved[2], "x") == moved[2].end());
    std::vector<std::size_t> sizes;
    for (auto const& list : moved) sizes.push_back(list.size());
    CHECK(sizes == std::vector<std::size_t>{2, 0, 1});

    CHECK(UpdateServers{}.empty());
    CHECK(UpdateServers{}.begin() == UpdateServers{}.end());
}
