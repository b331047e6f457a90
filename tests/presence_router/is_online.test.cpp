// SPDX-License-Identifier: BSL-1.0
#include <presence_router/is_online.hpp>

#include <presence_router/user_presence_state.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <string>
#include <string_view>

using namespace presence_router;

namespace game {

enum class Status { away, playing };

struct Player {
    Status state;
};
constexpr bool is_online(Player player) noexcept { return player.state == Status::playing; }

struct MayThrow {
    PresenceState state;
};
inline bool is_online(MayThrow) { return false; }

struct Named {
    std::string_view state;
};

struct Silent {
    Status state;
};

} // namespace game

static_assert(is_online(game::Player{game::Status::playing}));
static_assert(!is_online(game::Player{game::Status::away}));
static_assert(is_online(game::Named{"online"}));
static_assert(!is_online(game::Named{"ONLINE"}));
static_assert(!is_online(game::Named{""}));

static_assert(noexcept(is_online(game::Player{})));
static_assert(noexcept(is_online(game::Named{})));
static_assert(!noexcept(is_online(game::MayThrow{})));

static_assert(!std::invocable<decltype(is_online), game::Silent>, "nothing says which status is online");

TEST_CASE("is_online: busy is not, and one's own word comes first") {
    for (auto const state :
         {PresenceState::offline, PresenceState::unavailable, PresenceState::online, PresenceState::busy}) {
        UserPresenceState const bob{.user_id = "@bob:x"_user, .state = state};
        CHECK(is_online(bob) == (state == PresenceState::online));
        static_assert(noexcept(is_online(bob)));
    }
    CHECK_FALSE(is_online(game::MayThrow{PresenceState::online}));
}
