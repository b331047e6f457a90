// SPDX-License-Identifier: BSL-1.0
#include <presence_router/updates/coalesce.hpp>

#include <presence_router/user_presence_state.hpp>

#include "support/catch.hpp"
#include "support/single_pass.hpp"

#include <compare>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

using namespace presence_router;

namespace {

/// A user who has an order and no hash.
struct Ordered {
    int number;
    friend bool operator==(Ordered, Ordered) = default;
    friend std::strong_ordering operator<=>(Ordered, Ordered) = default;
};

template <class Id>
struct Update {
    Id user_id;
    int version;
    friend bool operator==(Update const&, Update const&) = default;
};

/// A state that is moved and never copied, and whose user is made for the asking.
struct Ticket {
    std::unique_ptr<std::string> text;
};
std::string subject_of(Ticket const& ticket) { return ticket.text->substr(0, 1); }

template <class Id>
void check_small() {
    using List = std::vector<Update<Id>>;
    auto const list = [](std::initializer_list<std::pair<int, int>> updates) {
        List result;
        for (auto const& [user, version] : updates) result.push_back({Id{user}, version});
        return result;
    };
    CHECK((coalesce(List{}) == List{}));
    CHECK((coalesce(list({{1, 0}})) == list({{1, 0}})));
    CHECK((coalesce(list({{1, 0}, {2, 1}, {3, 2}})) == list({{1, 0}, {2, 1}, {3, 2}})));
    CHECK((coalesce(list({{1, 0}, {1, 1}, {1, 2}})) == list({{1, 2}})));
    CHECK((coalesce(list({{2, 0}, {1, 1}, {2, 2}, {3, 3}, {1, 4}})) == list({{2, 2}, {1, 4}, {3, 3}})));
    CHECK((coalesce(list({{1, 0}, {2, 1}, {1, 2}, {1, 3}, {2, 4}})) == list({{1, 3}, {2, 4}})));
}

} // namespace

TEST_CASE("coalesce keeps the last update of each user, where the user first came") {
    check_small<int>();
    check_small<Ordered>();
}

TEST_CASE("coalesce does as a map does, over many users") {
    std::vector<Update<std::string>> updates;
    std::vector<std::string> order;
    std::map<std::string, int> last;
    unsigned random = 1;
    for (int version = 0; version < 3000; ++version) {
        random = random * 1664525U + 1013904223U;
        std::string const user = "@" + std::to_string((random >> 16) % 500) + ":x";
        updates.push_back({user, version});
        if (last.insert_or_assign(user, version).second) order.push_back(user);
    }
    auto const kept = coalesce(updates);
    REQUIRE(kept.size() == order.size());
    REQUIRE(kept.size() > 400);
    for (std::size_t at = 0; at < kept.size(); ++at) {
        CHECK(kept[at].user_id == order[at]);
        CHECK(kept[at].version == last[order[at]]);
    }
}

TEST_CASE("coalesce takes any range of updates, and needs no memory for a vector that is given away") {
    UserPresenceState const bob{.user_id = "@bob:x"_user};
    UserPresenceState const bob_active{.user_id = "@bob:x"_user, .currently_active = true};
    UserPresenceState const carol{.user_id = "@carol:x"_user};
    std::vector<UserPresenceState> const expected{bob_active, carol};
    CHECK(coalesce(std::list{bob, carol, bob_active}) == expected);
    std::vector updates{bob, carol, bob_active};
    CHECK(coalesce(updates) == expected);
    CHECK(coalesce(std::views::all(updates) | std::views::transform([](auto const& s) { return s; })) ==
          expected);
    CHECK(coalesce(support::SinglePass<UserPresenceState>{bob, carol, bob_active}) == expected);

    auto const* const memory = updates.data();
    updates = coalesce(std::move(updates));
    CHECK(updates == expected);
    CHECK(updates.data() == memory);
}

TEST_CASE("coalesce moves states that cannot be copied, and asks subject_of") {
    std::vector<Ticket> tickets;
    for (char const* const text : {"a0", "b1", "a2", "c3", "b4"})
        tickets.push_back({std::make_unique<std::string>(text)});
    tickets = coalesce(std::move(tickets));
    REQUIRE(tickets.size() == 3);
    CHECK(*tickets[0].text == "a2");
    CHECK(*tickets[1].text == "b4");
    CHECK(*tickets[2].text == "c3");
}
