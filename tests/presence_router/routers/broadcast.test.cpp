// SPDX-License-Identifier: BSL-1.0
#include <presence_router/routers/broadcast.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/raw_sink.hpp"

#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>
#include <presence_router/sees.hpp>

#include <concepts>
#include <list>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Note;
using support::Routed;

namespace {

using NoteBroadcast = BasicBroadcast<int, Note>;

static_assert(std::same_as<Broadcast, BasicBroadcast<UserId, UserPresenceState>>);
static_assert(PresenceRouter<Broadcast> && PresenceRouter<NoteBroadcast>);
static_assert(std::is_constructible_v<Broadcast, std::vector<UserId>>);
static_assert(!std::is_convertible_v<std::vector<UserId>, Broadcast>);
static_assert(!std::is_constructible_v<Broadcast, UserId>);
static_assert(!std::is_constructible_v<Broadcast, std::vector<std::string>>);
static_assert(std::is_copy_constructible_v<Broadcast> && std::is_move_assignable_v<Broadcast>);
static_assert(noexcept(std::declval<Broadcast const&>().sees(std::declval<UserId const&>(),
                                                             std::declval<UserId const&>())));
static_assert(noexcept(std::declval<NoteBroadcast const&>().sees(1, 2)));

std::vector<Note> const batch{{1, 10}, {2, 20}};

TEST_CASE("the viewers receive everything, their own presence included", "[broadcast]") {
    NoteBroadcast const router{7, 1, 7};
    CHECK(router.get_users_for_states(batch) == Routed{{1, {{1, 10}, {2, 20}}}, {7, {{1, 10}, {2, 20}}}});
    CHECK(router.get_interested_users(7) == support::Interest{all_users});
    CHECK(router.get_interested_users(2) == support::Interest{});
    CHECK(router.states_for_user(1, batch) == std::set<Note>{{1, 10}, {2, 20}});
    CHECK(router.states_for_user(2, batch).empty());
    CHECK(router.sees(7, 7));
    CHECK(router.sees(7, 99));
    CHECK_FALSE(router.sees(2, 7));
}

TEST_CASE("a batch of nothing is broadcast to nobody", "[broadcast]") {
    CHECK(NoteBroadcast{7}.get_users_for_states({}).empty());
}

TEST_CASE("a broadcast to nobody routes nothing", "[broadcast]") {
    NoteBroadcast const router{};
    CHECK(router.get_users_for_states(batch).empty());
    CHECK(router.get_interested_users(7) == support::Interest{});
}

TEST_CASE("viewers may come in any range", "[broadcast]") {
    CHECK(NoteBroadcast{std::vector{7, 8}}.sees(8, 1));
    CHECK(NoteBroadcast{std::list{7, 8}}.sees(7, 1));
    CHECK(NoteBroadcast{std::views::iota(7, 9)}.sees(8, 1));
    CHECK_FALSE(NoteBroadcast{std::set<int>{}}.sees(7, 1));
    NoteBroadcast const original{7};
    NoteBroadcast const copy{original};
    CHECK(copy.sees(7, 1));
}

TEST_CASE("a broadcast shows each route once, and stops when told", "[broadcast]") {
    NoteBroadcast const router{7, 8, 7};
    int shown = 0;
    router.for_each_route(batch, [&](int, Note const&) { ++shown; });
    CHECK(shown == 4);
    shown = 0;
    router.for_each_route(batch, support::RawSink([&](int, Note const&) { return ++shown < 3; }));
    CHECK(shown == 3);
    CHECK(router.for_each_subject(7, [](int) { return true; }) == all_users);
    CHECK(router.for_each_subject(1, [](int) { return true; }) == std::nullopt);
}

TEST_CASE("in a chain a broadcast ends the question, for its viewers only", "[broadcast]") {
    PresenceRouterChain const chain{Broadcast{"@admin:x"_user}, Broadcast{"@bot:x"_user}};
    CHECK(chain.get_interested_users("@admin:x"_user) == InterestedUsers{all_users});
    CHECK(chain.get_interested_users("@bot:x"_user) == InterestedUsers{all_users});
    CHECK(chain.get_interested_users("@alice:x"_user) == InterestedUsers{});
    CHECK(chain.get_users_for_states({{.user_id = "@alice:x"_user}}).size() == 2);
}

} // namespace
