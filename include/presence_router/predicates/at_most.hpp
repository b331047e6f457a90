// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/directory.hpp>
#include <presence_router/predicates/predicate.hpp>

#include <concepts>
#include <cstddef>
#include <range/v3/range/access.hpp>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/primitives.hpp>
#include <ranges>

namespace presence_router::inline v0 {

namespace detail {

template <class D>
concept HasMemberCount = requires(D const& directory, room_id_t<D> const& room) {
    { directory.member_count(room) } -> std::convertible_to<std::size_t>;
};

class AtMost : public Predicate<AtMost> {
public:
    constexpr explicit AtMost(std::size_t members) noexcept : members_{members} {}

    template <Directory D>
    constexpr bool operator()(D const& directory, room_id_t<D> const& room) const {
        if constexpr (HasMemberCount<D>) {
            return static_cast<std::size_t>(directory.member_count(room)) <= members_;
        } else {
            std::size_t left = members_;
            for (auto&& member : directory.members_of(room)) {
                static_cast<void>(member);
                if (left-- == 0) return false;
            }
            return true;
        }
    }

private:
    std::size_t members_;
};

} // namespace detail

/// The room predicate "has at most so many members": `SharedRooms{directory, at_most(500)}`.
/// Complexity: that of `directory.member_count(room)`, where the directory has it; else the members are
/// counted, up to the first too many.
[[nodiscard]] constexpr auto at_most(std::size_t members) noexcept { return detail::AtMost(members); }

} // namespace presence_router::inline v0
