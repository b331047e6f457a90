// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4495/outbound_recipients.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <concepts>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace presence_router;
using namespace presence_router::msc4495_2026_07_15;

namespace {

static_assert(std::copyable<OutboundRecipients> && std::equality_comparable<OutboundRecipients>);
static_assert(std::regular<OutboundMessage> == false, "a message is about somebody");

using Users = std::vector<UserId>;
using Messages = std::vector<OutboundMessage>;

UserId const bob = "@bob:own"_user, local = "@local:own"_user;
UserId const ax = "@a:x"_user, bx = "@b:x"_user, cx = "@c:x"_user, ay = "@a:y"_user, by = "@b:y"_user;

/// What is sent now, in order.
Messages messages(OutboundRecipients& outbound) {
    Messages result = outbound.take_messages(bob);
    for (OutboundMessage& message : result)
        if (message.update.recipients) {
            std::ranges::sort(message.update.recipients->add);
            std::ranges::sort(message.update.recipients->remove);
        }
    std::ranges::sort(result, {}, &OutboundMessage::server);
    return result;
}

OutboundMessage first(std::string server, StreamId id, Users add) {
    return {bob, std::move(server), {.stream_id = id, .recipients = RecipientDelta{.add = std::move(add)}}};
}
OutboundMessage next(std::string server, StreamId prev, StreamId id, Users add, Users remove) {
    return {
        bob,
        std::move(server),
        {.stream_id = id, .prev_id = prev, .recipients = RecipientDelta{std::move(add), std::move(remove)}}};
}
OutboundMessage same(std::string server, StreamId id) { return {bob, std::move(server), {.stream_id = id}}; }

void acknowledge_all(OutboundRecipients& outbound) {
    for (OutboundMessage const& message : outbound.take_messages(bob)) CHECK(outbound.acknowledge(message));
}

/// Set 5 is acknowledged: a and b at x, a at y.
OutboundRecipients settled() {
    OutboundRecipients outbound{"own"};
    outbound.update(bob, Users{ax, bx, ay, local}, 5);
    acknowledge_all(outbound);
    return outbound;
}

} // namespace

TEST_CASE("a subject of whom nothing is known is sent to nobody") {
    OutboundRecipients outbound{"own"};
    CHECK(messages(outbound).empty());
    CHECK(outbound.answer_query(bob, "x") == std::nullopt);
    outbound.update(bob, Users{}, 5);
    CHECK(messages(outbound).empty());
    CHECK(outbound.answer_query(bob, "x") == std::nullopt);
}

TEST_CASE("first contact adds all, without a previous id, and each server hears of its users alone") {
    OutboundRecipients outbound{"own"};
    auto const change = outbound.update(bob, Users{ax, ay, local, bx}, 5);
    CHECK(change.gained.size() == 3); // who is local is shown it directly
    CHECK(messages(outbound) == Messages{first("x", 5, {ax, bx}), first("y", 5, {ay})});
}

TEST_CASE("an unchanged set is named by its id alone") {
    OutboundRecipients outbound = settled();
    CHECK(outbound.update(bob, Users{ay, bx, ax, local}, 6).empty());
    CHECK(messages(outbound) == Messages{same("x", 5), same("y", 5)});
    CHECK(outbound.acknowledge(same("x", 5)));
    CHECK(messages(outbound) == Messages{same("x", 5), same("y", 5)});
}

TEST_CASE("a changed set gets a new id, the changes, and the id before") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{bx, cx, ay, by}, 6);
    CHECK(messages(outbound) == Messages{next("x", 5, 6, {cx}, {ax}), next("y", 5, 6, {by}, {})});
}

TEST_CASE("a server whose users did not change gets the new id and empty lists") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{ax, ay}, 6);
    CHECK(messages(outbound) == Messages{next("x", 5, 6, {}, {bx}), next("y", 5, 6, {}, {})});
    acknowledge_all(outbound);
    CHECK(messages(outbound) == Messages{same("x", 6), same("y", 6)});
}

