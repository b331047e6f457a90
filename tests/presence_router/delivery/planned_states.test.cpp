// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/planned_states.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <array>
#include <cstdint>
#include <iterator>
#include <memory>
#include <ranges>
#include <vector>

using presence_router::PlannedStates;
using support::Note;

namespace {

static_assert(std::ranges::random_access_range<PlannedStates<Note>>);
static_assert(std::ranges::sized_range<PlannedStates<Note>>);
static_assert(std::ranges::view<PlannedStates<Note>>);
static_assert(std::ranges::borrowed_range<PlannedStates<Note>>);
static_assert(std::same_as<std::ranges::range_reference_t<PlannedStates<Note>>, Note const&>);

TEST_CASE("planned states are those at their places", "[planned_states]") {
    std::array<Note, 3> const notes{{{1, 10}, {2, 20}, {3, 30}}};
    std::array<Note const*, 3> const all{&notes[0], &notes[1], &notes[2]};
    std::array<std::uint32_t, 2> const places{0, 2};
    PlannedStates<Note> const states{all.data(), places};

    CHECK(states.size() == 2);
    CHECK(&states[1] == &notes[2]);
    CHECK(&states.front() == &notes[0]);
    CHECK(&states.back() == &notes[2]);
    CHECK(std::vector<Note>(states.begin(), states.end()) == std::vector<Note>{notes[0], notes[2]});
    CHECK(states.places().size() == 2);
    CHECK(states.places()[1] == 2);
}

TEST_CASE("the iterator of planned states goes both ways and by steps", "[planned_states]") {
    std::array<Note, 3> const notes{{{1, 10}, {2, 20}, {3, 30}}};
    std::array<Note const*, 3> const all{&notes[0], &notes[1], &notes[2]};
    std::array<std::uint32_t, 3> const places{0, 1, 2};
    PlannedStates<Note> const states{all.data(), places};

    auto at = states.begin();
    CHECK(at++->mood == 10);
    CHECK((++at)->mood == 30);
    CHECK(at--->mood == 30);
    CHECK((--at)->mood == 10);
    CHECK((at += 2)->mood == 30);
    CHECK((at -= 1)->mood == 20);
    CHECK((at + 1)->mood == 30);
    CHECK((1 + at)->mood == 30);
    CHECK((at - 1)->mood == 10);
    CHECK(at[1].mood == 30);
    CHECK(at[-1].mood == 10);
    CHECK(states.end() - at == 2);
    CHECK(at - states.end() == -2);
    CHECK(at < states.end());
    CHECK(at == std::next(states.begin()));
}

struct Unaddressed {
    int mood = 0;
    Unaddressed const* operator&() const { return nullptr; }
};

TEST_CASE("an iterator points at a state that will not tell its address", "[planned_states]") {
    Unaddressed const note{10};
    std::array<Unaddressed const*, 1> const all{std::addressof(note)};
    std::array<std::uint32_t, 1> const places{0};
    PlannedStates<Unaddressed> const states{all.data(), places};
    CHECK(states.begin()->mood == 10);
}

TEST_CASE("no planned states", "[planned_states]") {
    PlannedStates<Note> const none;
    CHECK(none.empty());
    CHECK(none.begin() == none.end());
    CHECK(none.places().empty());
}

} // namespace
