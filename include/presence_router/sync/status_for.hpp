// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_presence_store.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/received_states.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/sync/presence_store.hpp>

#include <optional>

namespace presence_router::inline v0 {

namespace detail {

struct status_for_fn {
    template <class R, class S>
    [[nodiscard]] constexpr std::optional<state_t<S>> operator()(user_id_t<S> const& viewer,
                                                                 user_id_t<S> const& subject, R const& router,
                                                                 S const& store) const {
        using State = state_t<S>;
        std::optional<State> result;
        if constexpr (check_sync<R, S>()) {
            if (auto&& known = store.state_of(subject)) {
                State const& state = *known;
                for (State const& received : received_states<State>(router, viewer, state)) {
                    if (!detail::same_key<user_id_t<S>>(presence_router::subject_of(received), subject))
                        continue;
                    bool const is_unchanged = detail::same_key(received, state);
                    if (!result || is_unchanged) result.emplace(received);
                    if (is_unchanged) break;
                }
            }
        }
        return result;
    }
};

} // namespace detail

/// `status_for(viewer, subject, router, store)`: the answer to a viewer who asks for the status of one user;
/// a sync asks it for each member of a room just joined, whose presence did not change.
/// It is nullopt if the viewer may not see the subject, or nothing is known of them; else what push would
/// give the viewer. One's own status is always shown. Where the router routes the subject in several forms it
/// is the unchanged one, or, without that, any.
/// Throws: what the router and the store throw.
/// Complexity: as `states_for_user` for one state.
inline constexpr detail::status_for_fn status_for{};

} // namespace presence_router::inline v0
