// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <functional>
#include <type_traits>

namespace presence_router::inline v0::detail {

template <class D, class Room>
concept ListsMembersOf = requires(D const& directory, Room const& room) { directory.members_of(room); };

/// Asks a predicate.
template <class P, class... Asked>
    requires std::predicate<P const&, Asked const&...>
constexpr bool
decide(P const& predicate,
       Asked const&... asked) noexcept(std::is_nothrow_invocable_v<P const&, Asked const&...>) {
    // Called by itself where that will do: what a compiler says of it is then not buried below std::invoke.
    if constexpr (std::is_member_pointer_v<P>) return static_cast<bool>(std::invoke(predicate, asked...));
    else return static_cast<bool>(predicate(asked...));
}

/// Asks a predicate about a room of a directory; this one takes the room alone.
template <class P, class D, class Room>
    requires(!std::predicate<P const&, D const&, Room const&>) && ListsMembersOf<D, Room> &&
            std::predicate<P const&, Room const&>
constexpr bool decide(P const& predicate, D const&,
                      Room const& room) noexcept(std::is_nothrow_invocable_v<P const&, Room const&>) {
    return static_cast<bool>(std::invoke(predicate, room));
}

template <class P, class... Asked>
concept Decides =
    requires(P const& predicate, Asked const&... asked) { detail::decide(predicate, asked...); };

template <class P, class... Asked>
inline constexpr bool nothrow_decides = requires(P const& predicate, Asked const&... asked) {
    { detail::decide(predicate, asked...) } noexcept;
};

} // namespace presence_router::inline v0::detail
