// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/ignored_by.hpp>

#include "support/catch.hpp"
#include "support/lanes.hpp"

#include <presence_router/adaptors/routes.hpp>
#include <presence_router/routers/route_table.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

using namespace presence_router;

namespace {

template <class Lists>
concept MayBeIgnoreLists = requires(Lists&& lists) { ignored_by(std::forward<Lists>(lists)); } ||
                           requires(Lists&& lists) { ignored_by_viewer(std::forward<Lists>(lists)); } ||
                           requires(Lists&& lists) { ignored_by_subject(std::forward<Lists>(lists)); };
static_assert(MayBeIgnoreLists<UserRelation&> && MayBeIgnoreLists<UserRelation const&>);
static_assert(!MayBeIgnoreLists<UserRelation> && !MayBeIgnoreLists<UserRelation const>);
static_assert(!MayBeIgnoreLists<Relation<UserId, int>&>);

using IgnoredUser = decltype(ignored_by(std::declval<UserRelation const&>()));
static_assert(std::predicate<IgnoredUser const&, UserId const&, UserId const&>);
static_assert(!std::predicate<IgnoredUser const&, UserId const&>, "of routes, not of users");
static_assert(std::is_nothrow_invocable_v<IgnoredUser const&, UserId const&, UserId const&>);
static_assert(std::is_trivially_copyable_v<IgnoredUser> && sizeof(IgnoredUser) == sizeof(void*));

TEST_CASE("who ignores whom decides, by the side that is asked", "[ignored_by]") {
    Relation<int, int> lists;
    lists.add(1, 2); // 1 ignores 2
    int const one = 1, two = 2, three = 3;
    CHECK(ignored_by(lists)(one, two));
    CHECK(ignored_by(lists)(two, one));
    CHECK_FALSE(ignored_by(lists)(one, three));
    CHECK_FALSE(ignored_by(lists)(three, two));

    CHECK(ignored_by_viewer(lists)(one, two)); // viewer, subject
    CHECK_FALSE(ignored_by_viewer(lists)(two, one));

    CHECK(ignored_by_subject(lists)(two, one));
    CHECK_FALSE(ignored_by_subject(lists)(one, two));
}

TEST_CASE("ignore lists combine, and change between calls", "[ignored_by]") {
    Relation<int, int> lists, other;
    auto const ignored = ignored_by(lists);
    CHECK((!ignored)(1, 2));
    lists.add(1, 2);
    CHECK_FALSE((!ignored)(1, 2));
    other.add(3, 4);
    CHECK((ignored || ignored_by(other))(4, 3));
    CHECK_FALSE((ignored && ignored_by(other))(4, 3));
    lists.remove(1, 2);
    CHECK_FALSE(ignored(1, 2));
}

TEST_CASE("ignored users are filtered from a chain", "[ignored_by]") {
    BasicRouteTable<int, support::Note> table;
    for (int viewer = 1; viewer < 4; ++viewer)
        for (int subject = 1; subject < 4; ++subject) table.add(viewer, subject);
    Relation<int, int> lists;
    lists.add(1, 2);
    support::check_lanes(table | without_routes(ignored_by(lists)),
                         {{1, 1}, {1, 3}, {2, 2}, {2, 3}, {3, 1}, {3, 2}, {3, 3}}, 5);
    support::check_lanes(table | without_routes(ignored_by_viewer(lists)),
                         {{1, 1}, {1, 3}, {2, 1}, {2, 2}, {2, 3}, {3, 1}, {3, 2}, {3, 3}}, 5);
    support::check_lanes(table | without_routes(ignored_by_subject(lists)),
                         {{1, 1}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {3, 1}, {3, 2}, {3, 3}}, 5);
}

} // namespace
