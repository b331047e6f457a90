// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/grouped_states.hpp>
#include <presence_router/detail/borrowed_batch.hpp>
#include <presence_router/detail/check_interest.hpp>
#include <presence_router/detail/decide.hpp>
#include <presence_router/detail/number_grouper.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/detail/show_viewers.hpp>
#include <presence_router/directory.hpp>
#include <presence_router/predicates/every_room.hpp>
#include <presence_router/router_vocabulary.hpp>
#include <presence_router/subject_of.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// Whom to wake on this server: what `interested_parties` answers.
template <class Id, class Room, class State>
struct BasicInterestedParties {
    /// The rooms of the users whose states these are. A state that is given twice is there twice.
    GroupedStates<Room, State> rooms{};
    /// First the users themselves, each with their own states, and then whom the router routes to, each state
    /// once more: a state that is routed to its own user is there twice. Who is routed to without a state has
    /// an empty list.
    GroupedStates<Id, State> users{};
};

/// The answer in the Matrix vocabulary, for a directory whose room ids are text.
using InterestedParties = BasicInterestedParties<UserId, std::string, UserPresenceState>;

/// Which rooms and which users of this server are to be told of the updates in `batch`. The router is asked
/// once for all of them, even if there are none. A room that the predicate, `counts(room)` or
/// `counts(directory, room)`, does not allow is passed over as a room; it changes nothing for the users.
///   interested_parties(chain, updates, directory, !one_of(lobby))
/// Requires: fewer than 2^32 routes, and rooms of the users.
/// Throws: what the router, the directory and the predicate throw.
/// Complexity: that of the router; linear in the routes and in the rooms of the users, for ids with a hash.
/// Lifetime: the answer borrows the batch. Room ids are copied; one that only points has to stay valid.
/// Source: Synapse's `get_interested_parties`.
template <class R, class B, class D, class RoomPredicate = EveryRoom>
[[nodiscard]] auto interested_parties(R const& router, B&& batch, D const& directory,
                                      RoomPredicate const& counts = {}) {
    if constexpr (detail::check_interest<R, B, D, RoomPredicate>()) {
        using Id = user_id_t<R>;
        using State = state_t<R>;
        std::span<State const> const updates = detail::borrowed_states<State>(batch);
        auto const states = std::make_shared<detail::NumberedStates<State>>(updates);
        detail::NumberGrouper<room_id_t<D>> rooms;
        detail::NumberGrouper<Id> users;
        for (std::uint32_t number = 0; number < updates.size(); ++number) {
            auto&& subject = presence_router::subject_of(updates[number]);
            for (auto&& room : directory.rooms_of(subject))
                if (detail::decide(counts, directory, std::as_const(room))) rooms.add(room, number);
            users.add(subject, number);
        }
        detail::show_viewers(router, updates, *states,
                             [&](Id const& viewer, std::vector<std::uint32_t> const& numbers) {
                                 users.add_all(viewer, numbers);
                             });
        return BasicInterestedParties<Id, room_id_t<D>, State>{{std::move(rooms), states},
                                                               {std::move(users), states}};
    }
}

} // namespace presence_router::inline v0
