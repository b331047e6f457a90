// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: only_routes and without_routes take a predicate on routes
#include <presence_router/presence_router.hpp>

using namespace presence_router;

int main() {
    auto const on_users = [](UserId const&) { return true; };
    return (Broadcast{"@monitor:x"_user} | without_routes(on_users)).sees("@a:x"_user, "@b:x"_user);
}
