// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4495/inbound_recipients.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <optional>
#include <set>
#include <vector>

using namespace presence_router;
using namespace presence_router::msc4495_2026_07_15;

namespace {

using enum InboundAction;
using Users = std::set<UserId>;

static_assert(std::copyable<InboundRecipients> && std::equality_comparable<InboundRecipients>);

UserId const bob = "@bob:far"_user;
UserId const alice = "@alice:here"_user, carol = "@carol:here"_user, dan = "@dan:here"_user;
UserId const stranger = "@eve:elsewhere"_user;

Users shown(InboundRecipients const& inbound) {
    Users result;
    for (UserId const& viewer : inbound.recipients(bob)) {
        CHECK(inbound.shows(viewer, bob));
        result.insert(viewer);
    }
    return result;
}

RecipientUpdate first(StreamId id, std::vector<UserId> add) {
    return {.stream_id = id, .recipients = RecipientDelta{.add = std::move(add)}};
}
RecipientUpdate next(StreamId prev, StreamId id, std::vector<UserId> add, std::vector<UserId> remove = {}) {
    return {
        .stream_id = id, .prev_id = prev, .recipients = RecipientDelta{std::move(add), std::move(remove)}};
}

/// Knows set 5: alice and carol.
InboundRecipients settled() {
    InboundRecipients inbound{"here"};
    inbound.receive(bob, first(5, {alice, carol}));
    return inbound;
}
/// The same, after an update that did not fit.
InboundRecipients lost() {
    InboundRecipients inbound = settled();
    inbound.receive(bob, {.stream_id = 9});
    return inbound;
}

} // namespace

TEST_CASE("the first update begins the set, with own users only") {
    InboundRecipients inbound{"here"};
    CHECK(inbound.known(bob) == KnownStream{NoStream{}});
    CHECK(inbound.receive(bob, first(5, {alice, stranger, carol, bob})) == init);
    CHECK(shown(inbound) == Users{alice, carol});
    CHECK(inbound.known(bob) == KnownStream{StreamId{5}});
    CHECK_FALSE(inbound.start_query(bob));
}

TEST_CASE("a set that has the stream id is shown the update") {
    InboundRecipients inbound = settled();
    CHECK(inbound.receive(bob, {.stream_id = 5}) == show);
    CHECK(shown(inbound) == Users{alice, carol});
}

TEST_CASE("a delta is applied to the set it follows: what goes first, then what comes") {
    InboundRecipients inbound = settled();
    CHECK(inbound.receive(bob, next(5, 6, {dan, stranger}, {alice})) == apply);
    CHECK(shown(inbound) == Users{carol, dan});
    CHECK(inbound.receive(bob, next(6, 7, {carol}, {carol, dan})) == apply);
    CHECK(shown(inbound) == Users{carol});
    CHECK(inbound.receive(bob, next(7, 8, {})) == apply); // changed for another server
    CHECK(shown(inbound) == Users{carol});
    CHECK(inbound.receive(bob, {.stream_id = 8}) == show);
    CHECK(inbound.receive(bob, next(8, 9, {}, {carol})) == apply);
    CHECK(shown(inbound).empty());
    CHECK(inbound.known(bob) == KnownStream{StreamId{9}});
    CHECK(inbound.receive(bob, next(9, 10, {dan})) == apply);
    CHECK(shown(inbound) == Users{dan});
}

TEST_CASE("a legacy update drops the set, and the next set begins anew") {
    InboundRecipients inbound = settled();
    CHECK(inbound.receive(bob, {}) == legacy);
    CHECK(shown(inbound).empty());
    CHECK(inbound.known(bob) == KnownStream{NoStream{}});
    CHECK_FALSE(inbound.start_query(bob));
    CHECK(inbound.receive(bob, first(6, {dan})) == init);
    CHECK(shown(inbound) == Users{dan});
}

TEST_CASE("what does not fit is shown to nobody, and the set is asked for once") {
    for (RecipientUpdate const& update :
         {RecipientUpdate{.stream_id = 6}, first(6, {dan}), first(5, {alice, carol}), next(4, 6, {dan}),
          RecipientUpdate{.stream_id = 6, .prev_id = 5}}) {
        InboundRecipients inbound = settled();
        CHECK(inbound.receive(bob, update) == resync);
        CHECK(shown(inbound).empty());
        CHECK(inbound.known(bob) == KnownStream{UnknownStream{}});
        CHECK(inbound.start_query(bob));
        CHECK_FALSE(inbound.start_query(bob)); // one is under way
    }
}

TEST_CASE("an unknown set takes no delta, and none of its old ids") {
    InboundRecipients inbound = lost();
    CHECK(inbound.receive(bob, next(5, 6, {dan})) == resync);
    CHECK(inbound.receive(bob, {.stream_id = 5}) == resync);
    CHECK(inbound.receive(bob, first(5, {alice, carol})) == resync);
    CHECK(shown(inbound).empty());
}

TEST_CASE("the answer to a query becomes the set, with own users only") {
    InboundRecipients inbound = lost();
    REQUIRE(inbound.start_query(bob));
    CHECK(inbound.answer_query(bob, RecipientSnapshot{9, {dan, stranger}}));
    CHECK(shown(inbound) == Users{dan});
    CHECK(inbound.receive(bob, {.stream_id = 9}) == show);
    CHECK(inbound.receive(bob, next(9, 10, {alice})) == apply);
    CHECK(shown(inbound) == Users{alice, dan});
}

