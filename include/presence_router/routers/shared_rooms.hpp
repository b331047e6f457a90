// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/check_directory.hpp>
#include <presence_router/detail/decide.hpp>
#include <presence_router/detail/distinct_elements.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/nothrow_range.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/share_room.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/detail/stored.hpp>
#include <presence_router/directory.hpp>
#include <presence_router/predicates/every_room.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/subject_of.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// The default audience of a chat server: everybody receives the presence of those they share a room with.
/// The relation is symmetric. A room that the predicate, `predicate(room)` or `predicate(directory, room)`,
/// does not allow is as if it were not there. Nobody receives their own presence; see OwnPresence.
///   SharedRooms{directory}   SharedRooms{directory, at_most(500) && !one_of(lobby)}
/// The states are the directory's `state_type`, UserPresenceState where it states none, or the third
/// argument.
/// Requires: what `rooms_of` and `members_of` answer is valid until the call of this router ends. The rooms
/// of a user, and so the audience, do not change within a call.
/// Complexity: to stream is linear in the members of the user's rooms, shows each of them once, and takes no
/// memory for users of one room, else some 20 bytes for each member, for the time of the call; all are
/// gathered before the first is shown. `sees` asks `is_member` for each room of the one who is in fewer, or
/// compares the two lists of rooms, and takes no memory.
/// Lifetime: refers to the directory.
/// Thread safety: as the directory and the predicate, when called through const; there is no state besides.
template <class D, class RoomPredicate = EveryRoom, class State = state_t<D>>
class SharedRooms : public RouterInterface<SharedRooms<D, RoomPredicate, State>>,
                    detail::Stored<0, RoomPredicate> {
public:
    using user_id_type = user_id_t<D>;
    using state_type = State;
    static constexpr std::string_view name = "SharedRooms";

private:
    using Id = user_id_type;

    static constexpr bool is_directory = detail::directory_fault<D>() == detail::DirectoryFault::none;
    static constexpr bool is_about_users = requires(State const& state) {
        { presence_router::subject_of(state) } -> std::convertible_to<Id const&>;
    };
    static constexpr bool is_on_rooms = [] {
        if constexpr (is_directory) return detail::Decides<RoomPredicate, D, room_id_t<D>>;
        else return true;
    }();

    static_assert(detail::check_directory<D>());
    static_assert(
        is_about_users,
        "presence_router: the states of SharedRooms are not about the users of its directory. State "
        "state_type in the directory, or name it: SharedRooms<Directory, RoomPredicate, State>.");
    static_assert(is_on_rooms,
                  "presence_router: the room predicate of SharedRooms is called with (room) or with "
                  "(directory, room), as a const object, and answers bool.");

    // What was refused is not asked, and says nothing more.
    static constexpr bool fits = is_directory && is_about_users && is_on_rooms;

    static constexpr bool nothrow_sees = [] {
        if constexpr (fits)
            return requires(D const& directory, Id const& user, room_id_t<D> const& room) {
                { directory.rooms_of(user) } noexcept;
                requires detail::NothrowRange<detail::rooms_of_t<D>>;
                requires detail::nothrow_decides<RoomPredicate, D, room_id_t<D>>;
                requires detail::nothrow_same_key<Id>;
                { room == room } noexcept;
                requires !detail::HasIsMember<D> || noexcept(directory.is_member(room, user));
            };
        else return true;
    }();

public:
    constexpr explicit SharedRooms(D const& directory, RoomPredicate predicate = RoomPredicate())
        : detail::Stored<0, RoomPredicate>(std::move(predicate)), directory_{std::addressof(directory)} {}

    /// A directory that is about to end cannot be referred to.
    SharedRooms(D const&& directory, RoomPredicate predicate = RoomPredicate()) = delete;

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const {
        if constexpr (fits) {
            detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
            auto&& open = gate.sink();
            detail::DistinctElements<Id, detail::members_of_t<D>> others; // its memory serves all updates
            for (State const& update : batch.states())
                if (!show_others(presence_router::subject_of(update), others,
                                 [&](Id const& viewer) { return open(viewer, update); }))
                    return;
        }
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        if constexpr (fits) {
            detail::Gate<std::remove_reference_t<Sink>, Id> gate{sink};
            detail::DistinctElements<Id, detail::members_of_t<D>> others;
            show_others(viewer, others, gate.sink());
        }
        return std::nullopt;
    }

    [[nodiscard]] constexpr set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return detail::states_about(batch.states(), [&](Id const& subject) { return sees(viewer, subject); });
    }

    [[nodiscard]] constexpr bool sees(Id const& viewer, Id const& subject) const noexcept(nothrow_sees) {
        if constexpr (fits)
            return !detail::same_key(viewer, subject) &&
                   detail::share_room(*directory_, viewer, subject,
                                      [this](room_id_t<D> const& room) { return allows(room); });
        else return false;
    }

private:
    template <class Room>
    constexpr bool allows(Room const& room) const {
        return detail::decide(detail::Stored<0, RoomPredicate>::get(), *directory_, room);
    }

    /// Shows all who share a room with `user`, each once, until the sink answers false; false if it did.
    template <class Others, class Sink>
    bool show_others(Id const& user, Others& others, Sink const& sink) const {
        others.clear();
        for (auto&& room : directory_->rooms_of(user))
            if (allows(room)) others.add(directory_->members_of(room));
        return others.show([&](Id const& other) { return detail::same_key(other, user) || sink(other); });
    }

    D const* directory_;
};

} // namespace presence_router::inline v0
