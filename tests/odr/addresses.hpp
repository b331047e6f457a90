// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/format.hpp>
#include <presence_router/presence_router.hpp>

#include <array>
#include <cstddef>

using Addresses = std::array<void const*, 15>;

// static: each source file has its own, and so takes the addresses that it sees.
static inline Addresses addresses_of_this_file() {
    using namespace presence_router;
    return {&get_users_for_states,
            &get_interested_users,
            &for_each_route,
            &for_each_subject,
            &states_for_user,
            &sees,
            &presence_for,
            &status_for,
            &local_presence_for,
            &presence_of,
            &subject_of,
            &state_about<UserPresenceState>,
            &all_users,
            "@alice:example.org"_user.str().data(), // the one id that all equal literals share
            &detail::routes_nobody<PresenceRouterChain<>>};
}
