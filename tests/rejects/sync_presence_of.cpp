// SPDX-License-Identifier: BSL-1.0
// expect: nothing tells which state says so. Write presence_of\(state\)
// within: 30
#include <presence_router/presence_router.hpp>

#include <compare>
#include <cstdint>

struct Player {
    std::uint64_t user_id;
    bool in_match = false;
    auto operator<=>(Player const&) const = default;
};

void ask(presence_router::BasicMemoryPresenceStore<std::uint64_t, Player> const& store) {
    (void)presence_router::presence_for(1, presence_router::BasicOwnPresence<std::uint64_t, Player>{}, store);
}
