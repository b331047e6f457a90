// SPDX-License-Identifier: BSL-1.0
#include "laws/sample.hpp"

#include "support/room_book.hpp"

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// The privacy rules keep the laws, whatever the rooms and what users share. (Whom they let in, their own tests say.)
namespace laws {

using Joined = std::vector<std::pair<Before, Viewer>>;          // room, member
using Shared = std::vector<std::tuple<Viewer, Before, Viewer>>; // whose, what, about whom or which room

inline std::string room(int number) { return "!" + std::to_string(number % 3); }

inline support::RoomBook book_of(Joined const& joined) {
    support::RoomBook book;
    for (auto const& [in, member] : joined) book.join(room(in.count), Matrix::user(member.number));
    return book;
}

inline void msc4325() {
    using namespace msc4325_2026_01_23;
    law("MSC4325", "PresencePrivacy",
        [](Joined const& joined, Shared const& shared, Shared const& ignored, bool yields,
           Updates const& updates) {
            std::map<int, PresenceSharingConfig> drawn;
            for (auto const& [whose, what, about] : shared) {
                PresenceSharingConfig& config = drawn[whose.number];
                SharingList& list = what.count % 2 == 0 ? config.allowed_users : config.denied_users;
                std::string const user{Matrix::user(about.number).str()};
                switch (what.count / 2) {
                case 0:
                    list.add("@*:*");
                    break;
                case 1:
                    list.add("@?" + user.substr(2));
                    break;
                case 2:
                case 3:
                    list.add(user);
                    break;
                default:
                    list.add(room(about.number));
                    break;
                }
            }
            PresenceSharingConfigs configs;
            for (auto const& [user, config] : drawn) configs.set(Matrix::user(user), config);
            auto const ignores = [&](UserId const& user, UserId const& other) {
                for (auto const& [whose, what, about] : ignored)
                    if (Matrix::user(whose.number) == user && Matrix::user(about.number) == other)
                        return true;
                return false;
            };
            support::RoomBook const book = book_of(joined);
            std::set<UserId> const known{Matrix::user(0), Matrix::user(1), Matrix::user(2)};
            PresencePrivacy const router{configs, book, ignores, known,
                                         yields ? ExplicitAllow::yields_to_deny : ExplicitAllow::beats_deny};
            assert_none(find_breach(router, users<Matrix>(), states<Matrix>(updates)));
        });
}

inline void msc4495() {
    using namespace msc4495_2026_07_15;
    law("MSC4495", "SelectivePresence",
        [](Joined const& joined, Shared const& shared, bool here, Updates const& updates) {
            std::map<UserId, PresenceSharing> drawn;
            for (auto const& [whose, what, about] : shared) {
                PresenceSharing& sharing = drawn[Matrix::user(whose.number)];
                switch (what.count % 5) {
                case 0:
                    sharing.share_locally = true;
                    break;
                case 1:
                    sharing.users[Matrix::user(about.number)] = UserRule::allow;
                    break;
                case 2:
                    sharing.users[Matrix::user(about.number)] = UserRule::deny;
                    break;
                case 3:
                    sharing.allowed_rooms.insert(room(about.number));
                    break;
                case 4:
                    sharing.denied_servers.insert("example.org");
                    break;
                }
            }
            auto const sharing_of = [&](UserId const& user) -> PresenceSharing const* {
                auto const found = drawn.find(user);
                return found == drawn.end() ? nullptr : &found->second;
            };
            auto const hint_of = [](std::string const& id) {
                return id == room(0) ? RoomHint::forbid : RoomHint::suggest;
            };
            support::RoomBook const book = book_of(joined);
            SelectivePresence const router{here ? "example.org" : "elsewhere.org", book, sharing_of, hint_of};
            assert_none(find_breach(router, users<Matrix>(), states<Matrix>(updates)));
        });
}

} // namespace laws

int main() {
    laws::msc4325();
    laws::msc4495();
    return laws::all_hold ? 0 : 1;
}
