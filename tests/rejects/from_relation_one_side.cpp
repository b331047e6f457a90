// SPDX-License-Identifier: BSL-1.0
// expect: who is told does not tell whom a viewer sees
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

#include <vector>

using presence_router::from_relation;
using support::Note;

void make() {
    from_relation<Note>([](int) { return std::vector{1}; });
}
