// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4495/inbound_action.hpp>

#include "support/catch.hpp"

using namespace presence_router;
using namespace presence_router::msc4495_2026_07_15;

namespace {

using enum InboundAction;

constexpr KnownStream never{NoStream{}};
constexpr KnownStream unknown{UnknownStream{}};
constexpr KnownStream known(StreamId id) { return id; }

} // namespace

TEST_CASE("without a stream id an update is legacy, whatever is known") {
    for (KnownStream const& before : {never, unknown, known(5)}) {
        CHECK(inbound_action(before, {}) == legacy);
        CHECK(inbound_action(before, {.prev_id = 5}) == legacy);
        CHECK(inbound_action(before, {.recipients = RecipientDelta{}}) == legacy);
        CHECK(inbound_action(before, {.prev_id = 5, .recipients = RecipientDelta{}}) == legacy);
    }
}

TEST_CASE("a stream id alone shows to the set that has it") {
    CHECK(inbound_action(known(5), {.stream_id = 5}) == show);
    CHECK(inbound_action(known(4), {.stream_id = 5}) == resync);
    CHECK(inbound_action(never, {.stream_id = 5}) == resync);
    CHECK(inbound_action(unknown, {.stream_id = 5}) == resync);
    CHECK(inbound_action(known(0), {.stream_id = 0}) == show); // no id is special
}

TEST_CASE("recipients without a previous id begin a set where there was none") {
    RecipientUpdate const first{.stream_id = 5, .recipients = RecipientDelta{}};
    CHECK(inbound_action(never, first) == init);
    CHECK(inbound_action(unknown, first) == resync);
    CHECK(inbound_action(known(4), first) == resync);
    CHECK(inbound_action(known(5), first) == resync); // it came twice
}

TEST_CASE("recipients with a previous id are applied to just that set") {
    RecipientUpdate const next{.stream_id = 5, .prev_id = 4, .recipients = RecipientDelta{}};
    CHECK(inbound_action(known(4), next) == apply);
    CHECK(inbound_action(known(5), next) == resync); // it came twice
    CHECK(inbound_action(known(3), next) == resync); // one before was lost
    CHECK(inbound_action(never, next) == resync);
    CHECK(inbound_action(unknown, next) == resync);
}

TEST_CASE("a previous id without recipients is not defined, and a resync") {
    for (KnownStream const& before : {never, unknown, known(4), known(5)})
        CHECK(inbound_action(before, {.stream_id = 5, .prev_id = 4}) == resync);
}
