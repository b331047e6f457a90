// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/collect.hpp>
#include <presence_router/detail/router_members.hpp>

namespace presence_router::inline v0 {

/// Base of a router that streams, in the manner of `std::ranges::view_interface`: `Self` derives from
/// `RouterInterface<Self>`, writes the first two of
///   void for_each_route(std::span<state_t<Self> const> batch, auto&& sink) const
///   std::optional<AllUsers> for_each_subject(user_id_t<Self> const& viewer, auto&& sink) const
///   bool sees(user_id_t<Self> const& viewer, user_id_t<Self> const& subject) const
///   set_for_t<state_t<Self>> states_for_user(user_id_t<Self> const& viewer,
///                                            std::span<state_t<Self> const> batch) const
/// and inherits the two callbacks. They call `sink(viewer, update)` and `sink(subject)`, which answer `false`
/// when the caller has had enough; to heed it is only faster. The other two are derived if they are not
/// written, and worth writing where one viewer can be asked for alone.
template <class Self>
class RouterInterface {
public:
    /// The routes of `for_each_route` as a map. Complexity: one streaming, O(routes log routes) more.
    template <class R = Self>
        requires detail::HasForEachRoute<R const>
    [[nodiscard]] constexpr users_for_states_t<R> get_users_for_states(Batch<state_t<R>> batch) const {
        return detail::collect_routes<user_id_t<R>, state_t<R>>(
            batch.states(), [&](auto const& sink) { self().for_each_route(batch.states(), sink); });
    }

    /// The subjects of `for_each_subject` as a set. Complexity: one streaming, O(subjects log subjects) more.
    template <class R = Self>
        requires detail::HasForEachSubject<R const>
    [[nodiscard]] constexpr interested_users_t<R> get_interested_users(user_id_t<R> const& viewer) const {
        return detail::collect_subjects<user_id_t<R>>(
            [&](auto const& sink) { return self().for_each_subject(viewer, sink); });
    }

private:
    constexpr Self const& self() const noexcept { return static_cast<Self const&>(*this); }
};

} // namespace presence_router::inline v0
