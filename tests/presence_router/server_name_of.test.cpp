// SPDX-License-Identifier: BSL-1.0
#include <presence_router/server_name_of.hpp>

#include <presence_router/user_id.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace presence_router;

namespace shard {

struct Player {
    std::uint64_t number;
};

/// Players live on shards; those below 10 on none.
constexpr std::optional<std::string_view> server_name_of(Player player) noexcept {
    if (player.number < 10) return std::nullopt;
    return "shard";
}

struct MayThrow {
    std::string_view server_name() const { return "x"; }
};

struct Dangling {
    std::string server_name() const { return "x"; }
};

struct DanglingByFunction {
    operator std::string_view() const { return "a:b"; }
};
std::string server_name_of(DanglingByFunction) { return "x"; }

struct DanglingPerhaps {};
std::optional<std::string> server_name_of(DanglingPerhaps) { return "x"; }

struct Held {
    std::string name = "x";
};
std::string const& server_name_of(Held const& id) noexcept { return id.name; }

struct Literal {};
constexpr char const* server_name_of(Literal) noexcept { return "x"; }

struct Thrown { // converts, and may throw at that
    operator std::optional<std::string_view>() const;
};
struct ThrowsLate {};
Thrown const& server_name_of(ThrowsLate) noexcept;

} // namespace shard

static_assert(server_name_of(std::string_view{"@a:b:1"}) == "b:1");
static_assert(server_name_of(std::string_view{"@a:"}) == "");
static_assert(server_name_of(std::string_view{"nobody"}) == std::nullopt);
static_assert(server_name_of(shard::Player{10}) == "shard");
static_assert(server_name_of(shard::Player{9}) == std::nullopt);

static_assert(noexcept(server_name_of(std::string_view{})));
static_assert(noexcept(server_name_of(shard::Player{})));
static_assert(!noexcept(server_name_of(shard::MayThrow{})));

// A number lives on no server, and one who asks is told so by the compiler.
static_assert(!std::invocable<decltype(server_name_of), std::uint64_t>);
static_assert(!std::invocable<decltype(server_name_of), shard::Dangling>);
static_assert(!std::invocable<decltype(server_name_of), shard::DanglingByFunction>);
static_assert(!std::invocable<decltype(server_name_of), shard::DanglingPerhaps>);

static_assert(server_name_of(shard::Literal{}) == "x");
static_assert(noexcept(server_name_of(std::declval<shard::Held const&>())));
static_assert(!noexcept(server_name_of(shard::ThrowsLate{})));

TEST_CASE("server_name_of reads the ids of Matrix") {
    CHECK(server_name_of("@alice:example.org:8448"_user) == "example.org:8448");
    CHECK(server_name_of(shard::MayThrow{}) == "x");
    CHECK(server_name_of(shard::Held{}) == "x");
}

TEST_CASE("server_name_of reads texts, well formed or not, from the first colon on") {
    CHECK(server_name_of(std::string{"@alice:[::1]:8448"}) == "[::1]:8448");
    CHECK(server_name_of(std::string{"alice"}) == std::nullopt);
    CHECK(server_name_of(std::string{":"}) == "");
    CHECK(server_name_of(std::string{}) == std::nullopt);
}
