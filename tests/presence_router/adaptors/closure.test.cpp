// SPDX-License-Identifier: BSL-1.0
#include <presence_router/adaptors/closure.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

using namespace presence_router;

namespace {

// The closures do not ask what a router is, so words will do for routers.
struct Append : RouterAdaptorClosure<Append> {
    explicit Append(std::string text) : suffix{std::move(text)} {}
    std::string operator()(std::string word) const { return word + suffix; }
    std::string suffix;
};
struct Length : RouterAdaptorClosure<Length> {
    constexpr std::size_t operator()(std::string const& word) const { return word.size(); }
};
struct Wrap : RouterAdaptorClosure<Wrap> {
    template <class R>
    struct Wrapped {
        R inner;
    };
    template <class R>
    constexpr Wrapped<R> operator()(R router) const {
        return {std::move(router)};
    }
};

TEST_CASE("the bar calls the closure with the router", "[closure]") {
    CHECK((std::string{"a"} | Append{"b"}) == "ab");
    std::string const lvalue = "a";
    Append const closure{"b"};
    CHECK((lvalue | closure) == "ab");
    CHECK((lvalue | closure | Append{"c"}) == "abc");
    CHECK((lvalue | closure | Append{"c"} | Length{}) == 3);
}

TEST_CASE("closures compose, and do the left one first", "[closure]") {
    auto const both = Append{"b"} | Append{"c"};
    CHECK((std::string{"a"} | both) == "abc");
    auto const more = Append{"x"} | both | (Append{"y"} | Length{});
    CHECK((std::string{"a"} | more) == 5);
    CHECK((std::string{"aa"} | more) == 6); // and can be used again
}

TEST_CASE("a router may be one that can only be moved", "[closure]") {
    auto const wrapped = std::make_unique<int>(5) | Wrap{};
    CHECK(*wrapped.inner == 5);
    auto const twice = std::make_unique<int>(6) | (Wrap{} | Wrap{});
    CHECK(*twice.inner.inner == 6);
}

TEST_CASE("a router is copied, unless it is referred to", "[closure]") {
    int router = 1;
    auto const copied = router | Wrap{};
    auto const referred = std::ref(router) | Wrap{};
    router = 2;
    CHECK(copied.inner == 1);
    CHECK(referred.inner.get() == 2);
}

static_assert(std::same_as<decltype(5 | Wrap{}), Wrap::Wrapped<int>>);
static_assert((5 | (Wrap{} | Wrap{})).inner.inner == 5);

template <class Left, class Right>
concept Pipes = requires(Left left, Right right) { left | right; };
struct NoClosure {
    int operator()(int) const { return 0; }
};
static_assert(!Pipes<std::string, NoClosure>, "what says nothing is not taken for a closure");
static_assert(!Pipes<Wrap, std::string>, "the closure stands on the right");

} // namespace
