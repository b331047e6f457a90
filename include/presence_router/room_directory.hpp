// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/relation.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace presence_router::inline v0 {

/// Who is joined to which rooms, held in memory: a Directory for hosts that have none of their own.
/// `rooms_of` and `members_of` are views, in arbitrary order, that live until the directory changes; to ask
/// allocates nothing. Room ids are of any type that a Relation can hold.
/// Models: Directory.
/// Complexity, memory, thread safety: as Relation.
template <class Id, class Room>
class BasicRoomDirectory {
    using Joined = Relation<Id, Room>;
    static constexpr bool nothrow_find = noexcept(
        std::declval<Joined const&>().contains(std::declval<Id const&>(), std::declval<Room const&>()));

public:
    using user_id_type = Id;

    /// False if the user was joined already. Strong guarantee.
    bool join(Id const& user, Room const& room) { return joined_.add(user, room); }

    /// False if the user was not joined.
    bool leave(Id const& user, Room const& room) noexcept(nothrow_find) { return joined_.remove(user, room); }

    /// The user leaves all rooms; tells how many they were.
    std::size_t leave_all(Id const& user) noexcept(nothrow_find) { return joined_.erase_from(user); }

    /// All members leave the room; tells how many they were.
    std::size_t close(Room const& room) noexcept(nothrow_find) { return joined_.erase_to(room); }

    [[nodiscard]] auto rooms_of(Id const& user) const noexcept(nothrow_find) { return joined_.view_to(user); }
    [[nodiscard]] auto members_of(Room const& room) const noexcept(nothrow_find) {
        return joined_.view_from(room);
    }

    [[nodiscard]] bool is_member(Room const& room, Id const& user) const noexcept(nothrow_find) {
        return joined_.contains(user, room);
    }
    [[nodiscard]] std::size_t member_count(Room const& room) const noexcept(nothrow_find) {
        return joined_.count_from(room);
    }

private:
    Joined joined_;
};

/// The room directory of the Matrix vocabulary; a room id is text.
using RoomDirectory = BasicRoomDirectory<UserId, std::string>;

} // namespace presence_router::inline v0
