// SPDX-License-Identifier: BSL-1.0
// expect: not a presence store: lacks current_token
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

#include <vector>

using support::Note;

struct Bad : support::SpeaksNotes {
    int current_token() { return 0; } // not const
    Note const* state_of(int) const { return nullptr; }
    std::vector<Note> changed_since(int) const { return {}; }
    std::vector<Note> states() const { return {}; }
};

void ask(Bad const& bad) {
    (void)presence_router::presence_for(1, presence_router::BasicOwnPresence<int, Note>{}, bad);
}
