// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/invisible.hpp>

#include "support/catch.hpp"
#include "support/lanes.hpp"

#include <presence_router/adaptors/routes.hpp>
#include <presence_router/routers/route_table.hpp>
#include <presence_router/user_id.hpp>

#include <compare>
#include <concepts>
#include <set>
#include <type_traits>
#include <unordered_set>
#include <utility>

using namespace presence_router;

namespace other {

struct Id {
    int number;
    friend auto operator<=>(Id const&, Id const&) = default;
};

template <class T>
bool same_key(T const&, T const&) = delete;

} // namespace other

namespace {

using Users = std::unordered_set<UserId>;

template <class Set>
concept MayBeInvisible = requires(Set&& users) { invisible(std::forward<Set>(users)); } ||
                         requires(Set&& users) { mutually_invisible(std::forward<Set>(users)); };
static_assert(MayBeInvisible<Users&> && MayBeInvisible<Users const&>);
static_assert(!MayBeInvisible<Users> && !MayBeInvisible<Users const>);

using InvisibleUser = decltype(invisible(std::declval<Users const&>()));
static_assert(std::predicate<InvisibleUser const&, UserId const&, UserId const&>);
static_assert(!std::predicate<InvisibleUser const&, UserId const&>, "of routes, not of users");
static_assert(!std::predicate<InvisibleUser const&, int, int>);
static_assert(std::is_trivially_copyable_v<InvisibleUser> && sizeof(InvisibleUser) == sizeof(void*));

struct EvenUsers { // any type that answers
    constexpr bool contains(int user) const noexcept { return user % 2 == 0; }
};
constexpr EvenUsers even;
static_assert(invisible(even)(1, 2) && !invisible(even)(2, 1) && !invisible(even)(2, 2) &&
              !invisible(even)(1, 3));
static_assert(mutually_invisible(even)(1, 2) && mutually_invisible(even)(2, 1));
static_assert(!mutually_invisible(even)(2, 2) && !mutually_invisible(even)(1, 3) &&
              mutually_invisible(even)(2, 4));
static_assert(noexcept(invisible(even)(1, 2)) &&
              !noexcept(invisible(std::declval<std::set<int> const&>())(1, 2)));

TEST_CASE("the invisible are seen by themselves only", "[invisible]") {
    BasicRouteTable<int, support::Note> table;
    for (int viewer = 1; viewer < 4; ++viewer)
        for (int subject = 1; subject < 4; ++subject) table.add(viewer, subject);
    std::set<int> users;
    auto const shown = table | without_routes(invisible(users));
    auto const apart = table | without_routes(mutually_invisible(users));
    users.insert(2); // the set may change
    support::check_lanes(shown, {{1, 1}, {1, 3}, {2, 1}, {2, 2}, {2, 3}, {3, 1}, {3, 3}}, 5);
    support::check_lanes(apart, {{1, 1}, {1, 3}, {2, 2}, {3, 1}, {3, 3}}, 5);
    users.clear();
    CHECK(shown.sees(1, 2));
}

TEST_CASE("being invisible combines with other predicates", "[invisible]") {
    Users const users{"@a:x"_user};
    UserId const a{"@a:x"}, b{"@b:x"};
    CHECK(invisible(users)(b, a));
    CHECK((!invisible(users))(a, b));
    CHECK((invisible(users) || mutually_invisible(users))(a, b));
    CHECK_FALSE((invisible(users) && mutually_invisible(users))(a, b));
}

} // namespace

TEST_CASE("a function of the ids' namespace that bears a name of the library's is not asked") {
    std::set<other::Id> const users{{1}};
    CHECK(invisible(users)(other::Id{2}, other::Id{1}));
    CHECK(!invisible(users)(other::Id{1}, other::Id{1}));
}
