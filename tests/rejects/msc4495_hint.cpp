// SPDX-License-Identifier: BSL-1.0
// expect: MSC4495 asks hint_of\(room\) -> RoomHint, as a const object
// within: 30
#include <presence_router/presence_router.hpp>

using namespace presence_router;

struct Rooms {
    std::vector<std::string> rooms_of(UserId const&) const;
    std::vector<UserId> members_of(std::string const&) const;
};

bool ask(Rooms const& directory) {
    auto const none = [](UserId const&) -> msc4495_2026_07_15::PresenceSharing const* { return nullptr; };
    auto const suggests = [](std::string const&) { return true; }; // a bool is no hint
    return msc4495_2026_07_15::SelectivePresence{"x", directory, none, suggests}.sees("@a:x"_user,
                                                                                      "@b:x"_user);
}
