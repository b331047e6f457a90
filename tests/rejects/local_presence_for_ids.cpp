// SPDX-License-Identifier: BSL-1.0
// expect: local_presence_for has to tell which users live on a server. Write server_name_of
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

using support::Note;

void ask(presence_router::BasicMemoryPresenceStore<int, Note> const& store) {
    (void)presence_router::local_presence_for(1, presence_router::BasicOwnPresence<int, Note>{}, store, "x");
}
