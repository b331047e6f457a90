// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/decide.hpp>
#include <presence_router/detail/groups.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/server_names.hpp>
#include <presence_router/directory.hpp>
#include <presence_router/server_name_of.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace presence_router::inline v0::detail {

/// Numbers once each, while they are told apart by who asks.
class OnceEach {
public:
    /// True the first time that `number` comes since `begin`.
    bool is_new(std::uint32_t number) {
        if (number >= last_.size()) last_.resize(number + std::size_t{1});
        if (last_[number] == round_) return false;
        last_[number] = round_;
        return true;
    }
    void begin() noexcept { ++round_; }

private:
    std::vector<std::uint32_t> last_; // the round it came in last
    std::uint32_t round_ = 0;
};

/// On which servers the members of rooms live. A room is looked up once, however often it is asked for.
template <class D, class RoomPredicate>
class RoomServers {
    using Room = room_id_t<D>;

public:
    RoomServers(D const& directory, RoomPredicate const& counts, ServerNames& names) noexcept
        : directory_{directory}, counts_{counts}, names_{names} {}

    /// The numbers of their names, each once; of a room that does not count none. Valid until the next call.
    Groups::Numbers of(Room const& room) {
        std::uint32_t const number = rooms_.assign(room);
        if (number == servers_.size()) {
            if (decide(counts_, directory_, room)) look_up(room);
            servers_.end_group();
        }
        return servers_[number];
    }

private:
    void look_up(Room const& room) {
        once_.begin();
        auto const add = [&](std::string_view name) {
            std::uint32_t const server = names_.assign(name);
            if (once_.is_new(server)) servers_.add(server);
        };
        if constexpr (HasServersOf<D>) {
            for (auto&& server : directory_.servers_of(room)) add(server);
        } else {
            for (auto&& member : directory_.members_of(room))
                if (std::optional<std::string_view> const name =
                        presence_router::server_name_of(static_cast<user_id_t<D> const&>(member)))
                    add(*name);
        }
    }

    D const& directory_;
    RoomPredicate const& counts_;
    ServerNames& names_;
    Numbering<Room> rooms_;
    Groups servers_;
    OnceEach once_;
};

} // namespace presence_router::inline v0::detail
