// SPDX-License-Identifier: BSL-1.0
// expect: specialise presence_router::AwaitResult
// expect: AsyncRouterAt<1, Bad>
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

// Only coroutines of its own library can await it.
template <class T>
struct Unseen {
    using promise_type = typename support::Task<T>::promise_type;
};
struct Bad : support::SpeaksNotes {
    Unseen<support::Routed> get_users_for_states(std::span<support::Note const>) const;
    Unseen<support::Interest> get_interested_users(int) const;
};

auto ask(AsyncPresenceRouterChain<support::Task, support::WaitingEdge<1, 2>, Bad> const& chain) {
    return chain.get_interested_users(1);
}
