// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/share_room.hpp>
#include <presence_router/directory.hpp>
#include <presence_router/user_id.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// Relations that hold by shared rooms: what the rule sets of the Matrix proposals have in common.
namespace presence_router::inline v0::detail {

template <class Room>
concept RoomText = requires(Room const& room) {
    { room } -> std::convertible_to<std::string_view>;
} || requires(Room const& room) {
    { room.str() } -> std::convertible_to<std::string_view>;
};

/// A room id as the text it is in account data: a view, or a string if `str()` makes what would be gone.
template <RoomText Room>
constexpr auto room_text(Room const& room) {
    if constexpr (std::convertible_to<Room const&, std::string_view>) {
        return static_cast<std::string_view>(room);
    } else {
        using Text = decltype(room.str());
        constexpr bool stays = std::is_lvalue_reference_v<Text> || std::is_trivially_destructible_v<Text>;
        if constexpr (stays) return static_cast<std::string_view>(room.str());
        else return std::string{static_cast<std::string_view>(room.str())};
    }
}

/// A directory of Matrix users and rooms.
template <class D>
concept MatrixDirectory = Directory<D> && std::same_as<user_id_t<D>, UserId> && RoomText<room_id_t<D>>;

/// Shows to `show` who shares a room with `user`, once for each room, until it answers false, and tells
/// whether it did not. Of `room` those are shown for whom `rule(mate)` is true, where `rule` is the optional
/// predicate `rule_in(room)`; without one the room is passed over.
template <Directory D, class RuleIn, class Show>
constexpr bool for_each_room_mate(D const& directory, user_id_t<D> const& user, RuleIn const& rule_in,
                                  Show& show) {
    using Id = user_id_t<D>;
    for (auto&& room : directory.rooms_of(user)) {
        auto const rule = rule_in(std::as_const(room));
        if (!rule) continue;
        for (auto&& member : directory.members_of(room)) {
            Id const& mate = member;
            if (!(mate == user) && (*rule)(mate) && !show(mate)) return false;
        }
    }
    return true;
}

/// A sink that shows each user to another the first time only. Borrows that one, and answers as it does.
template <class Id, class Sink>
class ShowOnce {
public:
    constexpr explicit ShowOnce(Sink& sink) noexcept : sink_{sink} {}

    constexpr bool operator()(Id const& user) {
        std::size_t const before = shown_.size();
        return shown_.assign(user) < before || sink_(user);
    }

private:
    Sink& sink_;
    Numbering<Id> shown_;
};

} // namespace presence_router::inline v0::detail
