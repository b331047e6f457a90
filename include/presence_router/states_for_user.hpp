// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/for_each_route.hpp>

namespace presence_router::inline v0 {

namespace detail {

struct states_for_user_fn {
    template <class R>
    [[nodiscard]] constexpr set_for_t<state_t<R>> operator()(R const& router, user_id_t<R> const& viewer,
                                                             Batch<state_t<R>> batch) const {
        using Asked = unwrapped_t<R>;
        static_assert(check_router<Asked>());
        if constexpr (HasStatesForUser<Asked>) {
            return unwrap(router).states_for_user(viewer, batch.states());
        } else {
            set_for_t<state_t<R>> result;
            presence_router::for_each_route(router, batch.states(),
                                            [&](user_id_t<R> const& routed, state_t<R> const& update) {
                                                if (detail::same_key(routed, viewer)) result.insert(update);
                                            });
            return result;
        }
    }
};

} // namespace detail

/// Which of these states `viewer` receives, rewritten ones as they were rewritten: equals
/// `get_users_for_states(router, batch)[viewer]`. Never derived from the pull side, which knows no states.
/// Uses the router's member of this name, else filters its routes.
/// Throws: what the router throws.
/// Complexity: as the member; else as streaming.
inline constexpr detail::states_for_user_fn states_for_user{};

} // namespace presence_router::inline v0
