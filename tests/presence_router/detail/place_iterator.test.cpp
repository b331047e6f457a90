// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/place_iterator.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <vector>

using presence_router::detail::PlaceIterator;

namespace {

/// Gives the values themselves.
struct Values {
    int const& operator[](std::size_t place) const { return values[place]; }
    int const* values = nullptr;
};

/// Gives what it makes.
struct Squares {
    std::size_t operator[](std::size_t place) const { return place * place; }
};

static_assert(std::random_access_iterator<PlaceIterator<Values>>);
static_assert(std::random_access_iterator<PlaceIterator<Squares>>);
// The older kind of iterator promises references, and what is made has none.
static_assert(std::is_same_v<std::iterator_traits<PlaceIterator<Values>>::iterator_category,
                             std::random_access_iterator_tag>);
static_assert(
    std::is_same_v<std::iterator_traits<PlaceIterator<Squares>>::iterator_category, std::input_iterator_tag>);

} // namespace

TEST_CASE("a place iterator goes to any place and back") {
    std::vector<int> const values{5, 3, 8, 1};
    PlaceIterator<Values> const first{{values.data()}, 0};
    PlaceIterator<Values> const last{{values.data()}, values.size()};
    CHECK(std::equal(first, last, values.begin(), values.end()));
    CHECK(last - first == 4);
    CHECK(first - last == -4);
    CHECK(first < last);
    CHECK(&*(1 + first) == &values[1]);
    CHECK(&first[3] == &values[3]);
    CHECK(*(last - 1) == 1);
    auto at = first;
    CHECK(*at++ == 5);
    CHECK(*++at == 8);
    CHECK(*at-- == 8);
    CHECK(*--at == 5);
    at += 3;
    at -= 2;
    CHECK(*at == 3);
    CHECK(at == first + 1);
    CHECK(*std::max_element(first, last) == 8);
    CHECK(std::ranges::find(first, last, 9) == last);

    PlaceIterator<Squares> const squares{Squares{}, 0};
    CHECK(squares[7] == 49);
    CHECK(*(squares + 3) == 9);
    CHECK(PlaceIterator<Squares>{} == squares);
}
