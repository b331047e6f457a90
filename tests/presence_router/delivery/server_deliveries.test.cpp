// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/server_deliveries.hpp>

#include <presence_router/adaptors/transformed.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/delivery/by_server.hpp>
#include <presence_router/delivery/plan_delivery.hpp>
#include <presence_router/routers/broadcast.hpp>
#include <presence_router/routers/route_table.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <functional>
#include <map>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace presence_router;

namespace text {

// Ids as they come from anywhere: some name no server.
struct Status {
    std::string user_id{};
    int mood = 0;
    friend auto operator<=>(Status const&, Status const&) = default;
};

struct Name { // will not tell its address
    std::string name{};
    std::string_view server_name() const {
        std::string_view const text = name;
        return text.substr((std::min)(text.find(':'), text.size() - 1) + 1);
    }
    Name const* operator&() const { return nullptr; }
    friend auto operator<=>(Name const&, Name const&) = default;
};
struct Quote { // names its subject without being one
    std::string name{};
    operator Name() const { return {name}; }
    friend auto operator<=>(Quote const&, Quote const&) = default;
};
struct Glance { // speaks of ids that only point
    std::string_view user_id{};
    friend auto operator<=>(Glance const&, Glance const&) = default;
};
struct Report {
    Quote user_id{};
    friend auto operator<=>(Report const&, Report const&) = default;
};

} // namespace text

