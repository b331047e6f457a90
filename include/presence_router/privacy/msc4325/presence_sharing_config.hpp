// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/glob.hpp>
#include <presence_router/user_id.hpp>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0::msc4325_2026_01_23 {

/// One list of `m.presence_sharing_config`, by what its entries are.
struct SharingList {
    std::set<UserId> users;
    std::vector<Glob> globs; // for user ids
    std::set<std::string, std::less<>> rooms;

    SharingList() = default;

    /// The entries that are any; what `add` refuses is passed over.
    SharingList(std::initializer_list<std::string_view> entries) {
        for (std::string_view const entry : entries) add(entry);
    }

    /// Adds an entry. It begins with '@' and is a user id, or with `*` or `?` in it a glob for user ids; or
    /// it begins with '!' and is a room id, which is never a glob. False for anything else: it can match
    /// nothing.
    bool add(std::string_view entry) {
        if (entry.starts_with('!')) {
            rooms.emplace(entry);
            return true;
        }
        if (!entry.starts_with('@')) return false;
        if (entry.find_first_of("*?") != std::string_view::npos) {
            globs.emplace_back(entry);
            return true;
        }
        std::optional<UserId> user = UserId::parse(entry);
        return user && (users.insert(*std::move(user)), true);
    }

    [[nodiscard]] bool matches_glob(UserId const& user) const noexcept {
        return std::any_of(globs.begin(), globs.end(),
                           [&user](Glob const& glob) { return glob.matches(user.str()); });
    }

    /// Whether `user` is listed, or matches a glob that is. Complexity: O(log users + globs).
    [[nodiscard]] bool matches(UserId const& user) const noexcept {
        return users.contains(user) || matches_glob(user);
    }

    friend bool operator==(SharingList const&, SharingList const&) = default;
};

/// The account data `m.presence_sharing_config` of a user: whom they share their presence with.
/// Source: MSC4325, as of 2026-01-23.
struct PresenceSharingConfig {
    SharingList allowed_users{};
    SharingList denied_users{};

    /// Whether sharing this room gives presence: it is allowed, or not denied.
    [[nodiscard]] bool room_counts(std::string_view room) const {
        return !denied_users.rooms.contains(room) || allowed_users.rooms.contains(room);
    }

    /// Takes the room off both lists, as the proposal asks of servers when the user leaves it; whether it was
    /// on one. (A router passes over rooms of which the user is no member.)
    bool remove_room(std::string_view room) {
        auto const remove = [room](auto& rooms) {
            auto const found = rooms.find(room);
            return found != rooms.end() && (rooms.erase(found), true);
        };
        bool const allowed = remove(allowed_users.rooms);
        return remove(denied_users.rooms) || allowed;
    }

    friend bool operator==(PresenceSharingConfig const&, PresenceSharingConfig const&) = default;
};

} // namespace presence_router::inline v0::msc4325_2026_01_23
