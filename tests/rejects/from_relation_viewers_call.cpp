// SPDX-License-Identifier: BSL-1.0
// expect: viewers_of does not fit: it is called with user_id_type const&
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/notes.hpp"

#include <vector>

using presence_router::from_relation;
using support::Note;

constexpr auto listing = [](int) { return std::vector{1}; };
void make() {
    (void)from_relation<Note>([](Note const&) { return std::vector{1}; }, listing);
}
