// SPDX-License-Identifier: BSL-1.0
#include <presence_router/containers.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

struct Compared { // has <, and no hash
    int value = 0;
    friend constexpr auto operator<=>(Compared const&, Compared const&) = default;
};

struct OnlyLess { // has neither == nor a hash
    int value = 0;
    friend bool operator<(OnlyLess a, OnlyLess b) { return a.value < b.value; }
};

struct Hashed { // has == and a hash, and no <
    int value = 0;
    friend bool operator==(Hashed, Hashed) = default;
};

struct Owned { // has a set of its own
    int value = 0;
    friend bool operator==(Owned, Owned) = default;
};

class OwnedSet { // what a custom set has to be, and no more
public:
    void insert(Owned owned) {
        if (std::find(values_.begin(), values_.end(), owned) == values_.end()) values_.push_back(owned);
    }
    std::vector<Owned>::const_iterator begin() const { return values_.begin(); }
    std::vector<Owned>::const_iterator end() const { return values_.end(); }

private:
    std::vector<Owned> values_;
};

enum class Rank { low, high };

} // namespace

template <>
struct std::hash<Hashed> {
    std::size_t operator()(Hashed hashed) const noexcept { return static_cast<std::size_t>(hashed.value); }
};
template <>
struct presence_router::SetFor<Owned> {
    using type = OwnedSet;
};

namespace {

using namespace presence_router;

static_assert(std::same_as<set_for_t<std::uint64_t>, std::set<std::uint64_t>>);
static_assert(std::same_as<set_for_t<std::string>, std::set<std::string>>, "ordered where there is a choice");
static_assert(std::same_as<set_for_t<int*>, std::set<int*>>);
static_assert(std::same_as<set_for_t<Rank>, std::set<Rank>>);
static_assert(std::same_as<set_for_t<Compared>, std::set<Compared>>);
static_assert(Compared{1} < Compared{2});
static_assert(std::same_as<set_for_t<OnlyLess>, std::set<OnlyLess>>);
static_assert(std::same_as<set_for_t<Hashed>, std::unordered_set<Hashed>>);
static_assert(std::same_as<set_for_t<Owned>, OwnedSet>);

static_assert(std::same_as<map_for_t<int, char>, std::map<int, char>>);
static_assert(std::same_as<map_for_t<OnlyLess, char>, std::map<OnlyLess, char>>);
static_assert(std::same_as<map_for_t<Hashed, char>, std::unordered_map<Hashed, char>>);
static_assert(std::same_as<map_for_t<int, set_for_t<Hashed>>, std::map<int, std::unordered_set<Hashed>>>);

TEST_CASE("the chosen containers hold equal values once", "[containers]") {
    set_for_t<OnlyLess> ordered;
    set_for_t<Hashed> hashed;
    for (int const value : {2, 1, 2}) {
        ordered.insert(OnlyLess{value});
        hashed.insert(Hashed{value});
    }
    CHECK(ordered.size() == 2);
    CHECK(hashed.size() == 2);
}

} // namespace
