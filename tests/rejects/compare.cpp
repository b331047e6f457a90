// SPDX-License-Identifier: BSL-1.0
// expect: presence_router: compare takes two routers of one vocabulary: their user_id_type and their state_type are the same
// within: 30
#include <presence_router/presence_router.hpp>

using namespace presence_router;

struct Note {
    int user_id;
    auto operator<=>(Note const&) const = default;
};

int main() {
    BasicRouteTable<int, Note> const notes;
    return compare(RouteTable{}, notes, std::vector<UserPresenceState>{}).empty();
}
