// SPDX-License-Identifier: BSL-1.0
#include <presence_router/router_interface.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <presence_router/router.hpp>

#include <concepts>
#include <functional>
#include <list>
#include <optional>
#include <set>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Interest;
using support::Note;
using support::Routed;

namespace {

using Notes = std::span<Note const>;

struct Nothing : RouterInterface<Nothing>, support::SpeaksNotes {};
struct OnlyRoutes : RouterInterface<OnlyRoutes>, support::SpeaksNotes {
    template <class Sink>
    void for_each_route(Notes, Sink&&) const {}
};
struct OnlySubjects : RouterInterface<OnlySubjects>, support::SpeaksNotes {
    template <class Sink>
    std::optional<AllUsers> for_each_subject(int, Sink&&) const {
        return {};
    }
};
struct BothStreams : RouterInterface<BothStreams>,
                     support::SpeaksNotes { // without sees, which is then derived
    template <class Sink>
    void for_each_route(Notes notes, Sink&& sink) const { // in no order, one twice, one rewritten
        for (Note const& note : notes) {
            sink(note.user_id + 1, note);
            sink(note.user_id - 1, note);
            sink(note.user_id + 1, note);
            sink(note.user_id, Note{note.user_id, 0});
        }
    }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(int viewer, Sink&& sink) const {
        if (viewer == 0) return all_users;
        for (int const subject : {viewer + 1, viewer, viewer - 1, viewer}) sink(subject);
        return {};
    }
};
static_assert(PresenceRouter<BothStreams>);
static_assert(PresenceRouter<Edge<1, 2>>);
static_assert(!PresenceRouter<Nothing>);
static_assert(!PresenceRouter<OnlyRoutes>);
static_assert(!PresenceRouter<OnlySubjects>);

static_assert(std::is_empty_v<BothStreams> && std::is_trivially_copyable_v<BothStreams>,
              "the base costs nothing");
static_assert(std::same_as<decltype(BothStreams{}.get_users_for_states({})), Routed>);
static_assert(std::same_as<decltype(BothStreams{}.get_interested_users(1)), Interest>);

TEST_CASE("the two callbacks are inherited, and answer in the canonical types", "[router_interface]") {
    std::vector<Note> const notes{{2, 20}, {4, 40}};
    CHECK(BothStreams{}.get_users_for_states(notes) ==
          Routed{{1, {{2, 20}}}, {2, {{2, 0}}}, {3, {{2, 20}, {4, 40}}}, {4, {{4, 0}}}, {5, {{4, 40}}}});
    CHECK(BothStreams{}.get_users_for_states(std::list<Note>{{2, 20}}).size() == 3);
    CHECK(BothStreams{}.get_users_for_states({}).empty());
    CHECK(BothStreams{}.get_interested_users(3) == Interest{std::set{2, 3, 4}});
    CHECK(BothStreams{}.get_interested_users(0) == Interest{all_users});
}

struct Overriding : RouterInterface<Overriding>, support::SpeaksNotes { // has a better way for one of them
    template <class Sink>
    void for_each_route(Notes, Sink&&) const {}
    AllUsers get_interested_users(int) const { return all_users; }
};
static_assert(PresenceRouter<Overriding>);

TEST_CASE("a callback that is written stands before the inherited one", "[router_interface]") {
    CHECK(Overriding{}.get_interested_users(1) == all_users);
}

struct Matrix : RouterInterface<Matrix> { // speaks of users and states where it says nothing else
    template <class Sink>
    void for_each_route(std::span<UserPresenceState const> batch, Sink&& sink) const {
        for (UserPresenceState const& update : batch) sink("@alice:x"_user, update);
    }
    template <class Sink>
    std::optional<AllUsers> for_each_subject(UserId const&, Sink&&) const {
        return all_users;
    }
};

TEST_CASE("an interface without a vocabulary speaks that of Matrix", "[router_interface]") {
    UsersForStates const routes = Matrix{}.get_users_for_states({{.user_id = "@bob:x"_user}});
    CHECK(routes == UsersForStates{{"@alice:x"_user, {UserPresenceState{.user_id = "@bob:x"_user}}}});
}

} // namespace
