// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/room_mates.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/privacy/msc4495/presence_sharing.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::msc4495_2026_07_15 {

/// MSC4495 selective presence, as of 2026-07-15. The viewers of a subject are, in this order,
///   1. the members of the subject's rooms that the subject allows and whose hint is `suggest`,
///   2. but nobody from a server that the subject denies;
///   3. who is on the own server and shares a room with the subject, if the subject shares locally;
///   4. whom the subject allows, if they share a room;
///   5. but nobody whom the subject denies, and not the subject.
/// Without account data there are none. Ignored users are not left out, as the authors want it, and the
/// subject's own devices are not this router's to serve. To share a room is what a server SHOULD demand in 3
/// and 4; here it is demanded, so every viewer shares one.
///
/// Is made from
///   own_server   the server name of local users
///   directory    a Directory of UserIds, and of room ids that are text; refers to it
///   sharing_of   `sharing_of(user) -> PresenceSharing const*`, nullptr for none; read during the call only
///   hint_of      `hint_of(room) -> RoomHint`, of a room id of the directory
/// Requires: what the directory answers does not change within a call.
/// Complexity: streaming is linear in the members of the user's rooms and keeps a set of the users shown;
/// `sees` is linear in the rooms of the subject, times those of the viewer where the directory has no
/// `is_member`, and allocates nothing.
/// Thread safety: as what it holds, when that is asked through const.
template <class D, class SharingOf, class HintOf>
class SelectivePresence : public RouterInterface<SelectivePresence<D, SharingOf, HintOf>> {
    static_assert(detail::MatrixDirectory<D>,
                  "presence_router: MSC4495 needs a Directory of UserIds, and of room ids that are text.");
    static_assert(
        std::is_invocable_r_v<PresenceSharing const*, SharingOf const&, UserId const&>,
        "presence_router: MSC4495 asks sharing_of(user) -> PresenceSharing const*, as a const object.");
    static_assert(std::is_invocable_r_v<RoomHint, HintOf const&, room_id_t<D> const&>,
                  "presence_router: MSC4495 asks hint_of(room) -> RoomHint, as a const object.");

public:
    using user_id_type = UserId;
    using state_type = UserPresenceState;
    static constexpr std::string_view name = "SelectivePresence";

    SelectivePresence(std::string own_server, D const& directory, SharingOf sharing_of, HintOf hint_of)
        : own_server_(std::move(own_server)), directory_{std::addressof(directory)},
          sharing_of_(std::move(sharing_of)), hint_of_(std::move(hint_of)) {}

    /// A directory that is about to end cannot be referred to.
    SelectivePresence(std::string, D const&&, SharingOf, HintOf) = delete;

    template <class Sink>
    void for_each_route(Batch<UserPresenceState> batch, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, UserId, UserPresenceState> gate{sink};
        auto&& open = gate.sink();
        for (UserPresenceState const& update : batch.states()) {
            PresenceSharing const* const sharing = sharing_of_(update.user_id);
            if (sharing == nullptr) continue;
            auto const lets_in = [&](auto const& room) {
                bool const by_room = is_open(*sharing, room);
                auto const rule = [this, sharing, by_room](UserId const& viewer) {
                    return shares(*sharing, by_room, viewer);
                };
                bool const any = by_room || sharing->share_locally || !sharing->users.empty();
                return any ? std::optional{rule} : std::nullopt;
            };
            auto const tell = [&](UserId const& viewer) { return open(viewer, update); };
            detail::ShowOnce<UserId, decltype(tell)> show{tell};
            if (!detail::for_each_room_mate(*directory_, update.user_id, lets_in, show)) return;
        }
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(UserId const& viewer, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, UserId> gate{sink};
        auto&& open = gate.sink();
        auto const shows = [&](auto const& room) {
            return std::optional{[&](UserId const& subject) {
                PresenceSharing const* const sharing = sharing_of_(subject);
                return sharing != nullptr && shares(*sharing, is_open(*sharing, room), viewer);
            }};
        };
        detail::ShowOnce<UserId, std::remove_reference_t<decltype(open)>> show{open};
        detail::for_each_room_mate(*directory_, viewer, shows, show);
        return std::nullopt;
    }

    [[nodiscard]] std::set<UserPresenceState> states_for_user(UserId const& viewer,
                                                              Batch<UserPresenceState> batch) const {
        return detail::states_about(batch.states(),
                                    [&](UserId const& subject) { return sees(viewer, subject); });
    }

    [[nodiscard]] bool sees(UserId const& viewer, UserId const& subject) const {
        if (viewer == subject) return false;
        PresenceSharing const* const sharing = sharing_of_(subject);
        return sharing != nullptr && detail::share_room(*directory_, subject, viewer, [&](auto const& room) {
                   return shares(*sharing, is_open(*sharing, room), viewer);
               });
    }

private:
    template <class Room>
    bool is_open(PresenceSharing const& sharing, Room const& room) const {
        return sharing.allowed_rooms.contains(detail::room_text(room)) && hint_of_(room) == RoomHint::suggest;
    }

    /// Steps 1 to 5 from the last to the first, for who shares a room; `open`: by step 1 it is one of theirs.
    bool shares(PresenceSharing const& sharing, bool open, UserId const& viewer) const {
        if (auto const rule = sharing.users.find(viewer); rule != sharing.users.end())
            return rule->second == UserRule::allow;
        if (sharing.share_locally && viewer.server_name() == own_server_) return true;
        return open && !sharing.denied_servers.contains(viewer.server_name());
    }

    std::string own_server_;
    D const* directory_;
    SharingOf sharing_of_;
    HintOf hint_of_;
};

} // namespace presence_router::inline v0::msc4495_2026_07_15
