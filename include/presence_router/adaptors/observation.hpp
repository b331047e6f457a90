// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <string_view>

namespace presence_router::inline v0 {

/// The six questions a router answers: of push and of pull each in three lanes.
enum class Lane {
    canonical_push,
    canonical_pull,
    streaming_push,
    streaming_pull,
    pointwise_push,
    pointwise_pull,
};

/// The name of the member that was called; "unknown" for a value that is none of the enumerators.
[[nodiscard]] constexpr std::string_view to_string_view(Lane lane) noexcept {
    switch (lane) {
    case Lane::canonical_push:
        return "get_users_for_states";
    case Lane::canonical_pull:
        return "get_interested_users";
    case Lane::streaming_push:
        return "for_each_route";
    case Lane::streaming_pull:
        return "for_each_subject";
    case Lane::pointwise_push:
        return "states_for_user";
    case Lane::pointwise_pull:
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
    Lane lane = Lane::pointwise_pull;
    std::size_t shown = 0;  // routes, subjects or states in the answer; of `sees` 1 for yes, 0 for no
    bool all_users = false; // the answer is all users
    bool failed = false;    // the router threw; what it had shown by then is counted
    std::chrono::nanoseconds duration{}; // what the sink took of it included
};

} // namespace presence_router::inline v0