TEST_CASE("an answer of 404 is an empty set, and not legacy") {
    InboundRecipients inbound = lost();
    REQUIRE(inbound.start_query(bob));
    CHECK(inbound.answer_query(bob, std::nullopt));
    CHECK(shown(inbound).empty());
    CHECK(inbound.known(bob) == KnownStream{UnknownStream{}});
    // A first update may be one from before, come late: it is not believed unasked.
    CHECK(inbound.receive(bob, first(5, {alice, carol})) == resync);
    CHECK(inbound.start_query(bob));
}

TEST_CASE("a query that failed leaves the set empty, and may be sent again") {
    InboundRecipients inbound = lost();
    REQUIRE(inbound.start_query(bob));
    inbound.fail_query(bob);
    CHECK(shown(inbound).empty());
    CHECK(inbound.receive(bob, next(5, 6, {dan})) == resync);
    CHECK(inbound.start_query(bob));
}

TEST_CASE("an answer that an update has overtaken is not taken") {
    InboundRecipients inbound = lost();
    REQUIRE(inbound.start_query(bob));
    inbound.receive(bob, next(9, 10, {}, {alice})); // acknowledged, so alice's removal is not said again
    CHECK_FALSE(inbound.answer_query(bob, RecipientSnapshot{9, {alice, dan}}));
    CHECK(shown(inbound).empty());
    REQUIRE(inbound.start_query(bob));
    CHECK(inbound.answer_query(bob, RecipientSnapshot{10, {dan}}));
    CHECK(shown(inbound) == Users{dan});
}

TEST_CASE("an answer that names the set of the update is as new as that") {
    InboundRecipients inbound = lost();
    REQUIRE(inbound.start_query(bob));
    inbound.receive(bob, {.stream_id = 10});
    inbound.receive(bob, {.stream_id = 10});
    CHECK(inbound.answer_query(bob, RecipientSnapshot{10, {dan}}));
    CHECK(shown(inbound) == Users{dan});
}

TEST_CASE("updates that differ leave no answer certain") {
    for (StreamId const last : {StreamId{9}, StreamId{10}}) { // in whatever order they came
        InboundRecipients inbound = lost();
        REQUIRE(inbound.start_query(bob));
        inbound.receive(bob, {.stream_id = StreamId{19} - last});
        inbound.receive(bob, {.stream_id = last});
        CHECK_FALSE(inbound.answer_query(bob, RecipientSnapshot{last, {dan}}));
        CHECK(shown(inbound).empty());
    }
}

TEST_CASE("a 404 that an update has overtaken is asked again") {
    InboundRecipients inbound = lost();
    REQUIRE(inbound.start_query(bob));
    inbound.receive(bob, first(10, {dan}));
    CHECK_FALSE(inbound.answer_query(bob, std::nullopt));
    CHECK(inbound.start_query(bob));
}

TEST_CASE("an answer nobody waits for is dropped") {
    InboundRecipients inbound = settled();
    CHECK(inbound.answer_query(bob, RecipientSnapshot{9, {dan}}));
    CHECK(shown(inbound) == Users{alice, carol});

    inbound = lost();
    REQUIRE(inbound.start_query(bob));
    inbound.receive(bob, {}); // legacy meanwhile
    CHECK(inbound.answer_query(bob, RecipientSnapshot{9, {dan}}));
    CHECK(inbound.known(bob) == KnownStream{NoStream{}});
    CHECK(shown(inbound).empty());
    inbound.receive(bob, first(11, {carol}));
    CHECK(shown(inbound) == Users{carol});
}

TEST_CASE("a server that lost its state believes no first update unasked") {
    InboundRecipients inbound{"here", AtStart::state_was_lost};
    CHECK(inbound.known(bob) == KnownStream{UnknownStream{}});
    CHECK(inbound.receive(bob, first(5, {alice})) == resync);
    CHECK(shown(inbound).empty());
    REQUIRE(inbound.start_query(bob));
    CHECK(inbound.answer_query(bob, RecipientSnapshot{7, {carol}}));
    CHECK(shown(inbound) == Users{carol});
    // Of who speaks the old way it hears so.
    UserId const old = "@old:far"_user;
    CHECK(inbound.start_query(old));
    CHECK(inbound.receive(old, {}) == legacy);
    CHECK(inbound.answer_query(old, std::nullopt));
    CHECK(inbound.known(old) == KnownStream{NoStream{}});
    CHECK(inbound.receive(old, first(3, {dan})) == init);
}

TEST_CASE("subjects are kept apart, and copies too") {
    InboundRecipients inbound = settled();
    UserId const other = "@other:far"_user;
    inbound.receive(other, first(5, {dan}));
    InboundRecipients const before = inbound;
    inbound.receive(other, {.stream_id = 6});
    CHECK(inbound != before);
    CHECK(shown(inbound) == Users{alice, carol});
    CHECK(before.shows(dan, other));
    CHECK_FALSE(inbound.shows(dan, other));
}
