// SPDX-License-Identifier: BSL-1.0
// expect: not a presence store: its tokens lack ==
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

#include <vector>

using support::Note;

struct Place {};

struct Bad : support::SpeaksNotes {
    Place current_token() const { return {}; }
    Note const* state_of(int) const { return nullptr; }
    std::vector<Note> changed_since(int) const { return {}; }
    std::vector<Note> states() const { return {}; }
};

void ask(Bad const& bad) {
    (void)presence_router::presence_for(1, presence_router::BasicOwnPresence<int, Note>{}, bad);
}
