// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/interested_users.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/users_for_states.hpp>

#include <compare>
#include <map>
#include <set>
#include <variant>

// A vocabulary of our own, for constant expressions too: users are numbers, a state is a number about one.
namespace support {

struct Note {
    int user_id = 0;
    int mood = 0;

    friend constexpr auto operator<=>(Note const&, Note const&) = default;
};

/// Whoever is in no mood is offline.
constexpr presence_router::PresenceState presence_of(Note const& note) noexcept {
    return note.mood == 0 ? presence_router::PresenceState::offline : presence_router::PresenceState::online;
}

using Routed = std::map<int, std::set<Note>>;
using Interest = std::variant<std::set<int>, presence_router::AllUsers>;

struct SpeaksNotes {
    using user_id_type = int;
    using state_type = Note;
};

} // namespace support
