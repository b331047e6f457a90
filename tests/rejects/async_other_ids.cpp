// SPDX-License-Identifier: BSL-1.0
// expect: routers of two vocabularies in one chain: this router's user_id_type
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

auto ask(RouteTable const& routes) {
    return async_chain<support::Task>(support::WaitingEdge<1, 2>{}, std::ref(routes));
}
