// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: only_viewers, without_viewers, only_subjects and without_subjects take a predicate on users
#include <presence_router/presence_router.hpp>

using namespace presence_router;

int main() {
    auto const on_routes = [](UserId const&, UserId const&) { return true; };
    return (Broadcast{"@monitor:x"_user} | only_viewers(on_routes)).sees("@a:x"_user, "@b:x"_user);
}
