// SPDX-License-Identifier: BSL-1.0
// expect: the router and the presence store speak of different users or states
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

#include <vector>

using support::Note;

struct Good : support::SpeaksNotes {
    int current_token() const { return 0; }
    Note const* state_of(int) const { return nullptr; }
    std::vector<Note> changed_since(int) const { return {}; }
    std::vector<Note> states() const { return {}; }
};

void ask(Good const& good) { (void)presence_router::presence_for(1, presence_router::OwnPresence{}, good); }
