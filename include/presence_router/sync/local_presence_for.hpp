// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/containers.hpp>
#include <presence_router/detail/build_set.hpp>
#include <presence_router/server_name_of.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/sync/presence_for.hpp>

#include <string_view>

namespace presence_router::inline v0 {

namespace detail {

struct local_presence_for_fn {
    template <class R, class S>
    [[nodiscard]] constexpr set_for_t<state_t<S>> operator()(user_id_t<S> const& viewer, R const& router,
                                                             S const& store,
                                                             std::string_view own_server) const {
        using State = state_t<S>;
        constexpr bool on_servers = OnServers<user_id_t<S>>;
        static_assert(on_servers,
                      "presence_router: local_presence_for has to tell which users live on a server. Write "
                      "server_name_of(id), found by ADL, which answers a std::optional<std::string_view>, or "
                      "give the id a member server_name().");
        set_for_t<State> local;
        if constexpr (on_servers) {
            auto const answer = presence_router::presence_for(viewer, router, store);
            for (State const& state : answer.states) {
                user_id_t<S> const& subject = presence_router::subject_of(state);
                if (presence_router::server_name_of(subject) == own_server) append<State>(local, state);
            }
        }
        return local;
    }
};

} // namespace detail

/// `local_presence_for(viewer, router, store, own_server)`: the first sync of a viewer who lives elsewhere,
/// for their server, which is told of the users of `own_server` only, and of those that are not offline.
/// Throws, complexity: as presence_for.
/// Source: Synapse's `send_local_online_presence_to` for remote users.
inline constexpr detail::local_presence_for_fn local_presence_for{};

} // namespace presence_router::inline v0
