// SPDX-License-Identifier: BSL-1.0
#include <presence_router/async/borrowed_batch.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <array>
#include <concepts>
#include <initializer_list>
#include <list>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

using namespace presence_router;
using support::Note;

namespace {

using Borrowed = BorrowedBatch<Note>;

static_assert(std::is_trivially_copyable_v<Borrowed> && sizeof(Borrowed) == sizeof(std::span<Note const>));
static_assert(std::is_nothrow_constructible_v<Borrowed, std::vector<Note> const&>);

// What stays, and lies in a row.
static_assert(std::convertible_to<std::span<Note const>, Borrowed>);
static_assert(std::convertible_to<std::span<Note>, Borrowed>);
static_assert(std::convertible_to<std::vector<Note>&, Borrowed>);
static_assert(std::convertible_to<std::vector<Note> const&, Borrowed>);
static_assert(std::convertible_to<Note (&)[2], Borrowed>);
static_assert(std::convertible_to<std::array<Note, 2>&, Borrowed>);
static_assert(std::convertible_to<Note&, Borrowed>);
static_assert(std::convertible_to<Note const&, Borrowed>);
static_assert(std::convertible_to<std::ranges::subrange<Note const*>, Borrowed>);

// What would be gone.
static_assert(!std::convertible_to<std::vector<Note>, Borrowed>);
static_assert(!std::convertible_to<std::vector<Note> const, Borrowed>);
static_assert(!std::convertible_to<std::array<Note, 2>, Borrowed>);
static_assert(!std::convertible_to<std::initializer_list<Note>, Borrowed>);
static_assert(!std::convertible_to<Note, Borrowed>);

// What would have to be gathered first.
static_assert(!std::convertible_to<std::list<Note>&, Borrowed>);
static_assert(!std::convertible_to<std::vector<int>&, Borrowed>);

} // namespace

TEST_CASE("a borrowed batch is the states themselves", "[async]") {
    std::vector<Note> const notes{{1, 1}, {2, 2}};
    CHECK(Borrowed{notes}.states().data() == notes.data());
    CHECK(Borrowed{notes}.states().size() == 2);
    CHECK(std::span<Note const>{Borrowed(notes[1])}.data() == &notes[1]);
    CHECK(Borrowed(notes[1]).states().size() == 1);
}