TEST_CASE("after its last user is removed a server gets nothing more, until one is added") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{ax, bx}, 6);
    CHECK(messages(outbound) == Messages{next("x", 5, 6, {}, {}), next("y", 5, 6, {}, {ay})});
    acknowledge_all(outbound);
    CHECK(messages(outbound) == Messages{same("x", 6)});
    outbound.update(bob, Users{ax}, 7);
    CHECK(messages(outbound) == Messages{next("x", 6, 7, {}, {bx})});
    outbound.update(bob, Users{ax, by}, 8);
    CHECK(messages(outbound) == Messages{next("x", 6, 8, {}, {bx}), next("y", 6, 8, {by}, {})});
}

TEST_CASE("a removal is said until it is acknowledged") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{ax, bx}, 6);
    Messages const lost = messages(outbound);
    CHECK(messages(outbound) == lost);
    outbound.update(bob, Users{bx}, 7); // another follows before the first got through
    CHECK(messages(outbound) == Messages{next("x", 5, 7, {}, {ax}), next("y", 5, 7, {}, {ay})});
    acknowledge_all(outbound);
    CHECK(messages(outbound) == Messages{same("x", 7)});
}

TEST_CASE("who comes back before the removal got through was never away") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{ax, ay}, 6);
    outbound.update(bob, Users{ax, bx, ay}, 7);
    CHECK(messages(outbound) == Messages{next("x", 5, 7, {}, {}), next("y", 5, 7, {}, {})});
}

TEST_CASE("servers acknowledge apart") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{ax, by}, 6);
    CHECK(outbound.acknowledge(messages(outbound)[1]));
    CHECK(messages(outbound) == Messages{next("x", 5, 6, {}, {bx}), same("y", 6)});
}

TEST_CASE("only what follows the last acknowledged counts") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{ax, ay}, 6);
    Messages const six = messages(outbound);
    outbound.update(bob, Users{ay}, 7);
    Messages const seven = messages(outbound);
    CHECK(outbound.acknowledge(seven[0]));
    OutboundRecipients const after = outbound;
    CHECK_FALSE(outbound.acknowledge(six[0]));   // follows 5, which is past
    CHECK_FALSE(outbound.acknowledge(seven[0])); // again
    CHECK_FALSE(outbound.acknowledge(first("x", 5, {ax, bx})));
    CHECK_FALSE(outbound.acknowledge(same("x", 6)));
    CHECK_FALSE(outbound.acknowledge(same("z", 7)));
    CHECK_FALSE(outbound.acknowledge({bob, "x", {}}));
    CHECK_FALSE(outbound.acknowledge({local, "x", {.stream_id = 7}}));
    CHECK(outbound == after);
}

TEST_CASE("a message made before the last change counts when it is acknowledged") {
    OutboundRecipients outbound = settled();
    outbound.update(bob, Users{ax, cx, ay}, 6);
    Messages const six = messages(outbound);
    outbound.update(bob, Users{ax, ay}, 7);
    CHECK(outbound.acknowledge(six[0]));
    CHECK(messages(outbound) == Messages{next("x", 6, 7, {}, {cx}), next("y", 5, 7, {}, {})});
}

TEST_CASE("a removal is said while the server may have heard of the addition, and be it only that") {
    OutboundRecipients outbound{"own"};
    outbound.update(bob, Users{ax}, 5);
    CHECK(messages(outbound) == Messages{first("x", 5, {ax})}); // never acknowledged
    outbound.update(bob, Users{}, 6);
    Messages const nobody = messages(outbound);
    CHECK(nobody == Messages{first("x", 6, {})});
    CHECK(messages(outbound) == nobody);
    CHECK(outbound.acknowledge(nobody[0]));
    CHECK(messages(outbound).empty());

    outbound.update(bob, Users{ax}, 7);
    CHECK(messages(outbound) == Messages{next("x", 6, 7, {ax}, {})}); // never acknowledged
    outbound.update(bob, Users{}, 8);
    CHECK(messages(outbound) == Messages{next("x", 6, 8, {}, {})});
    acknowledge_all(outbound);
    CHECK(messages(outbound).empty());
}

TEST_CASE("what was never sent needs no removal") {
    OutboundRecipients outbound{"own"};
    outbound.update(bob, Users{ax}, 5);
    outbound.update(bob, Users{}, 6);
    CHECK(messages(outbound).empty());
}

