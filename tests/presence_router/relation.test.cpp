// SPDX-License-Identifier: BSL-1.0
#include <presence_router/relation.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <random>
#include <ranges>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

using namespace presence_router;

// Ids of other kinds: with < and no hash; with a hash and no <; with a hash that may throw.
namespace relation_kinds {

struct Ordered {
    int value = 0;
    friend bool operator<(Ordered a, Ordered b) { return a.value < b.value; }
};
struct Hashed {
    int value = 0;
    friend bool operator==(Hashed, Hashed) = default;
};
struct FailsToHash {
    int value = 0;
    friend bool operator==(FailsToHash, FailsToHash) = default;
};

} // namespace relation_kinds

template <>
struct std::hash<relation_kinds::Hashed> {
    std::size_t operator()(relation_kinds::Hashed id) const noexcept {
        return static_cast<std::size_t>(id.value);
    }
};
template <>
struct std::hash<relation_kinds::FailsToHash> {
    std::size_t operator()(relation_kinds::FailsToHash id) const {
        return static_cast<std::size_t>(id.value);
    }
};

namespace {

using namespace relation_kinds;

using Follows = Relation<int, int>;
using Joins = Relation<int, std::string>;

static_assert(std::same_as<UserRelation, Relation<UserId, UserId>>);
static_assert(std::same_as<Joins::from_type, int> && std::same_as<Joins::to_type, std::string>);
static_assert(std::is_copy_constructible_v<Joins> && std::is_copy_assignable_v<Joins>);
static_assert(std::is_nothrow_move_constructible_v<Joins> && std::is_nothrow_move_assignable_v<Joins>);
static_assert(std::is_nothrow_swappable_v<UserRelation>);

template <class R>
using From = typename R::from_type const&;
template <class R>
using To = typename R::to_type const&;

template <class R>
inline constexpr bool looks_nothrow =
    noexcept(std::declval<R const&>().contains(std::declval<From<R>>(), std::declval<To<R>>())) &&
    noexcept(std::declval<R const&>().count_to(std::declval<From<R>>())) &&
    noexcept(std::declval<R const&>().count_from(std::declval<To<R>>())) &&
    noexcept(std::declval<R const&>().view_to(std::declval<From<R>>())) &&
    noexcept(std::declval<R const&>().view_from(std::declval<To<R>>())) &&
    noexcept(std::declval<R&>().remove(std::declval<From<R>>(), std::declval<To<R>>())) &&
    noexcept(std::declval<R&>().erase_from(std::declval<From<R>>())) &&
    noexcept(std::declval<R&>().erase_to(std::declval<To<R>>()));
static_assert(looks_nothrow<UserRelation> && looks_nothrow<Joins>);
static_assert(!noexcept(std::declval<Relation<int, FailsToHash> const&>().contains(1, {})));
static_assert(!noexcept(std::declval<Relation<FailsToHash, int> const&>().count_to({})));

// The sink decides as well.
static_assert(noexcept(std::declval<Follows const&>().for_each_to(1, [](int) noexcept { return true; })));
static_assert(!noexcept(std::declval<Follows const&>().for_each_to(1, [](int) { return true; })));
static_assert(noexcept(std::declval<Follows const&>().for_each_from(1, [](int) noexcept { return true; })));
static_assert(!noexcept(std::declval<Follows const&>().for_each_from(1, [](int) { return true; })));

template <class R>
concept TakesVoidSink = requires(R const& relation) { relation.for_each_to(1, [](int) {}); };
static_assert(!TakesVoidSink<Follows>, "whether to go on has to be said");

template <class R>
inline constexpr bool views_are_random_access =
    std::ranges::random_access_range<decltype(std::declval<R const&>().view_to(std::declval<From<R>>()))> &&
    std::ranges::sized_range<decltype(std::declval<R const&>().view_from(std::declval<To<R>>()))> &&
    std::same_as<
        std::ranges::range_reference_t<decltype(std::declval<R const&>().view_to(std::declval<From<R>>()))>,
        To<R>> &&
    std::same_as<
        std::ranges::range_reference_t<decltype(std::declval<R const&>().view_from(std::declval<To<R>>()))>,
        From<R>>;
static_assert(views_are_random_access<Joins> && views_are_random_access<Follows>);

std::string room(int number) { return "a room whose name is long: " + std::to_string(number); }
int value(int number, int*) { return number; }
std::string value(int number, std::string*) { return room(number); }
/// The `number`th value of a type.
template <class T>
T nth(int number) {
    return value(number, static_cast<T*>(nullptr));
}

/// Holds every way to ask against a plain set of numbers.
template <class R>
void check_all(R const& relation, std::set<std::pair<int, int>> const& expected, int values) {
    using F = typename R::from_type;
    using T = typename R::to_type;
    std::size_t mistakes = 0;
    std::set<std::pair<F, T>> pairs;
    for (auto const& [from, to] : expected) pairs.emplace(nth<F>(from), nth<T>(to));
    std::set<std::pair<F, T>> by_to, by_from, by_view_to, by_view_from;
    for (int number = 0; number < values; ++number) {
        F const from = nth<F>(number);
        T const to = nth<T>(number);
        std::size_t count = 0;
        mistakes += !relation.for_each_to(from, [&](T const& each) {
            ++count;
            return by_to.emplace(from, each).second;
        });
        mistakes += relation.count_to(from) != count;
        for (T const& each : relation.view_to(from)) by_view_to.emplace(from, each);
        mistakes += relation.view_to(from).size() != count;
        count = 0;
        mistakes += !relation.for_each_from(to, [&](F const& each) {
            ++count;
            return by_from.emplace(each, to).second;
        });
        mistakes += relation.count_from(to) != count;
        for (F const& each : relation.view_from(to)) by_view_from.emplace(each, to);
        mistakes += relation.view_from(to).size() != count;
        for (int other = 0; other < values; ++other)
            mistakes += relation.contains(from, nth<T>(other)) != expected.contains({number, other});
    }
    CHECK(mistakes == 0);
    CHECK(by_to == pairs);
    CHECK(by_from == pairs);
    CHECK(by_view_to == pairs);
    CHECK(by_view_from == pairs);
    CHECK(relation.size() == expected.size());
    CHECK(relation.empty() == expected.empty());
}

TEST_CASE("a relation holds the pairs that were added", "[relation]") {
    Joins joins;
    check_all(joins, {}, 4);
    CHECK(joins.add(1, room(2)));
    CHECK_FALSE(joins.add(1, room(2)));
    CHECK(joins.add(1, room(3)));
    CHECK(joins.add(2, room(2)));
    check_all(joins, {{1, 2}, {1, 3}, {2, 2}}, 5);
    CHECK(joins.remove(1, room(2)));
    CHECK_FALSE(joins.remove(1, room(2)));
    CHECK_FALSE(joins.remove(2, room(3)));
    CHECK_FALSE(joins.remove(9, room(3)));
    CHECK_FALSE(joins.remove(1, room(9)));
    check_all(joins, {{1, 3}, {2, 2}}, 5);
}

TEST_CASE("a pair has a direction", "[relation]") {
    Follows follows;
    follows.add(1, 2);
    CHECK(follows.contains(1, 2));
    CHECK_FALSE(follows.contains(2, 1));
    CHECK(follows.count_to(1) == 1);
    CHECK(follows.count_from(1) == 0);
    CHECK_FALSE(follows.remove(2, 1));
    CHECK(follows.erase_to(1) == 0);
    CHECK(follows.erase_from(2) == 0);
    CHECK(follows.size() == 1);
}

TEST_CASE("one side is erased, the other is left", "[relation]") {
    Follows follows;
    for (int other = 0; other < 4; ++other) {
        follows.add(7, other);
        follows.add(other, 7);
        follows.add(other, other + 1);
    }
    follows.add(7, 7);
    SECTION("from") {
        CHECK(follows.erase_from(7) == 5); // the pair with itself is one of them
        check_all(follows, {{0, 7}, {1, 7}, {2, 7}, {3, 7}, {0, 1}, {1, 2}, {2, 3}, {3, 4}}, 10);
        CHECK(follows.erase_from(7) == 0);
        CHECK(follows.erase_to(7) == 4);
        check_all(follows, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 10);
    }
    SECTION("to") {
        CHECK(follows.erase_to(7) == 5);
        check_all(follows, {{7, 0}, {7, 1}, {7, 2}, {7, 3}, {0, 1}, {1, 2}, {2, 3}, {3, 4}}, 10);
        CHECK(follows.erase_to(7) == 0);
        CHECK(follows.erase_from(7) == 4);
        check_all(follows, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 10);
    }
    CHECK(follows.erase_from(99) == 0);
    CHECK(follows.erase_to(99) == 0);
}

TEST_CASE("enumeration stops when told, and says so", "[relation]") {
    Joins joins;
    for (int number = 0; number < 5; ++number) {
        joins.add(1, room(number));
        joins.add(number, room(1));
    }
    int shown = 0;
    CHECK_FALSE(joins.for_each_to(1, [&](std::string const&) { return ++shown < 3; }));
    CHECK(shown == 3);
    shown = 0;
    CHECK_FALSE(joins.for_each_from(room(1), [&](int) { return ++shown < 2; }));
    CHECK(shown == 2);
    CHECK(joins.for_each_to(99, [&](std::string const&) { return false; })); // nobody was shown
    CHECK(joins.for_each_from(room(99), [&](int) { return false; }));
}

TEST_CASE("a relation may be added to with what its views show", "[relation]") {
    Relation<std::string, std::string> names;
    names.add(room(0), room(1));
    for (int number = 2; number < 100; ++number) { // each new name may move those that are there
        CHECK(names.add(room(number), *names.view_to(room(0)).begin()));
        CHECK(names.add(*names.view_from(room(1)).begin(), room(100 + number)));
    }
    CHECK(names.count_from(room(1)) == 99);
    CHECK(names.count_to(room(0)) == 99);
    CHECK(names.size() == 197);
}

template <class R>
void any_history_equals_the_set_of_its_pairs() {
    // Few values and much coming and going, so that numbers and places are taken again and again.
    using F = typename R::from_type;
    using T = typename R::to_type;
    constexpr int values = 120;
    std::mt19937 random{20240511};
    std::uniform_int_distribution<int> any{0, values - 1};
    std::uniform_int_distribution<int> percent{0, 99};
    R relation;
    std::set<std::pair<int, int>> expected;
    std::size_t mistakes = 0;
    for (int phase = 0; phase < 4; ++phase) {
        int const adding = phase % 2 == 0 ? 90 : 25; // grows, and shrinks
        for (int step = 0; step < 9'000; ++step) {
            int const from = any(random);
            int const to = percent(random) < 5 ? from : any(random);
            int const action = percent(random);
            auto const erased_if = [&](auto const& is_gone) { return std::erase_if(expected, is_gone); };
            if (action < adding)
                mistakes += relation.add(nth<F>(from), nth<T>(to)) != expected.emplace(from, to).second;
            else if (action < 98)
                mistakes += relation.remove(nth<F>(from), nth<T>(to)) != (expected.erase({from, to}) == 1);
            else if (action < 99)
                mistakes += relation.erase_from(nth<F>(from)) !=
                            erased_if([&](auto const& pair) { return pair.first == from; });
            else
                mistakes += relation.erase_to(nth<T>(to)) !=
                            erased_if([&](auto const& pair) { return pair.second == to; });
        }
        check_all(relation, expected, values);
    }
    CHECK(mistakes == 0);
}

TEST_CASE("a relation of any history equals the set of its pairs", "[relation]") {
    any_history_equals_the_set_of_its_pairs<Relation<int, int>>();
    any_history_equals_the_set_of_its_pairs<Relation<int, std::string>>();
    any_history_equals_the_set_of_its_pairs<Relation<std::string, int>>();
}

TEST_CASE("copies are independent, and what was moved from is empty", "[relation]") {
    Joins original;
    for (int number = 0; number < 100; ++number) original.add(number % 10, room(number));
    Joins copy = original;
    CHECK(copy.erase_from(3) == 10);
    CHECK(copy.add(3, room(200)));
    CHECK(original.size() == 100);
    CHECK_FALSE(original.contains(3, room(200)));

    Joins moved = std::move(copy);
    CHECK(moved.size() == 91);
    check_all(copy, {}, 20);
    CHECK(copy.add(1, room(1)));
    check_all(copy, {{1, 1}}, 20);

    copy = moved;
    CHECK(copy.size() == 91);
    copy = std::move(original);
    CHECK(copy.size() == 100);
    check_all(original, {}, 20);
    CHECK(original.add(1, room(1)));
    Joins const& itself = copy;
    copy = itself;
    CHECK(copy.size() == 100);
    swap(copy, original);
    check_all(copy, {{1, 1}}, 20);
    CHECK(original.size() == 100);
}

template <class Id>
void check_relation_of() {
    Relation<Id, Id> ids;
    for (int number = 0; number < 100; ++number) ids.add(Id{number}, Id{number / 2});
    CHECK(ids.contains(Id{70}, Id{35}));
    CHECK_FALSE(ids.contains(Id{35}, Id{70}));
    CHECK(ids.count_from(Id{20}) == 2);
    CHECK(ids.erase_to(Id{20}) == 2);
    CHECK(ids.erase_from(Id{50}) == 1);
    CHECK(ids.size() == 97);
}

TEST_CASE("values need < or a hash", "[relation]") {
    check_relation_of<Ordered>();
    check_relation_of<Hashed>();
    check_relation_of<FailsToHash>();
    Relation<Ordered, Hashed> mixed;
    CHECK(mixed.add(Ordered{1}, Hashed{1}));
    CHECK(mixed.contains(Ordered{1}, Hashed{1}));
}

} // namespace
