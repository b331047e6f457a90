// SPDX-License-Identifier: BSL-1.0
#include <presence_router/routers/contacts.hpp>

#include "support/lanes.hpp"

#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>
#include <presence_router/routers/own_presence.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <random>
#include <type_traits>
#include <utility>

using namespace presence_router;
using support::check_lanes;
using support::Edges;
using support::Note;

namespace contacts_counted {

inline int hashes = 0;
struct Person {
    int number = 0;
    friend auto operator<=>(Person, Person) = default;
};
struct Line {
    Person user_id{};
    friend auto operator<=>(Line const&, Line const&) = default;
};

} // namespace contacts_counted

template <>
struct std::hash<contacts_counted::Person> {
    std::size_t operator()(contacts_counted::Person person) const noexcept {
        ++contacts_counted::hashes;
        return static_cast<std::size_t>(person.number);
    }
};

namespace {

using Rosters = Relation<int, int>;
using Buddies = BasicContacts<int, Note>;

static_assert(std::same_as<Contacts, BasicContacts<UserId, UserPresenceState>>);
static_assert(PresenceRouter<Contacts> && PresenceRouter<Buddies>);
static_assert(std::is_constructible_v<Contacts, UserRelation&, ListedBy>);
static_assert(std::is_constructible_v<Contacts, UserRelation const&, ListedBy>);
static_assert(!std::is_constructible_v<Contacts, UserRelation, ListedBy>, "a temporary would be gone");
static_assert(!std::is_constructible_v<Contacts, UserRelation const, ListedBy>);
static_assert(noexcept(std::declval<Contacts const&>().sees(std::declval<UserId const&>(),
                                                            std::declval<UserId const&>())));
static_assert(std::is_trivially_copyable_v<Contacts>);

TEST_CASE("who has to list whom is the server's choice", "[contacts]") {
    Rosters rosters;
    rosters.add(1, 2); // 1 lists 2 and 3, 2 lists 1
    rosters.add(1, 3);
    rosters.add(2, 1);
    check_lanes(Buddies{rosters, ListedBy::subject}, {{2, 1}, {3, 1}, {1, 2}}, 5);
    check_lanes(Buddies{rosters, ListedBy::viewer}, {{1, 2}, {1, 3}, {2, 1}}, 5);
    check_lanes(Buddies{rosters, ListedBy::both}, {{1, 2}, {2, 1}}, 5);
}

TEST_CASE("users who list themselves are not routed to themselves", "[contacts]") {
    Rosters rosters;
    rosters.add(1, 1);
    rosters.add(1, 2);
    rosters.add(2, 1);
    rosters.add(2, 2);
    for (ListedBy const listed_by : {ListedBy::subject, ListedBy::viewer, ListedBy::both})
        check_lanes(Buddies{rosters, listed_by}, {{1, 2}, {2, 1}}, 3);
    PresenceRouterChain const with_self{Buddies{rosters, ListedBy::both}, BasicOwnPresence<int, Note>{}};
    check_lanes(with_self, {{0, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}}, 3);
}

TEST_CASE("rosters change between calls", "[contacts]") {
    Rosters rosters;
    Buddies const buddies{rosters, ListedBy::both};
    check_lanes(buddies, {}, 3);
    rosters.add(1, 2);
    check_lanes(buddies, {}, 3);
    rosters.add(2, 1);
    check_lanes(buddies, {{1, 2}, {2, 1}}, 3);
    rosters.erase_from(1);
    check_lanes(buddies, {}, 3);
}

TEST_CASE("contacts of any rosters are what the rosters say", "[contacts]") {
    constexpr int users = 24;
    std::mt19937 random{20240611};
    std::uniform_int_distribution<int> user{0, users - 1};
    for (int const pairs : {10, 100, 400}) {
        Rosters rosters;
        for (int pair = 0; pair < pairs; ++pair) rosters.add(user(random), user(random));
        for (int other = 0; other < users; ++other)
            rosters.add(3, other); // one who lists all, of whom few list them
        Edges granted, followed, mutual;
        for (int viewer = 0; viewer < users; ++viewer)
            for (int subject = 0; subject < users; ++subject) {
                if (viewer == subject) continue;
                bool const grants = rosters.contains(subject, viewer);
                bool const follows = rosters.contains(viewer, subject);
                if (grants) granted.emplace(viewer, subject);
                if (follows) followed.emplace(viewer, subject);
                if (grants && follows) mutual.emplace(viewer, subject);
            }
        check_lanes(Buddies{rosters, ListedBy::subject}, granted, users);
        check_lanes(Buddies{rosters, ListedBy::viewer}, followed, users);
        check_lanes(Buddies{rosters, ListedBy::both}, mutual, users);
    }
}

TEST_CASE("mutual contacts cost the fewer of the listed and the listing", "[contacts]") {
    using contacts_counted::hashes, contacts_counted::Line, contacts_counted::Person;
    Relation<Person, Person> rosters;
    for (int other = 2; other < 1000; ++other) {
        rosters.add(Person{0}, Person{other}); // lists all, of whom one lists them
        rosters.add(Person{other}, Person{1}); // is listed by all, of whom they list one
    }
    rosters.add(Person{7}, Person{0});
    rosters.add(Person{1}, Person{7});
    BasicContacts<Person, Line> const contacts{rosters, ListedBy::both};
    for (int const famous : {0, 1}) {
        int shown = 0;
        hashes = 0;
        contacts.for_each_route(Line{Person{famous}}, [&](Person, Line const&) { return ++shown > 0; });
        contacts.for_each_subject(Person{famous}, [&](Person) { return ++shown > 0; });
        CHECK(shown == 2);
        CHECK(hashes < 20);
    }
}

TEST_CASE("contacts speak Matrix by default", "[contacts]") {
    UserRelation rosters;
    rosters.add("@alice:x"_user, "@bob:x"_user);
    Contacts const contacts{rosters, ListedBy::subject};
    UserPresenceState const alice{.user_id = "@alice:x"_user, .state = PresenceState::online};
    CHECK(contacts.get_users_for_states({alice}) == UsersForStates{{"@bob:x"_user, {alice}}});
}

} // namespace
