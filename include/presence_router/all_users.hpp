// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <iosfwd>

namespace presence_router::inline v0 {

/// The answer "everyone" to a viewer who asks whose presence to receive.
/// Source: Synapse's `PresenceRouter.ALL_USERS`.
struct AllUsers {
    friend bool operator==(AllUsers, AllUsers) = default;

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, AllUsers) {
        return out << "all users";
    }
};

inline constexpr AllUsers all_users{};

} // namespace presence_router::inline v0
