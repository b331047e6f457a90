// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/adaptors/closure.hpp>
#include <presence_router/adaptors/filtered.hpp>
#include <presence_router/detail/filter_rule.hpp>

#include <utility>

namespace presence_router::inline v0 {

/// `router | only_viewers(p)` routes to those viewers only for whom `p(viewer)` is true; `without_viewers(p)`
/// to the others. A refused viewer receives nobody's presence, and is not asked about below.
/// Exact on all lanes. A deny inside one router of a chain does not deny what another router grants: put it
/// around the chain.
/// Requires: `p` is called through const, from every thread that asks the router, and answers alike while a
/// call lasts.
/// Throws: what `p` throws, from the lane that asked it; no route that `p` did not allow is shown.
template <class P>
[[nodiscard]] constexpr auto only_viewers(P p) {
    using Rule = detail::FilterRule<detail::About::viewer, true, P>;
    return detail::ClosureWith<Filtered, Rule>(Rule(std::move(p)));
}

/// The opposite of `only_viewers(p)`.
template <class P>
[[nodiscard]] constexpr auto without_viewers(P p) {
    using Rule = detail::FilterRule<detail::About::viewer, false, P>;
    return detail::ClosureWith<Filtered, Rule>(Rule(std::move(p)));
}

} // namespace presence_router::inline v0
