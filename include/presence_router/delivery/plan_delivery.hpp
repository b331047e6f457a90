// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/delivery_plan.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <initializer_list>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

struct plan_delivery_fn {
    template <class R, class B>
    [[nodiscard]] BasicDeliveryPlan<user_id_t<R>, state_t<R>> operator()(R const& router, B&& batch) const {
        BasicDeliveryPlan<user_id_t<R>, state_t<R>> plan;
        plan.assign(router, std::forward<B>(batch));
        return plan;
    }
    template <class R>
    [[nodiscard]] BasicDeliveryPlan<user_id_t<R>, state_t<R>>
    operator()(R const&, std::initializer_list<state_t<R>>) const {
        check_borrowed_batch<std::initializer_list<state_t<R>>, state_t<R>>();
        return {};
    }
};

} // namespace detail

/// `plan_delivery(router, batch)`: who receives which states of the batch, as a plan that borrows it. To make
/// plans again and again, keep one and call its `assign(router, batch)`, which uses its memory again.
/// Requires, throws, complexity: as `BasicDeliveryPlan::assign`.
inline constexpr detail::plan_delivery_fn plan_delivery{};

} // namespace presence_router::inline v0
