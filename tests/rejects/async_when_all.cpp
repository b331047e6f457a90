// SPDX-License-Identifier: BSL-1.0
// expect: when_all is called as a const object
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

struct Wrong {
    support::Task<int> operator()(auto...) const;
};

auto ask(AsyncPresenceRouterChain<support::Task, support::WaitingEdge<1, 2>,
                                  support::WaitingEdge<1, 2>> const& chain,
         std::span<support::Note const> notes) {
    return chain.get_users_for_states(notes, Wrong{});
}
