// SPDX-License-Identifier: BSL-1.0
// expect: an adaptor on a router that waits answers with a coroutine
// expect: Bad
// within: 40
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

struct Soon {
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<>);
    support::Routed await_resume();
};
struct Bad : support::SpeaksNotes {
    Soon get_users_for_states(std::span<support::Note const>) const;
    support::Task<support::Interest> get_interested_users(int) const;
};

auto ask() {
    return Bad{} | guarded([](std::exception_ptr) {});
}
