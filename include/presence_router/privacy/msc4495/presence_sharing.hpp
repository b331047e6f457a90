// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_id.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>

namespace presence_router::inline v0::msc4495_2026_07_15 {

/// What a user says of one other.
enum class UserRule : unsigned char { allow, deny };

/// What a room suggests to its members by the state event `m.room.presence_sharing`; `forbid` without one.
enum class RoomHint : unsigned char { forbid, suggest };

/// The account data `m.presence.sharing` of a user: whom they share their presence with. Rooms can only be
/// allowed, servers only denied; there are no globs.
/// Source: MSC4495, as of 2026-07-15.
struct PresenceSharing {
    bool share_locally = false;
    std::map<UserId, UserRule> users{};
    std::set<std::string, std::less<>> allowed_rooms{};
    std::set<std::string, std::less<>> denied_servers{};

    friend bool operator==(PresenceSharing const&, PresenceSharing const&) = default;
};

} // namespace presence_router::inline v0::msc4495_2026_07_15
