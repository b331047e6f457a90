// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/predicates/predicate.hpp>

#include <concepts>

namespace presence_router::inline v0 {

namespace detail {

template <class D, class Room>
concept HasIsDirect = requires(D const& directory, Room const& room) {
    { directory.is_direct(room) } -> std::convertible_to<bool>;
};

struct DirectChats : Predicate<DirectChats> {
    template <class D, class Room>
        requires ListsMembersOf<D, Room>
    constexpr bool operator()(D const& directory, Room const& room) const noexcept(requires {
        { directory.is_direct(room) } noexcept;
    }) {
        constexpr bool knows = HasIsDirect<D, Room>; // not the concept, whose parts a compiler would list
        static_assert(knows,
                      "presence_router: direct_chats asks the directory for is_direct(room) const -> bool. "
                      "Add it, or tell direct chats by a predicate of your own, called with (room) or "
                      "(directory, room).");
        if constexpr (knows) return static_cast<bool>(directory.is_direct(room));
        else return false;
    }
};

} // namespace detail

/// The room predicate "is a direct chat": `SharedRooms{directory, direct_chats}`.
/// Requires: the directory has `is_direct(room) const -> bool`.
inline constexpr detail::DirectChats direct_chats{};

} // namespace presence_router::inline v0
