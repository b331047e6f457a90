// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/presence_edus.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <ranges>
#include <vector>

using namespace presence_router;
using support::Note;

namespace {

static_assert(std::ranges::random_access_range<PresenceEdus<Note> const>);
static_assert(max_presence_states_per_edu == 50);

TEST_CASE("states are sent fifty at a time, in their order", "[presence_edus]") {
    std::vector<Note> notes(160);
    std::vector<Note const*> all;
    for (Note& note : notes) {
        note.mood = static_cast<int>(all.size());
        all.push_back(&note);
    }
    std::vector<std::uint32_t> places(notes.size());
    std::iota(places.begin(), places.end(), std::uint32_t{0});
    for (std::size_t const count : {0U, 1U, 49U, 50U, 51U, 100U, 101U, 160U}) {
        PresenceEdus<Note> const edus{PlannedStates<Note>{all.data(), {places.data(), count}}};
        std::vector<int> sent;
        std::size_t full = 0;
        for (PlannedStates<Note> const edu : edus) {
            CHECK(edu.size() <= 50);
            CHECK_FALSE(edu.empty());
            full += edu.size() == 50;
            for (Note const& note : edu) sent.push_back(note.mood);
        }
        CHECK(full == count / 50);
        CHECK(edus.size() == (count + 49) / 50);
        std::vector<int> expected(count);
        std::iota(expected.begin(), expected.end(), 0);
        CHECK(sent == expected);
    }
}

} // namespace
