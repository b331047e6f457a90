// SPDX-License-Identifier: BSL-1.0
#include <presence_router/get_interested_users.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"
#include "support/single_pass.hpp"

#include <array>
#include <concepts>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/transform.hpp>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Interest;
using support::Note;
using support::pulling;

namespace {

Interest const expected = std::set{2, 3};
Interest const everybody = all_users;

template <class Router>
Interest ask(Router const& router) {
    static_assert(std::same_as<decltype(get_interested_users(router, 1)), Interest>);
    return get_interested_users(router, 1);
}

TEST_CASE("the canonical variant is handed on", "[get_interested_users]") {
    CHECK(ask(pulling([](int) { return expected; })) == expected);
    CHECK(ask(pulling([](int) -> Interest const& { return everybody; })) == everybody);
}

TEST_CASE("an answer may be AllUsers alone", "[get_interested_users]") {
    CHECK(ask(pulling([](int) { return all_users; })) == everybody);
    CHECK(ask(pulling([](int) -> AllUsers const& { return all_users; })) == everybody);
}

TEST_CASE("an answer may be any range of ids", "[get_interested_users]") {
    CHECK(ask(pulling([](int) { return std::set{3, 2}; })) == expected);
    CHECK(ask(pulling([](int) { return std::vector{3, 2, 3}; })) == expected);
    CHECK(ask(pulling([](int) { return std::unordered_set{3, 2}; })) == expected);
    CHECK(ask(pulling([](int) { return std::array{2, 3}; })) == expected);
    CHECK(ask(pulling([](int) { return std::list<short>{2, 3}; })) == expected);
    static std::vector const kept{2, 3};
    CHECK(ask(pulling([](int) { return std::span{kept}; })) == expected);
    CHECK(ask(pulling([](int) -> auto const& { return kept; })) == expected);
    CHECK(ask(pulling([](int) { return std::span<int const>{}; })) == Interest{});
}

TEST_CASE("an answer may be a lazy range", "[get_interested_users]") {
    CHECK(ask(pulling([](int viewer) { return std::views::iota(viewer + 1, viewer + 3); })) == expected);
    CHECK(ask(pulling([](int) {
              return std::views::iota(1, 5) |
                     std::views::filter([](int user) { return user == 2 || user == 3; });
          })) == expected);
    static std::vector const kept{1, 2, 4};
    CHECK(ask(pulling([](int) {
              return kept | ranges::views::transform([](int user) { return user / 2 + 1; }) |
                     ranges::views::filter([](int user) { return user > 1; });
          })) == expected);
}

TEST_CASE("an answer may be a range that can be read once", "[get_interested_users]") {
    CHECK(ask(pulling([](int) { return support::SinglePass{3, 2}; })) == expected);
    std::istringstream in{"3 2 3"};
    CHECK(ask(pulling([&](int) { return std::ranges::istream_view<int>(in); })) == expected);
}

TEST_CASE("an answer may be a variant of a range and AllUsers", "[get_interested_users]") {
    using Answer = std::variant<std::vector<int>, AllUsers>;
    CHECK(ask(pulling([](int) { return Answer{std::vector{3, 2}}; })) == expected);
    CHECK(ask(pulling([](int) { return Answer{all_users}; })) == everybody);
    using Turned = std::variant<AllUsers, std::deque<int>, std::set<int>>;
    CHECK(ask(pulling([](int) { return Turned{}; })) == everybody);
    CHECK(ask(pulling([](int) { return Turned{std::set{2, 3}}; })) == expected);
    using Lazy = std::variant<decltype(std::views::iota(1, 2)), AllUsers>;
    CHECK(ask(pulling([](int) { return Lazy{std::views::iota(2, 4)}; })) == expected);
    using Nested = std::variant<Interest, std::list<int>>;
    CHECK(ask(pulling([](int) { return Nested{everybody}; })) == everybody);
    CHECK(ask(pulling([](int) { return Nested{std::list{3, 2}}; })) == expected);
    using Sure = std::variant<std::set<int>>;
    CHECK(ask(pulling([](int) { return Sure{std::set{2, 3}}; })) == expected);
}

struct FailsToMove { // makes a variant of it valueless
    FailsToMove() = default;
    FailsToMove(FailsToMove const&) { throw support::Failure{}; }
    FailsToMove& operator=(FailsToMove const&) { throw support::Failure{}; }
    int const* begin() const { return nullptr; }
    int const* end() const { return nullptr; }
};

TEST_CASE("a variant that lost its value is an error, and nobody is shown", "[get_interested_users]") {
    using Answer = std::variant<FailsToMove, AllUsers>;
    auto const broken = pulling([](int) -> Answer const& {
        static Answer answer{all_users};
        try {
            answer.emplace<FailsToMove>(FailsToMove{});
        } catch (support::Failure const&) {
        }
        return answer;
    });
    CHECK_THROWS_AS(ask(broken), std::bad_variant_access);
}

struct Counting : support::SpeaksNotes {
    int asked = 0;
    support::Routed get_users_for_states(std::span<Note const>) { return {}; }
    AllUsers get_interested_users(int) {
        ++asked;
        return all_users;
    }
};

TEST_CASE("get_interested_users: a router may be referred to", "[get_interested_users]") {
    Counting counting;
    CHECK(ask(std::ref(counting)) == everybody);
    CHECK(counting.asked == 1);
    support::Edge<1, 2> const edge;
    CHECK(ask(std::cref(edge)) == Interest{std::set{2}});
}

struct Texts {
    using user_id_type = std::string;
    using state_type = std::pair<std::string, int>;
    std::vector<std::pair<std::string, state_type>> get_users_for_states(std::span<state_type const>) const {
        return {};
    }
    std::vector<char const*> get_interested_users(std::string const& viewer) const {
        return {"bob", viewer.c_str()};
    }
};

TEST_CASE("what converts to an id is one", "[get_interested_users]") {
    CHECK(get_interested_users(Texts{}, "alice") ==
          std::variant<std::set<std::string>, AllUsers>{std::set<std::string>{"alice", "bob"}});
}

static_assert(std::is_empty_v<decltype(get_interested_users)>);
static_assert(std::invocable<decltype(get_interested_users), support::Edge<1, 2> const&, int>);
static_assert(!std::invocable<decltype(get_interested_users), support::Edge<1, 2> const&, std::string>);

} // namespace
