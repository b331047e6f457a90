// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/grouped_states.hpp>
#include <presence_router/delivery/update_servers.hpp>
#include <presence_router/detail/borrowed_batch.hpp>
#include <presence_router/detail/check_interest.hpp>
#include <presence_router/detail/groups.hpp>
#include <presence_router/detail/number_grouper.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/detail/room_servers.hpp>
#include <presence_router/detail/server_names.hpp>
#include <presence_router/detail/show_viewers.hpp>
#include <presence_router/directory.hpp>
#include <presence_router/predicates/every_room.hpp>
#include <presence_router/router_vocabulary.hpp>
#include <presence_router/server_name_of.hpp>
#include <presence_router/subject_of.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// Which servers to send to: what `interested_remotes` answers.
template <class Id, class State>
struct BasicInterestedRemotes {
    /// What is to be sent: each server's states, each once, in the order of the batch; then
    /// those that routers made themselves.
    GroupedStates<std::string, State> by_server{};
    /// Where it comes from: for each update, the servers in the rooms of its user,
    UpdateServers rooms{};
    /// and for each viewer whom the router routes to, who lives on `server_name_of(viewer)`, the states.
    /// Who is routed to without a state has an empty list here, and brings no server.
    GroupedStates<Id, State> routed{};
    /// The viewers whose ids name no server. They are left out of all the others.
    std::vector<Id> malformed{};
};

/// The answer in the Matrix vocabulary.
using InterestedRemotes = BasicInterestedRemotes<UserId, UserPresenceState>;

/// Which servers are to be told of the updates in `batch`, because users on them share a room with the user
/// or because the router routes to them. The router is asked once for all updates, even if there are none.
/// A room that the predicate, `counts(room)` or `counts(directory, room)`, does not allow is passed over;
/// it changes nothing for those whom the router routes to. A member of a room whose id names no server is
/// passed over.
///   interested_remotes(chain, updates, directory, !one_of(lobby))
/// It is the caller who gives only updates of own users, and who sends nothing to the own server, which is
/// among the servers. A router may route states of others too, and an id or a room may name the server "", as
/// in Synapse: do not send them. (Of a delivery plan, `by_server` leaves all these out.)
/// Requires: fewer than 2^32 routes, and servers of the rooms of the users.
/// Throws: what the router, the directory and the predicate throw; no id makes it fail, as Synapse's fails.
/// Complexity: that of the router; linear in the routes, in the rooms of the users, and in the servers of
/// each of these rooms once. Without `servers_of` in the directory, in the members of each of these rooms
/// once.
/// Lifetime: the answer borrows the batch.
/// Source: Synapse's `get_interested_remotes`.
template <class R, class B, class D, class RoomPredicate = EveryRoom>
[[nodiscard]] auto interested_remotes(R const& router, B&& batch, D const& directory,
                                      RoomPredicate const& counts = {}) {
    constexpr bool on_servers = detail::OnServers<user_id_t<D>>;
    static_assert(on_servers,
                  "presence_router: interested_remotes asks which server a user lives on, and the ids do not "
                  "tell: give their type a function server_name_of(id) -> std::optional<std::string_view>, "
                  "to be found by argument-dependent lookup, or a member server_name().");
    if constexpr (detail::check_interest<R, B, D, RoomPredicate>() && on_servers) {
        using Id = user_id_t<R>;
        using State = state_t<R>;
        std::span<State const> const updates = detail::borrowed_states<State>(batch);
        auto const states = std::make_shared<detail::NumberedStates<State>>(updates);
        detail::ServerNames names;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> sent; // pairs of a server and a state

        detail::RoomServers<D, RoomPredicate> room_servers{directory, counts, names};
        detail::Groups rooms;
        detail::OnceEach once;
        for (std::uint32_t number = 0; number < updates.size(); ++number) {
            once.begin();
            for (auto&& room : directory.rooms_of(presence_router::subject_of(updates[number])))
                for (std::uint32_t const server : room_servers.of(room))
                    if (once.is_new(server)) {
                        rooms.add(server);
                        sent.emplace_back(server, states->distinct_number_of(updates[number]));
                    }
            rooms.end_group();
        }

        detail::NumberGrouper<Id> routed;
        std::vector<Id> malformed;
        detail::show_viewers(router, updates, *states,
                             [&](Id const& viewer, std::vector<std::uint32_t> const& numbers) {
                                 auto const name = presence_router::server_name_of(viewer);
                                 if (!name) return malformed.push_back(viewer);
                                 routed.add_all(viewer, numbers);
                                 if (numbers.empty()) return;
                                 std::uint32_t const server = names.assign(*name);
                                 for (std::uint32_t const number : numbers) sent.emplace_back(server, number);
                             });

        detail::NumberGrouper<std::string> of_servers;
        detail::for_each_distinct(detail::Groups::of(sent, names.size()),
                                  [&](std::size_t server, std::vector<std::uint32_t> const& numbers) {
                                      of_servers.add_all(names[server], numbers);
                                  });
        return BasicInterestedRemotes<Id, State>{{std::move(of_servers), states},
                                                 {std::move(rooms), std::move(names).take()},
                                                 {std::move(routed), states},
                                                 std::move(malformed)};
    }
}

} // namespace presence_router::inline v0
