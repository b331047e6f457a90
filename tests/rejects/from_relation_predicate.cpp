// SPDX-License-Identifier: BSL-1.0
// expect: from_relation\(predicate\): a predicate decides about a route, but lists nobody
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

#include <vector>

using presence_router::from_relation;
using support::Note;

void make() {
    from_relation<Note>([](int viewer, int subject) { return viewer < subject; });
}