TEST_CASE("who was named in an answer to a query has to be removed, too") {
    OutboundRecipients outbound{"own"};
    outbound.update(bob, Users{ax}, 5);
    CHECK(outbound.answer_query(bob, "x") == RecipientSnapshot{5, {ax}});
    outbound.update(bob, Users{}, 6);
    CHECK(messages(outbound) == Messages{first("x", 6, {})});
    CHECK(outbound.answer_query(bob, "x") == RecipientSnapshot{6, {}});
    acknowledge_all(outbound);
    CHECK(messages(outbound).empty());
}

TEST_CASE("a server whose knowledge is in doubt is told all, and be it nobody") {
    OutboundRecipients outbound{"own"}; // its state was lost
    CHECK_FALSE(outbound.distrust(bob, "x"));
    outbound.update(bob, Users{ax}, 6);
    CHECK(outbound.distrust(bob, "x"));
    CHECK(outbound.distrust(bob, "y"));
    CHECK(messages(outbound) == Messages{first("x", 6, {ax}), first("y", 6, {})});
    acknowledge_all(outbound);
    CHECK(messages(outbound) == Messages{same("x", 6)});

    outbound = settled(); // the server's state was
    CHECK(outbound.distrust(bob, "x"));
    Messages sent = messages(outbound);
    CHECK(sent == Messages{first("x", 5, {ax, bx}), same("y", 5)});
    CHECK(outbound.acknowledge(sent[0]));
    CHECK(messages(outbound) == Messages{same("x", 5), same("y", 5)});
}

TEST_CASE("a server that asks is told its users, and 404 if it never had any") {
    OutboundRecipients outbound = settled();
    auto answer = outbound.answer_query(bob, "x");
    REQUIRE(answer);
    std::ranges::sort(answer->recipients);
    CHECK(*answer == RecipientSnapshot{5, {ax, bx}});
    CHECK(outbound.answer_query(bob, "z") == std::nullopt);
    CHECK(outbound.answer_query(local, "x") == std::nullopt);
    CHECK(outbound.answer_query(bob, "own") == std::nullopt);
    outbound.update(bob, Users{ax}, 6);
    CHECK(outbound.answer_query(bob, "y") == RecipientSnapshot{6, {}}); // it has somebody stored
}

TEST_CASE("a stream id that the subject had is refused, by name") {
    OutboundRecipients outbound = settled();
    OutboundRecipients const before = outbound;
    CHECK_THROWS_AS(outbound.update(bob, Users{ax}, 5), std::invalid_argument);
    CHECK(outbound == before);
    outbound.update(bob, Users{ax}, 6);
    std::string error;
    try {
        outbound.update(bob, Users{ax, bx, ay}, 5); // what x and y acknowledged
    } catch (std::invalid_argument const& refused) {
        error = refused.what();
    }
    CHECK(error == "stream id 5 was given before to a set of @bob:own's recipients");
    outbound.update("@carol:own"_user, Users{ax}, 5); // another subject's ids are another matter
}

TEST_CASE("a forgotten subject begins anew") {
    OutboundRecipients outbound = settled();
    outbound.forget(bob);
    CHECK(messages(outbound).empty());
    CHECK(outbound == OutboundRecipients{"own"});
    outbound.update(bob, Users{ax}, 8);
    CHECK(messages(outbound) == Messages{first("x", 8, {ax})});
}

TEST_CASE("subjects are sent apart, and copies are independent") {
    OutboundRecipients outbound = settled();
    UserId const carol = "@carol:own"_user;
    outbound.update(carol, Users{by}, 1);
    CHECK(outbound.take_messages(carol) ==
          Messages{{carol, "y", {.stream_id = 1, .recipients = RecipientDelta{.add = {by}}}}});
    OutboundRecipients const before = outbound;
    outbound.update(bob, Users{}, 6);
    CHECK(before != outbound);
    OutboundRecipients copy = before;
    CHECK(messages(copy) == Messages{same("x", 5), same("y", 5)});
    CHECK(outbound.take_messages(carol).size() == 1);
}
