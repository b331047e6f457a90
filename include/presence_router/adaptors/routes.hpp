// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/adaptors/closure.hpp>
#include <presence_router/adaptors/filtered.hpp>
#include <presence_router/detail/filter_rule.hpp>

#include <utility>

namespace presence_router::inline v0 {

/// `router | only_routes(p)` leaves those routes only for which `p(viewer, subject)` is true;
/// `without_routes(p)` the others. A viewer whom the router answers with all users is answered so still.
/// Exact on all lanes. A deny inside one router of a chain does not deny what another router grants: put it
/// around the chain.
/// Requires: `p` is called through const, from every thread that asks the router, and answers alike while a
/// call lasts.
/// Throws: what `p` throws, from the lane that asked it; no route that `p` did not allow is shown.
template <class P>
[[nodiscard]] constexpr auto only_routes(P p) {
    using Rule = detail::FilterRule<detail::About::route, true, P>;
    return detail::ClosureWith<Filtered, Rule>(Rule(std::move(p)));
}

/// The opposite of `only_routes(p)`.
template <class P>
[[nodiscard]] constexpr auto without_routes(P p) {
    using Rule = detail::FilterRule<detail::About::route, false, P>;
    return detail::ClosureWith<Filtered, Rule>(Rule(std::move(p)));
}

} // namespace presence_router::inline v0
