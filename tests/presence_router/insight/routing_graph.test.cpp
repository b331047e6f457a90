// SPDX-License-Identifier: BSL-1.0
#include <presence_router/insight/routing_graph.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/detail/dot_quoted.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <sstream>
#include <string>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Failing;
using support::Failure;
using support::Interest;
using support::Note;
using support::Routed;

namespace {

struct Counting : support::SpeaksNotes {
    int* asked;
    explicit Counting(int& count) : asked{&count} {}
    Routed get_users_for_states(std::span<Note const>) const { return {}; }
    Interest get_interested_users(int const&) const { return {}; }
    bool sees(int, int) const {
        ++*asked;
        return false;
    }
};

} // namespace

namespace keys {

// Has neither an order nor an operator<<.
struct Key {
    std::uint64_t value = 0;
    friend bool operator==(Key const&, Key const&) = default;
};
struct KeyState {
    Key user_id;
    friend bool operator==(KeyState const&, KeyState const&) = default;
};

} // namespace keys

template <>
struct std::hash<keys::Key> {
    std::size_t operator()(keys::Key const& key) const noexcept {
        return static_cast<std::size_t>(key.value);
    }
};
template <>
struct std::hash<keys::KeyState> {
    std::size_t operator()(keys::KeyState const& state) const noexcept {
        return static_cast<std::size_t>(state.user_id.value);
    }
};

TEST_CASE("a routing graph has an edge from each subject to each viewer, and names the decisive router") {
    auto const alice = "@alice:x"_user, bob = "@bob:x"_user, eve = "@eve:x"_user;
    RouteTable routes;
    routes.add(alice, bob);
    routes.add(eve, alice);
    PresenceRouterChain const chain{std::cref(routes), Broadcast{eve}};
    RoutingGraph const graph = routing_graph(
        chain | without_subjects([&](auto& user) { return user == eve; }), {alice, bob, alice, eve});
    CHECK(std::vector(graph.users().begin(), graph.users().end()) == std::vector{alice, bob, eve});
    CHECK(
        std::vector(graph.edges().begin(), graph.edges().end()) ==
        std::vector<RoutingGraphEdge>{{0, 2, "0 RouteTable"}, {1, 0, "0 RouteTable"}, {1, 2, "1 Broadcast"}});
    CHECK(graph.dot() == R"(digraph presence {
    rankdir=LR;
    node [shape=box];
    u0 [label="@alice:x"];
    u1 [label="@bob:x"];
    u2 [label="@eve:x"];
    u0 -> u2 [label="0 RouteTable"];
    u1 -> u0 [label="0 RouteTable"];
    u1 -> u2 [label="1 Broadcast"];
}
)");
    std::ostringstream out;
    out << graph;
    CHECK(out.str() == graph.dot());
    CHECK(graph != routing_graph(chain, {alice, bob, eve, eve}));
    CHECK(graph == RoutingGraph(graph));
}

TEST_CASE("a routing graph shows who sees themselves, and takes any range of users") {
    auto const graph = routing_graph(Everything<1>{}, std::list<short>{1, 2});
    CHECK(graph.dot() == R"(digraph presence {
    rankdir=LR;
    node [shape=box];
    u0 [label="1"];
    u1 [label="2"];
    u0 -> u0 [label="router"];
    u1 -> u0 [label="router"];
}
)");
    CHECK(routing_graph(Everything<1>{}, std::vector<int>{}).users().empty());
    CHECK(routing_graph(PresenceRouterChain<>{}, {"@alice:x"_user}).edges().empty());
    Everything<1> referred;
    CHECK(routing_graph(std::ref(referred), {1, 2}) == graph);
}

TEST_CASE("a routing graph asks sees once for each ordered pair") {
    int asked = 0;
    CHECK(routing_graph(Counting{asked}, {1, 2, 3, 2, 1}).edges().empty());
    CHECK(asked == 9);
}

TEST_CASE("a routing graph of ids without an order or a text names users by their place") {
    using namespace keys;
    BasicRouteTable<Key, KeyState> routes;
    routes.add(Key{7}, Key{8});
    auto const graph = routing_graph(routes, {Key{8}, Key{7}});
    CHECK(graph.edges().size() == 1);
    CHECK(graph.dot() == R"(digraph presence {
    rankdir=LR;
    node [shape=box];
    u0 [label="user #0"];
    u1 [label="user #1"];
    u0 -> u1 [label="RouteTable"];
}
)");
}

TEST_CASE("a routing graph passes on what a router throws") {
    CHECK_THROWS_AS(routing_graph(Failing{}, {1, 2}), Failure);
    CHECK(routing_graph(Failing{} | guarded([](std::exception_ptr const&) {}), {1, 2}).edges().empty());
}

TEST_CASE("texts are escaped for DOT so that they are shown as they are") {
    CHECK(detail::dot_quoted("@alice:x") == R"("@alice:x")");
    CHECK(detail::dot_quoted("") == R"("")");
    CHECK(detail::dot_quoted(R"(a "b" \n c\)") == R"("a \"b\" \\n c\\")");
    CHECK(detail::dot_quoted("two\nlines\x7F\xFF") == R"("two\\x0Alines\\x7F\\xFF")");
    CHECK(detail::dot_quoted("\\x41") == R"("\\x41")");
    CHECK(detail::dot_quoted("<b>&lt;{|}") == R"("<b>&amp;lt;{|}")");
    CHECK(detail::dot_quoted("\xC3\xA9") == "\"\xC3\xA9\"");
    BasicRoutingGraph<std::string> const graph{{R"("]; evil [label="\)", "<b>"}, {{0, 1, "\"\n"}}};
    CHECK(graph.dot() == R"(digraph presence {
    rankdir=LR;
    node [shape=box];
    u0 [label="\"]; evil [label=\"\\"];
    u1 [label="<b>"];
    u0 -> u1 [label="\"\\x0A"];
}
)");
}
