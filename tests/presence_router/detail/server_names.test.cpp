// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/server_names.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using presence_router::detail::ServerNames;

TEST_CASE("server names are numbered as they come") {
    ServerNames names;
    for (std::uint32_t round = 0; round < 2; ++round)
        for (std::uint32_t number = 0; number < 1000; ++number)
            CHECK(names.assign("server" + std::to_string(number)) == number);
    CHECK(names.assign("") == 1000);
    CHECK(names.assign("") == 1000);
    CHECK(names.size() == 1001);
    CHECK(names[7] == "server7");
    std::vector<std::string> const taken = std::move(names).take();
    CHECK(taken.size() == 1001);
    CHECK(taken.back().empty());
}
