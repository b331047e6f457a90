// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/config.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/router_members.hpp>

#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

struct for_each_route_fn {
    template <class R, class Sink>
    PRESENCE_ROUTER_ALWAYS_INLINE constexpr void operator()(R const& router, Batch<state_t<R>> batch,
                                                            Sink&& sink) const {
        using Asked = unwrapped_t<R>;
        static_assert(check_router<Asked>());
        if constexpr (!asks_nobody<Asked>) {
            Gate<std::remove_reference_t<Sink>, user_id_t<R>, state_t<R>> gate{sink};
            if constexpr (HasForEachRoute<Asked>) unwrap(router).for_each_route(batch.states(), gate.sink());
            else
                show_routes<user_id_t<R>, state_t<R>>(unwrap(router).get_users_for_states(batch.states()),
                                                      gate.sink());
        }
    }
};

} // namespace detail

/// Streams the routes of `batch`: calls `sink(viewer, update)` for each, which may stop by answering `false`.
/// Uses the router's member of this name, else what its `get_users_for_states` answers.
/// A route may be shown twice.
/// Requires: `sink` returns void or bool.
/// Throws: what the router and the sink throw.
/// Complexity: as the router. Allocates nothing itself, unless `batch` has to be gathered.
/// Lifetime: what is shown lives for that call of `sink`.
inline constexpr detail::for_each_route_fn for_each_route{};

} // namespace presence_router::inline v0
