// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/collect.hpp>
#include <presence_router/detail/router_members.hpp>

#include <concepts>
#include <type_traits>

namespace presence_router::inline v0 {

namespace detail {

struct get_interested_users_fn {
    template <class R>
    [[nodiscard]] constexpr interested_users_t<R> operator()(R const& router,
                                                             user_id_t<R> const& viewer) const {
        using Asked = unwrapped_t<R>;
        static_assert(check_router<Asked>());
        if constexpr (asks_nobody<Asked>) {
            return {};
        } else {
            using Answer = decltype(unwrap(router).get_interested_users(viewer));
            if constexpr (std::same_as<std::remove_cvref_t<Answer>, interested_users_t<R>>) {
                return unwrap(router).get_interested_users(viewer);
            } else {
                return collect_subjects<user_id_t<R>>([&](auto const& sink) {
                    return show_subjects<user_id_t<R>>(unwrap(router).get_interested_users(viewer), sink);
                });
            }
        }
    }
};

} // namespace detail

/// Whose presence `viewer` receives: the router's member of this name, its answer in the canonical type.
/// Ensures: the result owns what it holds.
/// Throws: what the router throws.
/// Complexity: as the router; O(n log n) more if its answer has another type.
inline constexpr detail::get_interested_users_fn get_interested_users{};

} // namespace presence_router::inline v0
