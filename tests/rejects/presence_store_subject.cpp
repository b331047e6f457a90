// SPDX-License-Identifier: BSL-1.0
// expect: the states of the presence store are not about its users
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

#include <vector>

using support::Note;
using presence_router::operator""_user;

struct Bad {
    using user_id_type = presence_router::UserId;
    using state_type = Note;
    int current_token() const { return 0; }
    Note const* state_of(presence_router::UserId const&) const { return nullptr; }
    std::vector<Note> changed_since(int) const { return {}; }
    std::vector<Note> states() const { return {}; }
};

void ask(Bad const& bad) {
    (void)presence_router::presence_for("@a:x"_user, presence_router::OwnPresence{}, bad);
}
