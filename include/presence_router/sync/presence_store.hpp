// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/points_to.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

template <class S>
concept HasCurrentToken = requires(S const& store) {
    requires std::copyable<std::remove_cvref_t<decltype(store.current_token())>>;
};

} // namespace detail

/// The token type of a presence store: what its `current_token` answers.
template <detail::HasCurrentToken S>
using sync_token_t = std::remove_cvref_t<decltype(std::declval<S const&>().current_token())>;

/// What a host knows of its users' presence, and in which order it came to know it.
///   current_token() const       the place in the stream of changes that stands for now: a value with ==
///   state_of(user) const        what points to the state of the user, or to nothing if none is known: a
///                               pointer, or a std::optional
///   changed_since(token) const  the states, as they are now, of all who changed after the token was current
///   states() const              all that are known
/// The last two are input ranges of states, each user once, in any order. What they and `state_of` answer is
/// valid until the store changes. A token that never was current is the host's to refuse.
/// It may state `user_id_type` and `state_type`; without them it speaks of UserId and UserPresenceState.
template <class S>
concept PresenceStore = detail::HasCurrentToken<S> && std::equality_comparable<sync_token_t<S>> &&
                        requires(S const& store, user_id_t<S> const& user, sync_token_t<S> const& since) {
                            { store.state_of(user) } -> detail::PointsTo<state_t<S>>;
                            { store.changed_since(since) } -> detail::RangeOf<state_t<S>>;
                            { store.states() } -> detail::RangeOf<state_t<S>>;
                        };

} // namespace presence_router::inline v0
