// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/collect.hpp>
#include <presence_router/detail/router_members.hpp>

#include <concepts>
#include <type_traits>

namespace presence_router::inline v0 {

namespace detail {

struct get_users_for_states_fn {
    template <class R>
    [[nodiscard]] constexpr users_for_states_t<R> operator()(R const& router, Batch<state_t<R>> batch) const {
        using Asked = unwrapped_t<R>;
        static_assert(check_router<Asked>());
        if constexpr (asks_nobody<Asked>) {
            return {};
        } else {
            using Answer = decltype(unwrap(router).get_users_for_states(batch.states()));
            if constexpr (std::same_as<std::remove_cvref_t<Answer>, users_for_states_t<R>>) {
                return unwrap(router).get_users_for_states(batch.states());
            } else {
                return collect_routes<user_id_t<R>, state_t<R>>(batch.states(), [&](auto const& sink) {
                    show_routes<user_id_t<R>, state_t<R>>(unwrap(router).get_users_for_states(batch.states()),
                                                          sink);
                });
            }
        }
    }
};

} // namespace detail

/// Who receives which of these states: the router's member of this name, its answer in the canonical type.
/// Ensures: the result owns what it holds; a viewer is there once, each of their states once.
/// Throws: what the router throws.
/// Complexity: as the router; O(routes log routes) more if its answer has another type.
inline constexpr detail::get_users_for_states_fn get_users_for_states{};

} // namespace presence_router::inline v0
