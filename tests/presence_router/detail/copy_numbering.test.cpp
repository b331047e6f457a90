// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/copy_numbering.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

using namespace presence_router;
using detail::CopyNumbering;
using detail::identity_of;

namespace {

static_assert(detail::HasIdentity<UserId> && detail::HasIdentity<SharedText>);
static_assert(!detail::HasIdentity<std::string> && !detail::HasIdentity<std::uint64_t>);
static_assert(std::is_base_of_v<detail::Numbering<std::uint64_t>, CopyNumbering<std::uint64_t>>);

UserId user(int number) { return UserId{"@" + std::to_string(number) + ":x"}; }

TEST_CASE("copies have one identity, and others have others", "[copy_numbering]") {
    UserId const one = user(1), copy = one, equal = user(1);
    CHECK(identity_of(one) == identity_of(copy));
    CHECK(identity_of(one) != identity_of(equal));
    CHECK(identity_of(SharedText{}) == identity_of(SharedText{""}));
}

TEST_CASE("copies and equal values have one number", "[copy_numbering]") {
    CopyNumbering<UserId> numbers;
    std::vector<UserId> users;
    for (int number = 0; number < 3000; ++number) users.push_back(user(number));
    for (int round = 0; round < 3; ++round) {
        for (int number = 0; number < 3000; ++number) {
            auto const expected = static_cast<std::uint32_t>(number);
            REQUIRE(numbers.assign(users[expected]) == expected);
            REQUIRE(numbers.assign(users[expected]) == expected);
            REQUIRE(numbers.assign(user(number)) == expected); // gone at once, and its memory used again
            REQUIRE(numbers.find(user(number)) == expected);
        }
        CHECK(numbers.size() == 3000);
        CHECK(numbers.find(user(3000)) == numbers.none);
        numbers.clear();
        CHECK(numbers.size() == 0);
        CHECK(numbers.find(users[7]) == numbers.none);
        CHECK(numbers.assign(users[7]) == 0); // few of the many are taken out one by one
        CHECK(numbers.assign(users[8]) == 1);
        numbers.clear();
    }
}

} // namespace
