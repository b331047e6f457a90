// SPDX-License-Identifier: BSL-1.0
#include <presence_router/presence_of.hpp>

#include <presence_router/user_presence_state.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace presence_router;

namespace presence_game {

enum class Status { away, playing, banned };

struct Player {
    Status status;
};
constexpr std::optional<PresenceState> presence_of(Player player) noexcept {
    if (player.status == Status::banned) return std::nullopt;
    return player.status == Status::playing ? PresenceState::online : PresenceState::unavailable;
}

struct MayThrow {
    PresenceState state;
};
inline PresenceState presence_of(MayThrow) { return PresenceState::busy; }

struct Named {
    std::string_view state;
};

struct Perhaps {
    std::optional<PresenceState> state;
};

struct Unknown {
    Status state;
};

struct Converts { // and may throw at that
    operator PresenceState() const { return PresenceState::busy; }
};
struct Converted {
    Converts state;
};
struct ConvertedByFunction {};
inline Converts presence_of(ConvertedByFunction) noexcept { return {}; }

} // namespace presence_game

static_assert(presence_of(presence_game::Player{presence_game::Status::playing}) == PresenceState::online);
static_assert(presence_of(presence_game::Player{presence_game::Status::banned}) == std::nullopt);
static_assert(presence_of(presence_game::Named{"online"}) == PresenceState::online);
static_assert(presence_of(presence_game::Named{"org.matrix.msc3026.busy"}) == PresenceState::busy);
static_assert(presence_of(presence_game::Named{"ONLINE"}) == std::nullopt);
static_assert(presence_of(presence_game::Named{}) == std::nullopt);
static_assert(presence_of(presence_game::Perhaps{PresenceState::busy}) == PresenceState::busy);

static_assert(noexcept(presence_of(presence_game::Player{})));
static_assert(noexcept(presence_of(presence_game::Named{})));
static_assert(!noexcept(presence_of(presence_game::MayThrow{})));
static_assert(!noexcept(presence_of(presence_game::Converted{})));
static_assert(!noexcept(presence_of(presence_game::ConvertedByFunction{})));
static_assert(noexcept(presence_of(presence_game::Perhaps{})));
static_assert(noexcept(presence_of(std::declval<UserPresenceState const&>())));

static_assert(!std::invocable<decltype(presence_of), presence_game::Unknown>, "nothing says which status is which");

TEST_CASE("presence_of: what the state says, one's own word first") {
    for (auto const state :
         {PresenceState::offline, PresenceState::unavailable, PresenceState::online, PresenceState::busy}) {
        UserPresenceState const bob{.user_id = "@bob:x"_user, .state = state};
        CHECK(presence_of(bob) == state);
        static_assert(noexcept(presence_of(bob)));
    }
    CHECK(presence_of(presence_game::MayThrow{PresenceState::online}) == PresenceState::busy);
}
