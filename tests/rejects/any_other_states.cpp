// SPDX-License-Identifier: BSL-1.0
// expect: a router of another vocabulary: its state_type is not the State of this BasicAnyPresenceRouter
// within: 30
#include <presence_router/runtime/any_presence_router.hpp>

#include "support/routers.hpp"

struct OtherNote : support::Note {};

presence_router::BasicAnyPresenceRouter<int, OtherNote> make() {
    return presence_router::BasicAnyPresenceRouter<int, OtherNote>{support::Edge<1, 2>{}};
}
