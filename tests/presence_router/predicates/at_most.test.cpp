// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/at_most.hpp>

#include "support/catch.hpp"

#include <presence_router/predicates/one_of.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <vector>

using namespace presence_router;

namespace {

/// The room n has n members.
struct Counted {
    using user_id_type = int;
    std::vector<int> rooms_of(int) const { return {}; }
    std::vector<int> members_of(int) const { throw 0; } // need not be asked
    int member_count(int room) const { return room; }
};

struct Listed {
    using user_id_type = int;
    std::vector<int> rooms_of(int) const { return {}; }
    auto members_of(int room) const {
        return std::views::iota(0, room) | std::views::transform([this](int member) {
                   ++looked_at;
                   return member;
               });
    }
    mutable int looked_at = 0;
};

} // namespace

TEST_CASE("a room of exactly so many members is allowed, one of one more is not") {
    for (std::size_t const limit : {0U, 1U, 2U, 500U}) {
        auto const allowed = at_most(limit);
        auto const members = static_cast<int>(limit);
        CAPTURE(limit);
        CHECK(allowed(Counted{}, members));
        CHECK_FALSE(allowed(Counted{}, members + 1));
        CHECK(allowed(Listed{}, members));
        CHECK_FALSE(allowed(Listed{}, members + 1));
        CHECK(allowed(Counted{}, 0));
        CHECK(allowed(Listed{}, 0));
    }
}

TEST_CASE("members are counted up to the first too many") {
    Listed const listed;
    CHECK_FALSE(at_most(3)(listed, 1'000'000));
    CHECK(listed.looked_at <= 4);
}

TEST_CASE("it combines with predicates that are asked about the room alone") {
    auto const allowed = at_most(3) && !one_of(2);
    CHECK(allowed(Counted{}, 3));
    CHECK_FALSE(allowed(Counted{}, 2));
    CHECK_FALSE(allowed(Counted{}, 4));
    auto const either = one_of(100) || at_most(3) || [](int room) { return room == 200; };
    CHECK(either(Counted{}, 100));
    CHECK(either(Counted{}, 200));
    CHECK(either(Counted{}, 3));
    CHECK_FALSE(either(Counted{}, 4));
    auto const own =
        at_most(3) && [](Counted const& directory, int room) { return directory.member_count(room) > 1; };
    CHECK(own(Counted{}, 2));
    CHECK_FALSE(own(Counted{}, 1));
    STATIC_REQUIRE(!std::predicate<decltype(at_most(3)), int>); // who has no directory cannot ask
}
