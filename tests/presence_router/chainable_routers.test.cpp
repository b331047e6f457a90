// SPDX-License-Identifier: BSL-1.0
#include <presence_router/chainable_routers.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <presence_router/chain.hpp>

#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>

using namespace presence_router;
using support::Edge;
using support::Note;

namespace {

struct Matrix {
    UsersForStates get_users_for_states(std::span<UserPresenceState const>) const;
    InterestedUsers get_interested_users(UserId const&) const;
};
struct OtherIds {
    using user_id_type = long;
    using state_type = Note;
    std::map<long, std::set<Note>> get_users_for_states(std::span<Note const>) const;
    AllUsers get_interested_users(long) const;
};
struct OtherStates {
    using user_id_type = int;
    using state_type = int;
    std::map<int, std::set<int>> get_users_for_states(std::span<int const>) const;
    AllUsers get_interested_users(int) const;
};
struct NotConst : support::SpeaksNotes {
    support::Routed get_users_for_states(std::span<Note const>);
    AllUsers get_interested_users(int);
};
struct Immovable : Edge<1, 2> {
    Immovable() = default;
    Immovable(Immovable const&) = delete;
    Immovable& operator=(Immovable const&) = delete;
};
struct MoveOnly : Edge<1, 2> {
    MoveOnly() = default;
    MoveOnly(MoveOnly&&) = default;
};
struct Interface : support::SpeaksNotes {
    virtual ~Interface() = default;
    virtual support::Routed get_users_for_states(std::span<Note const>) const = 0;
    virtual support::Interest get_interested_users(int const&) const = 0;
};
struct Implementation final : Interface {
    support::Routed get_users_for_states(std::span<Note const>) const override { return {{1, {{2, 3}}}}; }
    support::Interest get_interested_users(int const&) const override { return std::set{2}; }
};
struct Half : support::SpeaksNotes {
    AllUsers get_interested_users(int) const;
};
struct WrongSees : Edge<1, 2> {
    bool sees(int) const;
};
struct Incomplete;

static_assert(ChainableRouters<>);
static_assert(ChainableRouters<Matrix>);
static_assert(ChainableRouters<Edge<1, 2>>);
static_assert(ChainableRouters<Edge<1, 2>, Edge<1, 2>, Edge<3, 4>>, "one type may come twice");
static_assert(ChainableRouters<Edge<1, 2> const>);
static_assert(ChainableRouters<MoveOnly, Edge<1, 2>>);

static_assert(!ChainableRouters<Immovable> && ChainableRouters<std::reference_wrapper<Immovable>>);
static_assert(!ChainableRouters<Interface> && ChainableRouters<std::reference_wrapper<Interface const>>);
static_assert(!ChainableRouters<NotConst> && ChainableRouters<std::reference_wrapper<NotConst>>);
static_assert(!ChainableRouters<std::reference_wrapper<NotConst const>>);

static_assert(!ChainableRouters<void>);
static_assert(!ChainableRouters<int>);
static_assert(!ChainableRouters<Edge<1, 2>&>);
static_assert(!ChainableRouters<Edge<1, 2> const&>);
static_assert(!ChainableRouters<Edge<1, 2>*>);
static_assert(!ChainableRouters<Incomplete*>);
static_assert(!ChainableRouters<std::unique_ptr<Implementation>>);
static_assert(!ChainableRouters<Half>);
static_assert(!ChainableRouters<Edge<1, 2>, Half>);
static_assert(!ChainableRouters<WrongSees, Edge<1, 2>>);

// Vocabularies: that of the first router that has one decides.
static_assert(!ChainableRouters<Edge<1, 2>, Matrix> && !ChainableRouters<Matrix, Edge<1, 2>>);
static_assert(!ChainableRouters<Edge<1, 2>, OtherIds> && !ChainableRouters<Edge<1, 2>, OtherStates>);
static_assert(ChainableRouters<OtherIds> && ChainableRouters<OtherStates>);
static_assert(!ChainableRouters<Edge<1, 2>, std::reference_wrapper<Matrix>>);

using Empty = PresenceRouterChain<>;
using Hollow = PresenceRouterChain<Empty, PresenceRouterChain<Empty>>;
static_assert(ChainableRouters<Empty, Edge<1, 2>, Empty, Edge<3, 4>, Hollow>, "empty chains fit everywhere");
static_assert(ChainableRouters<Hollow, Matrix> && ChainableRouters<Hollow, OtherIds, Empty>);
static_assert(ChainableRouters<std::reference_wrapper<Empty>, Edge<1, 2>>);
static_assert(!ChainableRouters<Empty, Edge<1, 2>, Matrix>);
static_assert(ChainableRouters<PresenceRouterChain<Edge<1, 2>>, Edge<3, 4>>);
static_assert(!ChainableRouters<PresenceRouterChain<Edge<1, 2>>, Matrix>);

template <class... Ms>
std::string compose(Ms const&...) {
    return "no chain";
}
template <class... Ms>
    requires ChainableRouters<Ms...>
std::string compose(Ms const&... routers) {
    return "a chain of " + std::to_string(sizeof...(routers));
}

TEST_CASE("an overload can be chosen by whether routers make a chain", "[chainable_routers]") {
    Implementation const router;
    CHECK(compose(Edge<1, 2>{}, std::cref<Interface>(router)) == "a chain of 2");
    CHECK(compose() == "a chain of 0");
    CHECK(compose(Edge<1, 2>{}, 5) == "no chain");
}

} // namespace
