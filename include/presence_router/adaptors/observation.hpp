// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <string_view>

namespace presence_router::inline v0 {

/// The six questions a router answers.
enum class Lane {
    get_users_for_states,
    get_interested_users,
    for_each_route,
    for_each_subject,
    states_for_user,
    sees,
};

/// The name of the member; "unknown" for a value that is none of the enumerators.
[[nodiscard]] constexpr std::string_view to_string_view(Lane lane) noexcept {
    switch (lane) {
    case Lane::get_users_for_states:
        return "get_users_for_states";
    case Lane::get_interested_users:
        return "get_interested_users";
    case Lane::for_each_route:
        return "for_each_route";
    case Lane::for_each_subject:
        return "for_each_subject";
    case Lane::states_for_user:
        return "states_for_user";
    case Lane::sees:
        return "sees";
    }
    return "unknown";
}

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, Lane lane) {
    std::string_view const name = to_string_view(lane);
    return out << std::basic_string_view<char, Traits>{name.data(), name.size()};
}

/// One call of a router, as `observed` reports it.
struct Observation {
    Lane lane = Lane::sees;
    std::size_t shown = 0;  // routes, subjects or states in the answer; of `sees` 1 for yes, 0 for no
    bool all_users = false; // the answer is all users
    bool failed = false;    // the router threw; what it had shown by then is counted
    std::chrono::nanoseconds duration{}; // what the sink took of it included
};

} // namespace presence_router::inline v0
