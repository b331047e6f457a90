// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: observed\(observer\) calls observer\(Observation const&\) as a const object
// within: 30
#include <presence_router/presence_router.hpp>

using namespace presence_router;

int main() {
    auto const knows_nothing = [] {};
    return (Broadcast{"@monitor:x"_user} | observed(knows_nothing)).sees("@a:x"_user, "@b:x"_user);
}
