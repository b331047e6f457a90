// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/breach_finder.hpp>
#include <presence_router/laws/breach.hpp>
#include <presence_router/laws/claim.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <optional>

namespace presence_router::inline v0 {

/// Looks for a law that `router` breaks, and explains the first breach; in a router that is as it claims to
/// be there is none, and where none is found there is none that the sample shows. A sample shows much if it
/// has a state of each user, and two of one. The subjects of `states` are users too, and so is whom the
/// router brings in. What has no `operator<<` is named by its place in the sample, from 0, each value counted
/// once.
///   CHECK(find_breach(router, {alice, bob}, {alice_online, bob_online, bob_offline}) == std::nullopt);
/// Requires: `R` is a router, or std::ref of one. `users` and `states` are any input ranges, or lists in
/// braces.
/// Throws: what the router throws.
/// Complexity: push is asked once for each pair of states, pull four times for each user, `states_for_user`
/// twice for each user, and `sees` at most four times for each pair of users or for each route.
template <class R>
[[nodiscard]] std::optional<Breach> find_breach(R const& router, Batch<user_id_t<R>> users,
                                                Batch<state_t<R>> states, Claim claim = Claim::relation) {
    return detail::BreachFinder<R>{router, users.states(), states.states()}.find(claim);
}

} // namespace presence_router::inline v0
