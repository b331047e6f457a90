// SPDX-License-Identifier: BSL-1.0
#include <presence_router/all_users.hpp>

#include "support/catch.hpp"

#include <sstream>
#include <type_traits>
#include <variant>

using namespace presence_router;

namespace {

static_assert(std::is_empty_v<AllUsers>);
static_assert(std::is_aggregate_v<AllUsers>);
static_assert(std::is_trivially_copyable_v<AllUsers>);
static_assert(std::is_trivially_default_constructible_v<AllUsers>);
static_assert(all_users == AllUsers{});
static_assert(!(all_users != AllUsers{}));
static_assert(std::variant<int, AllUsers>{all_users} == std::variant<int, AllUsers>{AllUsers{}});
static_assert(std::variant<int, AllUsers>{all_users} != std::variant<int, AllUsers>{0});

TEST_CASE("all users are printed", "[all_users]") {
    std::ostringstream out;
    out << all_users;
    CHECK(out.str() == "all users");
}

} // namespace
