// SPDX-License-Identifier: BSL-1.0
#include <presence_router/adaptors/viewers.hpp>

#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <type_traits>

using namespace presence_router;
using support::Everything;

namespace {

struct Chosen {
    constexpr bool operator()(int user) const noexcept { return user == 1; }
};

constexpr PresenceRouterChain everything{Everything<1>{}, Everything<2>{}};

} // namespace

TEST_CASE("only_viewers leaves what the predicate accepts, without_viewers the rest") {
    constexpr auto only = everything | only_viewers(Chosen{});
    constexpr auto without = everything | without_viewers(Chosen{});
    STATIC_REQUIRE(PresenceRouter<std::remove_const_t<decltype(only)>>);
    CHECK(only.sees(1, 2));
    CHECK(!only.sees(2, 1));
    CHECK(!without.sees(1, 2));
    CHECK(without.sees(2, 1));
    CHECK(!only.sees(3, 3));
    CHECK(!without.sees(3, 3));
}

TEST_CASE("only_viewers and without_viewers share out all routes") {
    int routes = 0;
    auto const count = [&](int, support::Note const&) { ++routes; };
    (everything | only_viewers(Chosen{})).for_each_route({{1, 0}, {2, 0}, {3, 0}}, count);
    CHECK((routes > 0 && routes < 6));
    (everything | without_viewers(Chosen{})).for_each_route({{1, 0}, {2, 0}, {3, 0}}, count);
    CHECK(routes == 6);
}

TEST_CASE("a closure of viewers is a value, and costs nothing when the predicate has no state") {
    constexpr auto closure = only_viewers(Chosen{}) | without_viewers(Chosen{});
    STATIC_REQUIRE(!(everything | closure).sees(1, 2));
    STATIC_REQUIRE(sizeof(everything | closure) == 1);
}

TEST_CASE("a plain function is a predicate") {
    bool (*const is_one)(int) = [](int user) { return user == 1; };
    CHECK((support::Everything<1>{} | only_viewers(is_one)).sees(1, 2));
    CHECK(!(support::Everything<1>{} | without_viewers(is_one)).sees(1, 2));
}
