// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interested_users.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <set>
#include <sstream>
#include <string>
#include <variant>

using namespace presence_router;

namespace {

static_assert(std::same_as<InterestedUsers, std::variant<std::set<UserId>, AllUsers>>);
static_assert(std::same_as<InterestedUsers, BasicInterestedUsers<UserId>>);
static_assert(std::same_as<BasicInterestedUsers<int>, std::variant<std::set<int>, AllUsers>>);

std::string print(InterestedUsers const& interest) {
    std::ostringstream out;
    out << interest;
    return out.str();
}

TEST_CASE("no answer yet is nobody, never everybody", "[interested_users]") {
    CHECK(InterestedUsers{} == InterestedUsers{std::set<UserId>{}});
    CHECK(InterestedUsers{} != InterestedUsers{all_users});
}

TEST_CASE("interest is printed", "[interested_users]") {
    CHECK(print(all_users) == "all users");
    CHECK(print(std::set<UserId>{}) == "{}");
    CHECK(print(std::set{"@a:x"_user}) == "{@a:x}");
    CHECK(print(std::set{"@b:x"_user, "@a:x"_user, "@c:x"_user}) == "{@a:x, @b:x, @c:x}");
}

} // namespace
