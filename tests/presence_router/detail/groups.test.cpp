// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/groups.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

using presence_router::detail::for_each_distinct;
using presence_router::detail::Groups;

namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Lists lists(Groups const& groups) {
    Lists result;
    for (std::size_t group = 0; group < groups.size(); ++group)
        result.emplace_back(groups[group].begin(), groups[group].end());
    return result;
}

} // namespace

TEST_CASE("groups of pairs keep the order within a group") {
    Pairs const pairs{{2, 7}, {0, 5}, {2, 3}, {0, 5}, {3, 1}, {2, 9}};
    Groups const groups = Groups::of(pairs, 5);
    CHECK((lists(groups) == Lists{{5, 5}, {}, {7, 3, 9}, {1}, {}}));
    CHECK(groups.number_count() == 6);
    CHECK((lists(Groups::of(Pairs{}, 2)) == Lists{{}, {}}));
    CHECK((lists(Groups::of(Pairs{}, 0)) == Lists{}));
}

TEST_CASE("groups are written one after the other") {
    Groups groups;
    groups.end_group();
    groups.add(4);
    groups.add(4);
    groups.end_group();
    CHECK((lists(groups) == Lists{{}, {4, 4}}));
}

TEST_CASE("the distinct numbers of groups, in order") {
    Lists seen;
    for_each_distinct(Groups::of(Pairs{{0, 3}, {2, 9}, {0, 1}, {0, 3}, {2, 9}}, 3),
                      [&](std::size_t group, std::vector<std::uint32_t> const& numbers) {
                          CHECK(group == seen.size());
                          seen.push_back(numbers);
                      });
    CHECK((seen == Lists{{1, 3}, {}, {9}}));
}
