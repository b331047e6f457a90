// SPDX-License-Identifier: BSL-1.0
// expect: MSC4325 needs a Directory of UserIds, and of room ids that are text
// within: 30
#include <presence_router/presence_router.hpp>

using namespace presence_router;

struct NumberedRooms {
    std::vector<int> rooms_of(UserId const&) const;
    std::vector<UserId> members_of(int) const;
};

bool ask(msc4325_2026_01_23::PresenceSharingConfigs const& configs, NumberedRooms const& directory) {
    return msc4325_2026_01_23::PresencePrivacy{configs, directory}.sees("@a:x"_user, "@b:x"_user);
}
