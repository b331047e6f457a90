// SPDX-License-Identifier: BSL-1.0
#include <presence_router/routers/own_presence.hpp>

#include "support/lanes.hpp"

#include <presence_router/chain.hpp>
#include <presence_router/detail/stored.hpp>
#include <presence_router/router.hpp>

#include <concepts>
#include <functional>
#include <set>
#include <type_traits>
#include <vector>

using namespace presence_router;
using support::check_lanes;
using support::Note;

namespace {

using Own = BasicOwnPresence<int, Note>;

static_assert(std::same_as<OwnPresence, BasicOwnPresence<UserId, UserPresenceState>>);
static_assert(PresenceRouter<OwnPresence> && PresenceRouter<Own>);
static_assert(std::is_empty_v<OwnPresence> && detail::made_anew<OwnPresence>);
static_assert(sizeof(PresenceRouterChain<OwnPresence, OwnPresence>) == 1);
static_assert(noexcept(Own{}.sees(1, 1)));
static_assert(noexcept(OwnPresence{}.sees(std::declval<UserId const&>(), std::declval<UserId const&>())));

constexpr PresenceRouterChain chain{Own{}};
static_assert(chain.sees(3, 3) && !chain.sees(3, 4));
static_assert([] {
    int routes = 0;
    chain.for_each_route({Note{1, 10}, Note{2, 20}},
                         [&](int viewer, Note const& note) { routes += viewer == note.user_id; });
    chain.for_each_subject(7, [&](int subject) { routes += subject == 7; });
    return routes;
}() == 3);

TEST_CASE("all users receive their own presence, and nobody else's", "[own_presence]") {
    check_lanes(Own{}, {{0, 0}, {1, 1}, {2, 2}, {3, 3}}, 4);
    std::vector<Note> const batch{{1, 10}, {2, 20}, {1, 11}};
    CHECK(Own{}.states_for_user(1, batch) == std::set<Note>{{1, 10}, {1, 11}});
    CHECK(Own{}.get_interested_users(9) == support::Interest{std::set{9}});
}

struct Ordered { // an id without ==
    int value = 0;
    friend bool operator<(Ordered a, Ordered b) { return a.value < b.value; }
};
struct Said {
    Ordered by{};
    friend bool operator<(Said const& a, Said const& b) { return a.by < b.by; }
    friend Ordered subject_of(Said const& said) { return said.by; } // by value
};

TEST_CASE("an id needs no more than <", "[own_presence]") {
    BasicOwnPresence<Ordered, Said> const own;
    CHECK(own.sees({1}, {1}));
    CHECK_FALSE(own.sees({1}, {2}));
    CHECK(own.get_users_for_states({Said{{1}}, Said{{2}}}).size() == 2);
    static_assert(!noexcept(own.sees({1}, {1})));
}

} // namespace
