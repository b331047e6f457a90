// SPDX-License-Identifier: BSL-1.0
// expect: what is answered refers to the batch, so the batch has to outlive it
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/rooms.hpp"
#include "support/routers.hpp"

auto ask(support::Edge<1, 2> const& router, support::Rooms const& rooms) {
    return presence_router::interested_parties(router, std::vector<support::Note>{{1, 0}}, rooms);
}
