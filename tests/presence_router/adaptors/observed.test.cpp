// SPDX-License-Identifier: BSL-1.0
#include <presence_router/adaptors/observed.hpp>

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>
#include <type_traits>
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

struct Log {
    std::vector<Observation> seen;
    auto observer() {
        return [this](Observation const& observation) { seen.push_back(observation); };
    }
    /// The one observation there is.
    Observation only() {
        REQUIRE(seen.size() == 1);
        Observation const last = seen.back();
        seen.clear();
        return last;
    }
};

bool is(Observation const& seen, Lane lane, std::size_t shown, bool everybody = false, bool failed = false) {
    return seen.lane == lane && seen.shown == shown && seen.all_users == everybody && seen.failed == failed;
}

constexpr PresenceRouterChain router{Edge<1, 2>{}, Edge<1, 3>{}, Everything<4>{}};
std::vector<Note> const batch{{2, 5}, {3, 6}};

} // namespace

TEST_CASE("observed reports every lane, and answers as the router below") {
    Log log;
    auto const watched = router | observed(log.observer());
    STATIC_REQUIRE(PresenceRouter<std::remove_const_t<decltype(watched)>>);
    CHECK(watched.get_users_for_states(batch) == router.get_users_for_states(batch));
    CHECK(is(log.only(), Lane::canonical_push, 4));
    CHECK(watched.get_interested_users(1) == Interest{std::set{2, 3}});
    CHECK(is(log.only(), Lane::canonical_pull, 2));
    CHECK(watched.get_interested_users(4) == Interest{all_users});
    CHECK(is(log.only(), Lane::canonical_pull, 0, true));
    CHECK(watched.states_for_user(1, batch) == std::set(batch.begin(), batch.end()));
    CHECK(is(log.only(), Lane::pointwise_push, 2));
    CHECK(watched.sees(1, 2));
    CHECK(is(log.only(), Lane::pointwise_pull, 1));
    CHECK(!watched.sees(2, 1));
    CHECK(is(log.only(), Lane::pointwise_pull, 0));
    watched.for_each_route(batch, [](int, Note const&) {});
    CHECK(is(log.only(), Lane::streaming_push, 4));
    CHECK(!watched.for_each_subject(1, [](int) {}));
    CHECK(is(log.only(), Lane::streaming_pull, 2));
    CHECK(watched.for_each_subject(4, [](int) {}));
    CHECK(is(log.only(), Lane::streaming_pull, 0, true));
}

TEST_CASE("a stream is counted as far as it went") {
    Log log;
    (router | observed(log.observer())).for_each_route(batch, [](int, Note const&) { return false; });
    CHECK(is(log.only(), Lane::streaming_push, 1));
}

TEST_CASE("a viewer without a state passes, and is no route") {
    Log log;
    auto const empty = support::pushing([](auto) { return Routed{{1, {}}}; });
    CHECK((PresenceRouterChain{empty | observed(log.observer())}).get_users_for_states(batch) ==
          Routed{{1, {}}});
    CHECK(is(log.only(), Lane::streaming_push, 0));
}

TEST_CASE("a router that fails is reported, and its exception goes on, to guarded or to the caller") {
    Log log;
    auto const watched = Failing{} | observed(log.observer());
    CHECK_THROWS_AS(watched.get_users_for_states(batch), Failure);
    CHECK(is(log.only(), Lane::canonical_push, 0, false, true));
    CHECK_THROWS_AS(watched.get_interested_users(1), Failure);
    CHECK(is(log.only(), Lane::canonical_pull, 0, false, true));
    CHECK_THROWS_AS(watched.for_each_route(batch, [](int, Note const&) {}), Failure);
    CHECK(is(log.only(), Lane::streaming_push, 1, false, true));
    CHECK_THROWS_AS(watched.for_each_subject(1, [](int) {}), Failure);
    CHECK(is(log.only(), Lane::streaming_pull, 1, false, true));
    CHECK_THROWS_AS(watched.states_for_user(1, batch), Failure);
    CHECK(is(log.only(), Lane::pointwise_push, 0, false, true));
    CHECK_THROWS_AS(watched.sees(1, 2), Failure);
    CHECK(is(log.only(), Lane::pointwise_pull, 0, false, true));
    CHECK(!(watched | guarded([](std::exception_ptr) {})).sees(1, 2));
    CHECK(is(log.only(), Lane::pointwise_pull, 0, false, true));
}

TEST_CASE("what the caller's sink throws is not the router's failure") {
    Log log;
    auto const watched = router | observed(log.observer());
    auto const routes = [](int, Note const&) { throw std::runtime_error{"sink"}; };
    CHECK_THROWS_AS(watched.for_each_route(batch, routes), std::runtime_error);
    CHECK(is(log.only(), Lane::streaming_push, 1));
    auto const subjects = [](int) { throw std::runtime_error{"sink"}; };
    CHECK_THROWS_AS(watched.for_each_subject(1, subjects), std::runtime_error);
    CHECK(is(log.only(), Lane::streaming_pull, 1));
}

TEST_CASE("the duration spans the call") {
    Log log;
    auto const watched = router | observed(log.observer());
    watched.for_each_route({Note{2, 0}}, [](int, Note const&) {
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
        return false;
    });
    CHECK(log.only().duration >= std::chrono::milliseconds{2});
}

TEST_CASE("routers of a chain are told apart by an observer each") {
    Log first, second;
    PresenceRouterChain const chain{Edge<1, 2>{} | observed(first.observer()),
                                    Everything<4>{} | observed(second.observer())};
    chain.for_each_route(batch, [](int, Note const&) {});
    CHECK(is(first.only(), Lane::streaming_push, 1));
    CHECK(is(second.only(), Lane::streaming_push, 2));
    CHECK(chain.sees(1, 2));
    CHECK(is(first.only(), Lane::pointwise_pull, 1));
    CHECK(second.seen.empty());
}

TEST_CASE("in constant expressions nothing is observed, and without state there is nothing to store") {
    constexpr auto watched = Edge<1, 2>{} | observed([](Observation const&) {});
    STATIC_REQUIRE(watched.sees(1, 2));
    STATIC_REQUIRE(sizeof(watched) == 1);
    STATIC_REQUIRE([&] {
        int routes = 0;
        watched.for_each_route({Note{2, 3}}, [&](int, Note const&) { ++routes; });
        return routes;
    }() == 1);
}

TEST_CASE("observed asks a router for nothing but routes, whatever it has") {
    struct Logged : Edge<1, 2> {
        char const* asked_at() const { return "noon"; } // its own affair
    };
    Log log;
    CHECK((Logged{} | observed(log.observer())).sees(1, 2));
    CHECK(is(log.only(), Lane::pointwise_pull, 1));
}
