// SPDX-License-Identifier: BSL-1.0
// expect: a router of another vocabulary: its user_id_type is not the Id of this BasicAnyPresenceRouter
// within: 30
#include <presence_router/runtime/any_presence_router.hpp>

#include "support/routers.hpp"

presence_router::BasicAnyPresenceRouter<long, support::Note> make() {
    return presence_router::BasicAnyPresenceRouter<long, support::Note>{support::Edge<1, 2>{}};
}
