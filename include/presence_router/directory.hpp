// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

template <class D>
concept HasRoomsOf = requires(D const& directory, user_id_t<D> const& user) {
    { directory.rooms_of(user) } -> InputRange;
};

template <class D>
using rooms_of_t = decltype(std::declval<D const&>().rooms_of(std::declval<user_id_t<D> const&>()));

} // namespace detail

/// The room id type of a directory: what its `rooms_of` lists.
template <detail::HasRoomsOf D>
using room_id_t = std::remove_cvref_t<detail::reference_t<detail::rooms_of_t<D>>>;

/// Who is joined to which rooms, as the host knows it; default audiences and privacy rules look it up.
///   rooms_of(user) const     the rooms that the user is joined to, each once: an input range of room ids
///   members_of(room) const   the users who are joined to the room, each once: an input range of user ids
/// The two agree: a room is among a user's exactly if the user is among its members. What is unknown has
/// none. It may state `user_id_type`; without it, it speaks of UserId. Room ids have `==`.
/// It may also have `is_member(room, user) const -> bool`, which is then asked instead of looking through a
/// range, and `servers_of(room) const`, an input range of the names of the servers that the members live on,
/// which is then asked instead of looking at every member.
template <class D>
concept Directory = detail::HasRoomsOf<D> &&
                    requires(D const& directory, user_id_t<D> const& user, room_id_t<D> const& room) {
                        { directory.members_of(room) } -> detail::RangeOf<user_id_t<D>>;
                        { room == room } -> std::convertible_to<bool>;
                    };

namespace detail {

template <class D>
concept HasIsMember = requires(D const& directory, room_id_t<D> const& room, user_id_t<D> const& user) {
    { directory.is_member(room, user) } -> std::convertible_to<bool>;
};

template <class D>
concept HasServersOf = requires(D const& directory, room_id_t<D> const& room) {
    { directory.servers_of(room) } -> RangeOf<std::string_view>;
};

} // namespace detail

} // namespace presence_router::inline v0
