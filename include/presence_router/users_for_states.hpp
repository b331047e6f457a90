// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/containers.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <iosfwd>
#include <map>
#include <set>

namespace presence_router::inline v0 {

/// Who receives which states: viewer -> states.
template <class Id, class State>
using BasicUsersForStates = map_for_t<Id, set_for_t<State>>;

/// The same in the Matrix vocabulary: `std::map<UserId, std::set<UserPresenceState>>`.
using UsersForStates = BasicUsersForStates<UserId, UserPresenceState>;

/// Writes one line for each viewer: `@alice:x <- {@bob:x online, @charlie:x offline}`.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             UsersForStates const& routes) {
    for (auto const& [viewer, states] : routes) {
        out << viewer << " <- {";
        char const* separator = "";
        for (UserPresenceState const& state : states) {
            out << separator << state;
            separator = ", ";
        }
        out << "}\n";
    }
    return out;
}

} // namespace presence_router::inline v0
