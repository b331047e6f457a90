// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_router.hpp>
#include <presence_router/presence_of.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/sync/presence_store.hpp>

#include <concepts>

namespace presence_router::inline v0::detail {

enum class PresenceStoreFault { none, current_token, tokens, state_of, changed_since, states, subject };

/// The first thing that keeps `S` from being a presence store.
template <class S>
consteval PresenceStoreFault presence_store_fault() {
    using enum PresenceStoreFault;
    using Id = user_id_t<S>;
    using State = state_t<S>;
    if constexpr (!HasCurrentToken<S>) return current_token;
    else if constexpr (!std::equality_comparable<sync_token_t<S>>) return tokens;
    else if constexpr (!requires(S const& store, Id const& user) {
                           { store.state_of(user) } -> PointsTo<State>;
                       })
        return state_of;
    else if constexpr (!requires(S const& store, sync_token_t<S> const& since) {
                           { store.changed_since(since) } -> RangeOf<State>;
                       })
        return changed_since;
    else if constexpr (!PresenceStore<S>) return states;
    else if constexpr (!requires(State const& state) {
                           { presence_router::subject_of(state) } -> std::convertible_to<Id const&>;
                       })
        return subject;
    else return none;
}

/// Refuses at compile time what is no presence store, with the one sentence that tells what to do.
template <class S>
consteval bool check_presence_store() {
    constexpr PresenceStoreFault fault = presence_store_fault<S>();
    static_assert(
        fault != PresenceStoreFault::current_token,
        "presence_router: not a presence store: lacks current_token() const, which answers a value that can "
        "be copied.");
    static_assert(fault != PresenceStoreFault::tokens,
                  "presence_router: not a presence store: its tokens lack ==.");
    static_assert(
        fault != PresenceStoreFault::state_of,
        "presence_router: not a presence store: lacks state_of(user_id_type const&) const, which answers a "
        "state_type const* or a std::optional of a state. Where it states no user_id_type and state_type, "
        "they are UserId and UserPresenceState.");
    static_assert(
        fault != PresenceStoreFault::changed_since,
        "presence_router: not a presence store: lacks changed_since(token) const, for what current_token "
        "answers, which answers an input range of state_type.");
    static_assert(fault != PresenceStoreFault::states,
                  "presence_router: not a presence store: lacks states() const, which answers an input range "
                  "of state_type.");
    static_assert(
        fault != PresenceStoreFault::subject,
        "presence_router: the states of the presence store are not about its users. State user_id_type and "
        "state_type in the store; if the state calls its user otherwise than user_id, write a function "
        "subject_of(state) found by ADL.");
    return fault == PresenceStoreFault::none;
}

/// Refuses at compile time a router and a store that cannot answer a client together.
template <class R, class S>
consteval bool check_sync() {
    constexpr bool is_store = check_presence_store<S>();
    constexpr bool is_router = check_router<unwrapped_t<R>>();
    constexpr bool speak_alike = routes_nobody<unwrapped_t<R>> || (std::same_as<user_id_t<R>, user_id_t<S>> &&
                                                                   std::same_as<state_t<R>, state_t<S>>);
    static_assert(!is_store || speak_alike,
                  "presence_router: the router and the presence store speak of different users or states. "
                  "State the router's user_id_type and state_type in the store.");
    constexpr bool says_presence = requires(state_t<S> const& state) { presence_router::presence_of(state); };
    static_assert(!is_store || says_presence,
                  "presence_router: a first sync leaves out who is offline, and nothing tells which state "
                  "says so. Write presence_of(state), found by ADL, which answers a PresenceState or a "
                  "std::optional of one, or give the state a member `state` that is one.");
    return is_store && is_router && speak_alike && says_presence;
}

} // namespace presence_router::inline v0::detail
