// SPDX-License-Identifier: BSL-1.0
#include <presence_router/routers/from_relation.hpp>

#include "support/lanes.hpp"
#include "support/single_pass.hpp"

#include <presence_router/adaptors/routes.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/relation.hpp>
#include <presence_router/router.hpp>

#include <array>
#include <concepts>
#include <functional>
#include <map>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::check_lanes;
using support::Note;

namespace {

// Everybody follows the two numbers above theirs.
constexpr auto followers_of = [](int subject) { return std::array{subject - 1, subject - 2}; };
constexpr auto followed_by = [](int viewer) { return std::array{viewer + 1, viewer + 2}; };
constexpr auto everybody = [](int) { return all_users; };

constexpr auto follows = from_relation<Note>(followers_of, followed_by);
static_assert(PresenceRouter<decltype(follows)>);
static_assert(std::same_as<user_id_t<decltype(follows)>, int> &&
              std::same_as<state_t<decltype(follows)>, Note>);
static_assert(std::is_empty_v<decltype(follows)> && sizeof(follows) == 1);
static_assert(sizeof(PresenceRouterChain{follows, follows}) == 1);
static_assert(follows.sees(1, 2) && follows.sees(1, 3) && !follows.sees(1, 4) && !follows.sees(2, 1));
static_assert(from_relation<Note>(followers_of, everybody).sees(1, 3));
static_assert(!from_relation<Note>(followers_of, everybody).sees(3, 1));
static_assert([] {
    int routes = 0;
    PresenceRouterChain{follows}.for_each_route(
        {Note{5, 1}}, [&](int viewer, Note const&) { routes += viewer == 3 || viewer == 4; });
    return routes;
}() == 2);

TEST_CASE("two functions make a router", "[from_relation]") {
    Relation<int, int> relation;
    relation.add(1, 2);
    relation.add(1, 3);
    relation.add(2, 3);
    relation.add(4, 4);
    check_lanes(from_relation<Note>([&](int subject) { return relation.view_from(subject); },
                                    [&](int viewer) { return relation.view_to(viewer); }),
                {{1, 2}, {1, 3}, {2, 3}, {4, 4}}, 6);
}

TEST_CASE("the functions may answer any range of ids", "[from_relation]") {
    std::map<int, std::vector<int>> const viewers{{2, {1}}, {3, {1, 2}}};
    std::vector<int> const nobody;
    auto const by_reference = [&](int subject) -> std::vector<int> const& {
        auto const found = viewers.find(subject);
        return found == viewers.end() ? nobody : found->second;
    };
    auto const lazy = [](int viewer) {
        return std::views::iota(2, 4) |
               std::views::filter([viewer](int subject) { return viewer != 0 && viewer < subject; });
    };
    auto const narrow = [](int viewer) {
        return std::set<short>(viewer == 1   ? std::set<short>{2, 3}
                               : viewer == 2 ? std::set<short>{3}
                                             : std::set<short>{});
    };
    check_lanes(from_relation<Note>(by_reference, lazy), {{1, 2}, {1, 3}, {2, 3}}, 5);
    check_lanes(from_relation<Note>(by_reference, narrow), {{1, 2}, {1, 3}, {2, 3}}, 5);
    auto const once = from_relation<Note>([](int) { return support::SinglePass{7, 8}; },
                                          [](int) { return support::SinglePass{1, 2}; });
    CHECK(once.get_users_for_states({Note{1, 0}}).size() == 2);
    CHECK(once.sees(7, 2));
    CHECK_FALSE(once.sees(7, 3));
}

TEST_CASE("subjects may be all users, for some or for all viewers", "[from_relation]") {
    using Answer = std::variant<std::vector<int>, AllUsers>;
    auto const monitors =
        from_relation<Note>([](int subject) { return subject == 3 ? std::vector{1, 2} : std::vector{1}; },
                            [](int viewer) {
                                if (viewer == 1) return Answer{all_users};
                                return viewer == 2 ? Answer{std::vector{3}} : Answer{};
                            });
    CHECK(monitors.get_interested_users(1) == support::Interest{all_users});
    CHECK(monitors.get_interested_users(2) == support::Interest{std::set{3}});
    CHECK(monitors.get_interested_users(9) == support::Interest{});
    CHECK(monitors.sees(1, 77));
    CHECK(monitors.sees(2, 3));
    CHECK_FALSE(monitors.sees(2, 4));
    CHECK_FALSE(monitors.sees(9, 3));

    auto const pushed = from_relation<Note>([](int subject) { return std::vector{subject + 1}; }, everybody);
    CHECK(pushed.sees(5, 4)); // under all users the push side decides
    CHECK_FALSE(pushed.sees(4, 5));
    CHECK(pushed.states_for_user(5, {Note{4, 1}, Note{5, 2}}) == std::set<Note>{{4, 1}});
}

TEST_CASE("no more is asked than is needed", "[from_relation]") {
    int asked_viewers = 0, asked_subjects = 0;
    auto const counted = from_relation<Note>(
        [&](int) {
            ++asked_viewers;
            return std::array{1, 2};
        },
        [&](int) {
            ++asked_subjects;
            return std::array{3, 4};
        });
    (void)counted.sees(1, 3);
    CHECK((asked_viewers == 0 && asked_subjects == 1));
    int shown = 0;
    counted.for_each_route(std::vector<Note>{{3, 1}, {4, 2}, {3, 3}},
                           [&](int, Note const&) { return ++shown < 3; });
    CHECK(shown == 3);
    CHECK(asked_viewers == 2);
    (void)counted.states_for_user(1, {Note{3, 1}});
    CHECK((asked_viewers == 3 && asked_subjects == 1));
}

int next_of(int user) { return user + 1; }

TEST_CASE("functions are held as they are", "[from_relation]") {
    std::function<std::vector<int>(int)> const below = [](int subject) { return std::vector{subject - 1}; };
    std::vector<int> (*const above)(int) = [](int viewer) { return std::vector{next_of(viewer)}; };
    auto const router = from_relation<Note>(below, above);
    CHECK(router.sees(1, 2));
    CHECK_FALSE((router | without_routes([](int viewer, int) { return viewer == 1; })).sees(1, 2));
}

TEST_CASE("the vocabulary is that of Matrix by default", "[from_relation]") {
    auto const router =
        from_relation([](UserId const&) { return std::array{"@monitor:x"_user}; },
                      [](UserId const& viewer) {
                          return viewer == "@monitor:x"_user ? InterestedUsers{all_users} : InterestedUsers{};
                      });
    static_assert(std::same_as<state_t<decltype(router)>, UserPresenceState> && sizeof(router) == 1);
    CHECK(router.sees("@monitor:x"_user, "@a:x"_user));
    CHECK_FALSE(router.sees("@a:x"_user, "@monitor:x"_user));
    UserPresenceState const a{.user_id = "@a:x"_user};
    CHECK(router.get_users_for_states({a}) == UsersForStates{{"@monitor:x"_user, {a}}});
}

struct Said { // whose subject is made anew each time
    long by = 0;
    friend auto operator<=>(Said const&, Said const&) = default;
    friend long subject_of(Said const& said) { return said.by; }
};

TEST_CASE("ids are what subject_of tells", "[from_relation]") {
    auto const router = from_relation<Said>([](long subject) { return std::array{subject + 1}; },
                                            [](long viewer) { return std::array{viewer - 1}; });
    static_assert(std::same_as<user_id_t<decltype(router)>, long>);
    CHECK(router.get_users_for_states({Said{4}}).contains(5));
    CHECK(router.sees(5, 4));
}

struct Signed { // whose subject is made anew, and long enough to lie elsewhere
    int by = 0;
    friend auto operator<=>(Signed const&, Signed const&) = default;
    friend std::string subject_of(Signed const& state) {
        return "a user of a rather long name, by number " + std::to_string(state.by);
    }
};

TEST_CASE("a lazy answer may refer to the id that it was asked about", "[from_relation]") {
    std::vector const users{subject_of(Signed{1}), subject_of(Signed{2})};
    auto const others = [&users](std::string const& user) {
        return users | std::views::filter([&user](std::string const& other) { return other != user; });
    };
    auto const router = from_relation<Signed>(others, others);
    CHECK(router.get_users_for_states({Signed{1}}) ==
          std::map<std::string, std::set<Signed>>{{users[1], {Signed{1}}}});
    CHECK(router.sees(users[0], users[1]));
    CHECK(!router.sees(users[0], users[0]));
}

} // namespace
