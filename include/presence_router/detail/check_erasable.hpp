// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/chain_vocabulary.hpp>
#include <presence_router/detail/router_at.hpp>

namespace presence_router::inline v0::detail {

template <class M, class V>
concept Erasable = IsRouter<M> && Storable<M> && SpeaksUserId<M, V> && SpeaksState<M, V>;

/// Refuses at compile time what cannot be held as a router of the vocabulary `V`, with the one sentence that
/// tells what to do.
template <class M, class V>
consteval bool check_erasable() {
    check_held<M>();
    // Not the concepts themselves, whose parts a compiler would list.
    constexpr bool same_ids = SpeaksUserId<M, V>;
    constexpr bool same_states = SpeaksState<M, V>;
    static_assert(same_ids, "presence_router: a router of another vocabulary: its user_id_type is not the Id "
                            "of this BasicAnyPresenceRouter<Id, State>. Without the member type user_id_type "
                            "a router speaks of presence_router::UserId.");
    static_assert(same_states,
                  "presence_router: a router of another vocabulary: its state_type is not the State of this "
                  "BasicAnyPresenceRouter<Id, State>. Without the member type state_type a router speaks of "
                  "presence_router::UserPresenceState.");
    return true;
}

} // namespace presence_router::inline v0::detail
