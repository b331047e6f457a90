// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_id.hpp>

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace support {

/// A directory of Matrix users and rooms.
class RoomBook {
public:
    using Users = std::set<presence_router::UserId>;

    RoomBook() = default;
    RoomBook(std::initializer_list<std::pair<std::string, Users>> rooms) {
        for (auto const& [room, members] : rooms)
            for (auto const& member : members) join(room, member);
    }

    void join(std::string const& room, presence_router::UserId const& user) {
        members_[room].insert(user);
        rooms_[user].insert(room);
    }

    std::set<std::string> const& rooms_of(presence_router::UserId const& user) const {
        static std::set<std::string> const none;
        auto const found = rooms_.find(user);
        return found == rooms_.end() ? none : found->second;
    }

    Users const& members_of(std::string const& room) const {
        static Users const none;
        auto const found = members_.find(room);
        return found == members_.end() ? none : found->second;
    }

private:
    std::map<std::string, Users> members_;
    std::map<presence_router::UserId, std::set<std::string>> rooms_;
};

/// The same, with the question that saves looking through a range.
struct AskedRoomBook : RoomBook {
    using RoomBook::RoomBook;
    bool is_member(std::string const& room, presence_router::UserId const& user) const {
        return members_of(room).contains(user);
    }
};

} // namespace support
