// SPDX-License-Identifier: BSL-1.0
#include <presence_router/presence_state.hpp>

#include "support/catch.hpp"

#include <sstream>
#include <string_view>

using namespace presence_router;

namespace {

static_assert(PresenceState{} == PresenceState::offline);

static_assert(to_string_view(PresenceState::offline) == "offline");
static_assert(to_string_view(PresenceState::unavailable) == "unavailable");
static_assert(to_string_view(PresenceState::online) == "online");
static_assert(to_string_view(PresenceState::busy) == "busy");
static_assert(to_string_view(static_cast<PresenceState>(42)) == "unknown");

static_assert(parse_presence_state("offline") == PresenceState::offline);
static_assert(parse_presence_state("unavailable") == PresenceState::unavailable);
static_assert(parse_presence_state("online") == PresenceState::online);
static_assert(parse_presence_state("busy") == PresenceState::busy);
static_assert(parse_presence_state("org.matrix.msc3026.busy") == PresenceState::busy);

static_assert(!parse_presence_state(""));
static_assert(!parse_presence_state("unknown"));
static_assert(!parse_presence_state("Online"));
static_assert(!parse_presence_state("online "));
static_assert(!parse_presence_state("onlin"));
static_assert(!parse_presence_state("org.matrix.msc3026.online"));
static_assert(!parse_presence_state(std::string_view{"online\0", 7}));

TEST_CASE("a presence state is named as Matrix names it, and read back", "[presence_state]") {
    for (auto const state :
         {PresenceState::offline, PresenceState::unavailable, PresenceState::online, PresenceState::busy}) {
        std::ostringstream out;
        out << state;
        CHECK(out.str() == to_string_view(state));
        CHECK(parse_presence_state(out.str()) == state);
    }
}

} // namespace