namespace {

using text::Status;
using Table = BasicRouteTable<std::string, Status>;
using Sent = std::map<std::string, std::vector<Status>>;

static_assert(std::ranges::random_access_range<ServerDeliveries const>);

template <class Deliveries>
Sent sent(Deliveries const& deliveries) {
    Sent result;
    for (auto const& [server, states] : deliveries)
        result.emplace(server, std::vector<Status>(states.begin(), states.end()));
    return result;
}

TEST_CASE("each state goes to a server once, and to the own server nothing", "[server_deliveries]") {
    Table table;
    for (std::string const viewer : {"@a:one", "@b:one", "@c:two:8448", "@d:own"}) {
        table.add(viewer, "@s:own");
        table.add(viewer, "@t:own");
    }
    table.add("@e:three", "@t:own");
    std::vector<Status> const batch{{"@s:own", 1}, {"@t:own", 2}, {"@t:own", 2}};
    auto const plan = plan_delivery(table, batch);
    auto const deliveries = by_server(plan, "own");
    CHECK(sent(deliveries) ==
          Sent{{"one", {batch[0], batch[1]}}, {"two:8448", {batch[0], batch[1]}}, {"three", {batch[1]}}});
    CHECK(deliveries.without_server().empty());
    CHECK(deliveries[0].edus().size() == 1);
}

TEST_CASE("states of remote subjects are not sent, and who then receives none is left out",
          "[server_deliveries]") {
    Table table;
    table.add("@a:one", "@s:own");
    table.add("@a:one", "@r:two");
    table.add("@b:three", "@r:two");
    table.add("@b:three", "nowhere");
    std::vector<Status> const batch{{"@r:two", 1}, {"nowhere", 1}, {"@s:own", 1}};
    auto const plan = plan_delivery(table, batch);
    CHECK(sent(by_server(plan, "own")) == Sent{{"one", {batch[2]}}});
}

TEST_CASE("a viewer whose id names no server is dropped alone, and told of", "[server_deliveries]") {
    Table table;
    for (std::string const viewer : {"", "no server", "@a:", "@b:one", ":"}) table.add(viewer, "@s:own");
    Status const update{"@s:own", 1};
    auto const plan = plan_delivery(table, update);
    auto const deliveries = by_server(plan, "own");
    CHECK(sent(deliveries) == Sent{{"one", {update}}});
    std::set<std::string> dropped;
    for (std::string const* const viewer : deliveries.without_server()) dropped.insert(*viewer);
    CHECK(dropped == std::set<std::string>{"", "no server", "@a:", ":"});
    CHECK(plan.size() == 5); // locally nothing is lost
}

TEST_CASE("ids without an address, in states that name them by another type", "[server_deliveries]") {
    using text::Name;
    using text::Report;
    BasicRouteTable<Name, Report> table;
    for (std::string const viewer : {"@a:far", "nobody"}) table.add(Name{viewer}, Name{"@s:own"});
    Report const update{{"@s:own"}};
    BasicDeliveryPlan<Name, Report> plan;
    plan.assign(table, update);
    auto const deliveries = by_server(plan, "own");
    REQUIRE(deliveries.size() == 1);
    CHECK(deliveries[0].server == "far");
    REQUIRE(deliveries.without_server().size() == 1);
    CHECK(deliveries.without_server()[0]->name == "nobody");
}

TEST_CASE("a plan and its deliveries are filled again when what the ids pointed to is gone",
          "[server_deliveries]") {
    using text::Glance;
    std::string const subject = "@s:own";
    Glance const update{subject};
    BasicDeliveryPlan<std::string_view, Glance> plan;
    BasicServerDeliveries<std::string_view, Glance> deliveries;
    std::string viewer;
    for (char const* const name : {"@a:one", "@b:two", "@a:one", "@a:two", "@b:one"}) {
        viewer = name; // in the place of the last
        BasicBroadcast<std::string_view, Glance> const router{std::string_view{viewer}};
        plan.assign(router, update);
        REQUIRE(plan.size() == 1);
        CHECK(plan[0].viewer == name);
        deliveries.assign(plan, "own");
        REQUIRE(deliveries.size() == 1);
        CHECK(deliveries[0].server == viewer.substr(3));
        viewer = "gone";
        plan.clear();
        deliveries.clear();
    }
}

TEST_CASE("a server has the last state of each subject", "[server_deliveries]") {
    BasicBroadcast<std::string, Status> const everybody{"@a:one", "@b:one"};
    std::vector<Status> const batch{
        {"@s:own", 3}, {"@t:own", 1}, {"@s:own", 1}, {"@s:own", 3}, {"@t:own", 2}};
    auto const plan = plan_delivery(everybody, batch);
    CHECK(sent(by_server(plan, "own")) == Sent{{"one", {batch[3], batch[4]}}});

    auto const hide = [](std::string const& viewer, Status state) {
        return viewer == "@a:one" ? Status{state.user_id, 0} : state;
    };
    auto const rewritten = plan_delivery(everybody | transformed(hide), batch);
    auto const deliveries = by_server(rewritten, "own");
    REQUIRE(deliveries.size() == 1);
    CHECK(deliveries[0].states.size() == 2); // one of each subject
    CHECK(deliveries[0].states[1] == batch[4]);
}

TEST_CASE("many servers and many states", "[server_deliveries]") {
    Table table;
    std::vector<Status> batch;
    Sent expected;
    for (int subject = 0; subject < 130; ++subject)
        batch.push_back({"@" + std::to_string(subject) + ":own", 1});
    for (int viewer = 0; viewer < 300; ++viewer) {
        std::string const server = "s" + std::to_string(viewer % 40);
        for (std::size_t subject = viewer % 40 == 0 ? 0 : 128; subject < batch.size(); ++subject)
            table.add("@" + std::to_string(viewer) + ":" + server, batch[subject].user_id);
        expected[server].assign(batch.begin() + (viewer % 40 == 0 ? 0 : 128), batch.end());
    }
    auto const plan = plan_delivery(table, batch);
    BasicServerDeliveries<std::string, Status> deliveries;
    for (int round = 0; round < 2; ++round) {
        deliveries.assign(plan, "own");
        CHECK(sent(deliveries) == expected);
    }
    std::size_t edus = 0;
    for (auto const& entry : deliveries) edus += entry.edus().size();
    CHECK(edus == 3 + 39);
    deliveries.clear();
    CHECK(deliveries.empty());
}

TEST_CASE("nothing to send", "[server_deliveries]") {
    DeliveryPlan const plan;
    auto const deliveries = by_server(plan, "example.org");
    CHECK(deliveries.empty());
    CHECK(deliveries.begin() == deliveries.end());
    CHECK(deliveries.without_server().empty());
}

} // namespace
