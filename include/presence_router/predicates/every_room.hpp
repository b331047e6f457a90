// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace presence_router::inline v0 {

/// The room predicate that allows every room: what `SharedRooms` asks where it is given none.
struct EveryRoom {
    constexpr bool operator()(auto const&) const noexcept { return true; }
};

} // namespace presence_router::inline v0
