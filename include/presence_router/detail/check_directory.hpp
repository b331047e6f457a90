// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/directory.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

// As in router_members.hpp: a name that two bases have is ambiguous, so this tells whether `D` has it.
struct IsMemberName {
    int is_member;
};
template <class D>
struct IsMemberLookup : D, IsMemberName {};
template <class D>
concept NamesIsMember =
    std::is_class_v<D> && !std::is_final_v<D> && !requires { &IsMemberLookup<D>::is_member; };

struct ServersOfName {
    int servers_of;
};
template <class D>
struct ServersOfLookup : D, ServersOfName {};
template <class D>
concept NamesServersOf =
    std::is_class_v<D> && !std::is_final_v<D> && !requires { &ServersOfLookup<D>::servers_of; };

template <class D>
using members_of_t = decltype(std::declval<D const&>().members_of(std::declval<room_id_t<D> const&>()));

template <class Answer>
concept Holdable = std::is_lvalue_reference_v<Answer> || std::move_constructible<std::remove_cvref_t<Answer>>;

enum class DirectoryFault { none, rooms_of, room_ids, members_of, members_immovable, is_member, servers_of };

/// The first thing that keeps `D` from being a directory.
template <class D>
consteval DirectoryFault directory_fault() {
    using enum DirectoryFault;
    if constexpr (!HasRoomsOf<D>) return rooms_of;
    else if constexpr (!std::equality_comparable<room_id_t<D>>) return room_ids;
    else if constexpr (!Directory<D>) return members_of;
    else if constexpr (!Holdable<members_of_t<D>>) return members_immovable;
    else if constexpr (!HasIsMember<D> && NamesIsMember<D>) return is_member;
    else if constexpr (!HasServersOf<D> && NamesServersOf<D>) return servers_of;
    else return none;
}

/// Refuses at compile time what is no directory, with the one sentence that tells what to do.
template <class D>
consteval bool check_directory() {
    constexpr DirectoryFault fault = directory_fault<D>();
    static_assert(
        fault != DirectoryFault::rooms_of,
        "presence_router: not a directory: lacks rooms_of(user_id_type const&) const, which answers an "
        "input range of room ids. Where it states no user_id_type, its users are UserId.");
    static_assert(fault != DirectoryFault::room_ids,
                  "presence_router: not a directory: its room ids lack ==.");
    static_assert(
        fault != DirectoryFault::members_of,
        "presence_router: not a directory: lacks members_of(room) const, for what rooms_of lists, which "
        "answers an input range of user_id_type.");
    static_assert(
        fault != DirectoryFault::members_immovable,
        "presence_router: members_of of the directory answers a range that cannot be moved. Let it answer a "
        "reference, or a view.");
    static_assert(
        fault != DirectoryFault::is_member,
        "presence_router: is_member of the directory does not fit: it is is_member(room, user) const -> "
        "bool. Mend it, or take it away for the slower way.");
    static_assert(fault != DirectoryFault::servers_of,
                  "presence_router: servers_of of the directory does not fit: it is servers_of(room) const, "
                  "and answers "
                  "an input range of texts. Mend it, or take it away for the slower way.");
    return true;
}

} // namespace presence_router::inline v0::detail
