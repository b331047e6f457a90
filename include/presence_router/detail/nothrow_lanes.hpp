// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/config.hpp>
#include <presence_router/detail/router_members.hpp>

#include <concepts>

namespace presence_router::inline v0::detail {

// Whether to stream from `R`, as in router_members.hpp, throws nothing that the sink does not. An answer that
// is not the canonical container may be lazy, and throw when it is read, whatever the callback says.
template <class R>
concept NothrowPush =
    !PRESENCE_ROUTER_EXCEPTIONS ||
    requires(R& router, batch_t<R> batch, AnyRouteSink<user_id_t<R>, state_t<R>> const& sink) {
        { router.for_each_route(batch, sink) } noexcept;
    } || (!HasForEachRoute<R> && requires(R& router, batch_t<R> batch) {
        { router.get_users_for_states(batch) } noexcept -> std::same_as<users_for_states_t<R>>;
    });

template <class R>
concept NothrowPull =
    !PRESENCE_ROUTER_EXCEPTIONS ||
    requires(R& router, user_id_t<R> const& viewer, AnySubjectSink<user_id_t<R>> const& sink) {
        { router.for_each_subject(viewer, sink) } noexcept;
    } || (!HasForEachSubject<R> && requires(R& router, user_id_t<R> const& viewer) {
        { router.get_interested_users(viewer) } noexcept -> std::same_as<interested_users_t<R>>;
    });

} // namespace presence_router::inline v0::detail
