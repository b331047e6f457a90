// SPDX-License-Identifier: BSL-1.0
#include <presence_router/batch.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/single_pass.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <initializer_list>
#include <list>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/transform.hpp>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Note;

namespace {

using Notes = Batch<Note>;

// A view: to hand it on costs two words, and no call has a destructor for it.
static_assert(std::is_trivially_copyable_v<Notes> && std::is_trivially_destructible_v<Notes>);
static_assert(sizeof(Notes) == sizeof(std::span<Note const>));
static_assert(std::is_convertible_v<Notes const&, std::span<Note const>>);
static_assert(std::is_nothrow_constructible_v<Notes, std::span<Note const>>);
static_assert(std::is_nothrow_constructible_v<Notes, std::span<Note>>);
static_assert(std::is_nothrow_constructible_v<Notes, std::vector<Note>&>);

// Made without being named, from whatever is a range of states.
static_assert(std::is_convertible_v<std::vector<Note>&, Notes>);
static_assert(std::is_convertible_v<std::vector<Note> const&, Notes>);
static_assert(std::is_convertible_v<std::vector<Note>, Notes>);
static_assert(std::is_convertible_v<std::array<Note, 3>&, Notes>);
static_assert(std::is_convertible_v<Note (&)[2], Notes>);
static_assert(std::is_convertible_v<std::span<Note, 4>, Notes>);
static_assert(std::is_convertible_v<std::set<Note> const&, Notes>);
static_assert(std::is_convertible_v<support::SinglePass<Note>&, Notes>);
static_assert(std::is_nothrow_convertible_v<Note const&, Notes>);
static_assert(!std::is_convertible_v<int, Notes>);
static_assert(!std::is_convertible_v<std::vector<int>, Notes>);
static_assert(!std::is_convertible_v<std::vector<Note*>, Notes>);

std::vector<Note> const sample{{1, 10}, {2, 20}, {1, 11}};

std::vector<Note> read(Notes batch) { return {batch.states().begin(), batch.states().end()}; }
Note const* address(Notes batch) { return batch.states().data(); }

TEST_CASE("states that lie in a row are borrowed", "[batch]") {
    std::vector<Note> vector = sample;
    std::array<Note, 2> array{Note{1, 1}, Note{2, 2}};
    Note raw[] = {{3, 3}};
    CHECK(address(vector) == vector.data());
    CHECK(address(std::as_const(vector)) == vector.data());
    CHECK(address(std::span{vector}) == vector.data());
    CHECK(address(std::span<Note const>{vector}.subspan(1)) == vector.data() + 1);
    CHECK(address(array) == array.data());
    CHECK(address(raw) == raw);
    CHECK(address(vector | std::views::drop(1)) == vector.data() + 1);
    CHECK(read(vector) == sample);
}

TEST_CASE("others are gathered in their order", "[batch]") {
    CHECK(read(std::list<Note>(sample.begin(), sample.end())) == sample);
    CHECK(read(std::deque<Note>(sample.begin(), sample.end())) == sample);
    CHECK(read(std::set<Note>(sample.begin(), sample.end())) == std::vector<Note>{{1, 10}, {1, 11}, {2, 20}});
    CHECK(read(sample | std::views::reverse) == std::vector<Note>{{1, 11}, {2, 20}, {1, 10}});
    CHECK(read(sample | std::views::filter([](Note const& note) { return note.user_id == 1; })) ==
          std::vector<Note>{{1, 10}, {1, 11}});
    CHECK(read(sample | ranges::views::filter([](Note const& note) { return note.user_id == 2; })) ==
          std::vector<Note>{{2, 20}});
    CHECK(read(std::views::iota(1, 3) | std::views::transform([](int user) { return Note{user, 0}; })) ==
          std::vector<Note>{{1, 0}, {2, 0}});
    std::vector const users{1, 2};
    CHECK(read(users | ranges::views::transform([](int user) { return Note{user, 0}; })) ==
          std::vector<Note>{{1, 0}, {2, 0}});
}

TEST_CASE("a range that can be gone through once is gone through once", "[batch]") {
    support::SinglePass<Note> notes{{1, 10}, {2, 20}};
    CHECK(read(notes) == std::vector<Note>{{1, 10}, {2, 20}});
    CHECK(notes.begun() == 1);
}

struct Parsed {
    int user_id = 0;
    operator Note() const { return {user_id, 0}; } // NOLINT: the conversion is what is tested
    friend std::istream& operator>>(std::istream& in, Parsed& parsed) { return in >> parsed.user_id; }
};

TEST_CASE("one state is a batch, and is borrowed", "[batch]") {
    Note const note{7, 1};
    CHECK(read(note) == std::vector<Note>{note});
    CHECK(address(note) == &note);
}

TEST_CASE("states may come out of a stream", "[batch]") {
    std::istringstream in{"3 1 2"};
    CHECK(read(std::ranges::istream_view<Parsed>(in)) == std::vector<Note>{{3, 0}, {1, 0}, {2, 0}});
}

struct Derived : Note {
    int more = 0;
};

TEST_CASE("a row of something that converts to a state is no row of states", "[batch]") {
    std::vector<Derived> const derived{Derived{{1, 10}, 5}, Derived{{2, 20}, 6}};
    CHECK(read(derived) == std::vector<Note>{{1, 10}, {2, 20}});
    CHECK(read(std::vector{Parsed{7}}) == std::vector<Note>{{7, 0}});
}

TEST_CASE("states may be listed", "[batch]") {
    CHECK(read({}).empty());
    CHECK(read({Note{1, 10}}) == std::vector<Note>{{1, 10}});
    CHECK(read({{1, 10}, {2, 20}}) == std::vector<Note>{{1, 10}, {2, 20}});
    CHECK(read({sample}) == sample);
}

TEST_CASE("one state makes a batch", "[batch]") {
    CHECK(address(sample[1]) == &sample[1]);
    CHECK(read(sample[1]) == std::vector<Note>{{2, 20}});
}

TEST_CASE("what is gathered lives as long as the call", "[batch]") {
    auto const as_a_list = [] { return std::list<Note>(100, Note{1, 10}); };
    CHECK(read(as_a_list()).size() == 100);
    auto const both = [](Notes first, Notes second) { return first.states()[99] == second.states()[99]; };
    CHECK(both(as_a_list(), as_a_list()));
    auto const nested = [](Notes batch) { return read(batch) == read(batch.states()); };
    CHECK(nested(as_a_list()));
}

TEST_CASE("an empty range is an empty batch", "[batch]") {
    CHECK(read(std::vector<Note>{}).empty());
    CHECK(read(std::list<Note>{}).empty());
    CHECK(read(std::span<Note const>{}).empty());
}

constexpr int sum(Notes batch) {
    int total = 0;
    for (Note const& note : batch.states()) total += note.mood;
    return total;
}
constexpr std::array in_a_row{Note{1, 1}, Note{2, 20}};
static_assert(sum(in_a_row) == 21);
static_assert(sum({{1, 3}, {1, 4}}) == 7);
static_assert(sum(in_a_row | std::views::reverse) == 21, "gathered, at compile time");

} // namespace
