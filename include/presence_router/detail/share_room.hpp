// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/held_range.hpp>
#include <presence_router/directory.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

template <class Rooms, class Room>
constexpr bool is_among(Rooms&& rooms, Room const& wanted) {
    for (auto&& room : rooms)
        if (room == wanted) return true;
    return false;
}

/// Whether `user` is joined to `room`, of which another user is known to be a member.
template <Directory D>
constexpr bool is_joined(D const& directory, user_id_t<D> const& user, room_id_t<D> const& room) {
    if constexpr (HasIsMember<D>) return directory.is_member(room, user);
    else return is_among(directory.rooms_of(user), room); // users have fewer rooms than rooms have members
}

/// Whether the two share a room that `counts`.
/// Complexity: `is_member` for each room of the one who is in fewer, where the directory can tell who that is
/// at no cost; without it one's rooms times the other's.
template <Directory D, class Counts>
constexpr bool share_room(D const& directory, user_id_t<D> const& a, user_id_t<D> const& b,
                          Counts const& counts) {
    using Rooms = rooms_of_t<D>;
    auto const in_one_of = [&counts](auto&& rooms, auto const& has_other) {
        for (auto&& room : rooms)
            if (has_other(room) && counts(std::as_const(room))) return true;
        return false;
    };
    auto const joined = [&directory](user_id_t<D> const& user) {
        return [&](room_id_t<D> const& room) { return is_joined(directory, user, room); };
    };
    constexpr bool are_there = std::is_lvalue_reference_v<Rooms> || std::ranges::view<Rooms>; // not made anew
    if constexpr (HasIsMember<D> && are_there && std::ranges::sized_range<Rooms>) {
        auto&& of_a = directory.rooms_of(a);
        auto&& of_b = directory.rooms_of(b);
        return std::ranges::size(of_b) < std::ranges::size(of_a) ? in_one_of(of_b, joined(a))
                                                                 : in_one_of(of_a, joined(b));
    } else if constexpr (!HasIsMember<D> && MultiPass<Rooms>) { // made once, if it has to be made
        auto&& of_b = directory.rooms_of(b);
        return in_one_of(directory.rooms_of(a),
                         [&](room_id_t<D> const& room) { return is_among(of_b, room); });
    } else {
        return in_one_of(directory.rooms_of(a), joined(b));
    }
}

} // namespace presence_router::inline v0::detail
