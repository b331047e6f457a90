// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/distinct_elements.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <forward_list>
#include <list>
#include <range/v3/view/transform.hpp>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;

namespace {

using Names = std::vector<std::string>;

template <class Elements>
Names shown(Elements& elements) {
    Names result;
    CHECK(elements.show([&](std::string const& name) {
        result.push_back(name);
        return true;
    }));
    std::sort(result.begin(), result.end());
    return result;
}

/// What is shown of two ranges, of one, and of none, each `answer(names)`.
template <class Answer>
void each_element_is_shown_once(Answer const& answer) {
    detail::DistinctElements<std::string, std::invoke_result_t<Answer const&, Names&>> elements;
    Names a{"a name that is long enough to be kept apart", "b", "c"};
    Names b{"c", "d", "a name that is long enough to be kept apart"};
    Names c{"e"};
    CHECK(shown(elements).empty());
    elements.add(answer(a));
    CHECK(shown(elements) == a);
    CHECK(shown(elements) == a);
    elements.add(answer(b));
    Names const both{"a name that is long enough to be kept apart", "b", "c", "d"};
    CHECK(shown(elements) == both);
    elements.add(answer(c));
    CHECK(shown(elements).size() == 5);
    elements.clear();
    CHECK(shown(elements).empty());
    elements.add(answer(c));
    elements.add(answer(c));
    CHECK(shown(elements) == c); // and nothing of before
    elements.clear();
    elements.add(answer(b));
    CHECK(shown(elements).size() == 3);
    int count = 0;
    CHECK_FALSE(elements.show([&](std::string const&) { return ++count < 2; }));
    CHECK(count == 2);
    elements.add(answer(a));
    CHECK_FALSE(elements.show([&](std::string const&) { return ++count < 4; }));
    CHECK(count == 4);
}

struct Shouted : std::string {
    using std::string::string;
    explicit Shouted(std::string text) : std::string(std::move(text)) {}
};

} // namespace

TEST_CASE("each element is shown once, whatever the ranges are") {
    each_element_is_shown_once([](Names& names) -> Names const& { return names; });
    each_element_is_shown_once([](Names& names) -> Names& { return names; });
    each_element_is_shown_once([](Names& names) { return names; });
    each_element_is_shown_once([](Names& names) { return std::span<std::string const>(names); });
    each_element_is_shown_once([](Names& names) { return std::set(names.begin(), names.end()); });
    each_element_is_shown_once([](Names& names) { return std::forward_list(names.begin(), names.end()); });
    each_element_is_shown_once([](Names& names) {
        return names | std::views::transform([](std::string const& name) { return name + ""; });
    });
    each_element_is_shown_once([](Names& names) {
        return names | ranges::views::transform([](std::string const& name) { return name + ""; });
    });
    each_element_is_shown_once([](Names& names) { // what is only derived from T
        std::list<Shouted> shouted;
        for (std::string const& name : names) shouted.emplace_back(name);
        return shouted;
    });
    each_element_is_shown_once([](Names& names) { // what only converts to it
        std::vector<char const*> texts;
        for (std::string const& name : names) texts.push_back(name.c_str());
        return texts;
    });
}

TEST_CASE("elements that stay are shown where they are") {
    Names const a{"a", "b"};
    Names const b{"b", "c"};
    detail::DistinctElements<std::string, Names const&> elements;
    elements.add(a);
    elements.add(b);
    auto const lies_in = [](Names const& names, std::string const& name) {
        return std::any_of(names.begin(), names.end(), [&](std::string const& own) { return &own == &name; });
    };
    elements.show([&](std::string const& name) {
        CHECK((lies_in(a, name) || lies_in(b, name)));
        return true;
    });
    STATIC_REQUIRE(detail::RangeOfPlaces<Names const, std::string>);
    STATIC_REQUIRE(detail::RangeOfPlaces<std::list<Shouted>, std::string>);
    STATIC_REQUIRE(!detail::RangeOfPlaces<std::vector<char const*>, std::string>);
    STATIC_REQUIRE(!detail::RangeOfPlaces<std::ranges::iota_view<int, int>, int>);
}
