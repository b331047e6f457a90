// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/containers.hpp>
#include <presence_router/user_id.hpp>

#include <iosfwd>
#include <set>
#include <variant>

namespace presence_router::inline v0 {

/// Whose presence a viewer receives: these users, or all of them.
template <class Id>
using BasicInterestedUsers = std::variant<set_for_t<Id>, AllUsers>;

/// The same in the Matrix vocabulary: `std::variant<std::set<UserId>, AllUsers>`.
using InterestedUsers = BasicInterestedUsers<UserId>;

/// Writes `all users` or `{@a:x, @b:x}`.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             InterestedUsers const& interest) {
    auto const* const users = std::get_if<0>(&interest);
    if (!users) return out << all_users;
    char const* separator = "{";
    for (UserId const& user : *users) {
        out << separator << user;
        separator = ", ";
    }
    return out << (users->empty() ? "{}" : "}");
}

} // namespace presence_router::inline v0
