// SPDX-License-Identifier: BSL-1.0
// expect: this router cannot be moved into place; pass it by std::ref
// within: 30
#include <presence_router/runtime/any_presence_router.hpp>

#include "support/routers.hpp"

struct Immovable : support::Edge<1, 2> {
    Immovable() = default;
    Immovable(Immovable&&) = delete;
};

presence_router::BasicAnyPresenceRouter<int, support::Note> make(Immovable const& router) {
    return presence_router::BasicAnyPresenceRouter<int, support::Note>{router};
}
