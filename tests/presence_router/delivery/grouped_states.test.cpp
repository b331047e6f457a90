// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/grouped_states.hpp>

#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;

namespace {

using Grouped = GroupedStates<std::string, UserPresenceState>;

static_assert(std::regular<std::ranges::iterator_t<Grouped>>);
static_assert(std::ranges::random_access_range<Grouped const> && std::ranges::sized_range<Grouped const>);
static_assert(std::ranges::random_access_range<Grouped::List> && std::ranges::borrowed_range<Grouped::List>);
static_assert(std::same_as<std::ranges::range_reference_t<Grouped::List>, UserPresenceState const&>);
static_assert(std::same_as<decltype(Grouped::List{}.size()), std::size_t>);
static_assert(std::copyable<Grouped> && std::is_nothrow_move_constructible_v<Grouped::List>);

struct Example {
    std::vector<UserPresenceState> batch{{.user_id = "@a:x"_user}, {.user_id = "@b:x"_user}};

    Grouped grouped() const {
        auto const states = std::make_shared<detail::NumberedStates<UserPresenceState>>(batch);
        auto const made = states->number_of({.user_id = "@a:x"_user, .status_msg = "made"});
        detail::NumberGrouper<std::string> grouper;
        grouper.add("room", 1);
        grouper.add_all("empty", std::vector<std::uint32_t>{});
        grouper.add("other", 0);
        grouper.add("room", made);
        grouper.add("room", 1);
        return {std::move(grouper), states};
    }
};

} // namespace

TEST_CASE("grouped states: keys in the order of their coming, and their states") {
    Example const example;
    Grouped const grouped = example.grouped();
    REQUIRE(grouped.size() == 3);
    CHECK_FALSE(grouped.empty());
    CHECK(grouped.state_count() == 4);
    std::vector<std::string> keys;
    for (auto const& [key, states] : grouped) keys.push_back(key + std::to_string(states.size()));
    CHECK(keys == std::vector<std::string>{"room3", "empty0", "other1"});

    auto const [key, states] = grouped[0];
    CHECK(key == "room");
    CHECK(&states[0] == &example.batch[1]);
    CHECK(states[1].status_msg == "made");
    CHECK(&states[2] == &example.batch[1]);
    CHECK(&states.front() == &states.back());
    CHECK(std::ranges::count(states, example.batch[1]) == 2);
    CHECK((grouped.end() - grouped.begin()) == 3);
    CHECK((*(grouped.end() - 1)).key == "other");
}

TEST_CASE("grouped states: a key is looked up") {
    Example const example;
    Grouped const grouped = example.grouped();
    CHECK(grouped.contains("empty"));
    CHECK_FALSE(grouped.contains("nowhere"));
    CHECK(grouped.states_for("empty").empty());
    CHECK(grouped.states_for("nowhere").empty());
    CHECK(&*std::ranges::find(grouped.states_for("other"), example.batch[0]) == &example.batch[0]);
}

TEST_CASE("grouped states: none") {
    Grouped const grouped;
    CHECK(grouped.empty());
    CHECK(grouped.begin() == grouped.end());
    CHECK_FALSE(grouped.contains("room"));
    CHECK(grouped.states_for("room").empty());
    CHECK(Grouped::List{}.empty());
}

TEST_CASE("grouped states: lists stay when it is moved, and a copy owns what it needs") {
    Example const example;
    Grouped moved;
    Grouped copy;
    Grouped::List list;
    {
        Grouped grouped = example.grouped();
        list = grouped.states_for("room");
        copy = grouped;
        moved = std::move(grouped);
    }
    CHECK(list[1].status_msg == "made");
    CHECK(&list[1] == &moved.states_for("room")[1]);
    moved = {};
    CHECK(copy.states_for("room")[1].status_msg == "made");
}
