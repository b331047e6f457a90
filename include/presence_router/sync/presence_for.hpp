// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/containers.hpp>
#include <presence_router/detail/build_set.hpp>
#include <presence_router/detail/check_presence_store.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/received_states.hpp>
#include <presence_router/detail/targeted.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/presence_of.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/sync/presence_store.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace presence_router::inline v0 {

/// Whether a first sync shows the users who are offline. Source: Synapse's `include_offline_users_on_sync`.
enum class OfflineUsers { left_out, included };

/// The presence in the answer to one sync.
template <class State, class Token>
struct SyncedPresence {
    set_for_t<State> states; // what the viewer has to be told
    Token next;              // since when to ask the next time

    friend bool operator==(SyncedPresence const&, SyncedPresence const&) = default;
};

namespace detail {

struct NoToken {}; // in place of that of a store that was refused

template <class S>
struct SyncTokenOf {
    using type = NoToken;
};
template <PresenceStore S>
struct SyncTokenOf<S> {
    using type = sync_token_t<S>;
};

struct presence_for_fn {
    template <class R, class S, class Token = typename SyncTokenOf<S>::type>
    [[nodiscard]] constexpr SyncedPresence<state_t<S>, Token>
    operator()(user_id_t<S> const& viewer, R const& router, S const& store,
               std::optional<typename SyncTokenOf<S>::type> const& since = std::nullopt,
               OfflineUsers offline = OfflineUsers::left_out) const {
        if constexpr (check_sync<R, S>()) {
            // Read first: what changes meanwhile is told twice, not never.
            SyncedPresence<state_t<S>, Token> result{{}, store.current_token()};
            if (!since) result.states = first_states(viewer, router, store, offline);
            else if (!(*since == result.next)) result.states = news(viewer, router, store, *since);
            return result;
        } else {
            return {};
        }
    }

private:
    template <class R, class S>
    static constexpr set_for_t<state_t<S>> news(user_id_t<S> const& viewer, R const& router, S const& store,
                                                sync_token_t<S> const& since) {
        using State = state_t<S>;
        std::vector<State> changed;
        for (auto&& state : store.changed_since(since)) changed.push_back(static_cast<State const&>(state));
        if constexpr (!asks_nobody<unwrapped_t<R>> && !targeted<unwrapped_t<R>>)
            keep_interesting(viewer, router, changed);
        return received_states<State>(router, viewer, changed);
    }

    /// Takes out what the pull side does not list. A router that cannot be asked for one viewer routes for
    /// everybody: it is to be asked about little.
    template <class R, class State>
    static constexpr void keep_interesting(user_id_t<R> const& viewer, R const& router,
                                           std::vector<State>& changed) {
        using Id = user_id_t<R>;
        if (changed.empty()) return;
        Numbering<Id> users;
        for (State const& state : changed) users.assign(presence_router::subject_of(state));
        std::vector<bool> is_listed(users.size());
        auto const list = [&](Id const& user) {
            if (auto const number = users.find(user); number != users.none) is_listed[number] = true;
        };
        list(viewer);
        if (presence_router::for_each_subject(router, viewer, list)) return;
        std::erase_if(changed, [&](State const& state) {
            return !is_listed[users.find(presence_router::subject_of(state))];
        });
    }

    template <class R, class S>
    static constexpr set_for_t<state_t<S>> first_states(user_id_t<S> const& viewer, R const& router,
                                                        S const& store, OfflineUsers offline) {
        using State = state_t<S>;
        std::vector<State> listed;
        auto const list = [&](user_id_t<S> const& user) {
            if (auto&& state = store.state_of(user)) listed.push_back(static_cast<State const&>(*state));
        };
        list(viewer);
        bool everybody = false;
        if constexpr (!asks_nobody<unwrapped_t<R>>)
            everybody = presence_router::for_each_subject(router, viewer, list).has_value();
        set_for_t<State> states = everybody ? received_states<State>(router, viewer, store.states())
                                            : received_states<State>(router, viewer, listed);
        if (offline == OfflineUsers::included) return states;
        set_for_t<State> others;
        for (State const& state : states)
            if (presence_router::presence_of(state) != PresenceState::offline) append<State>(others, state);
        return others;
    }
};

} // namespace detail

/// `presence_for(viewer, router, store, since)`: the presence that a client of `viewer` has to be told when
/// it syncs. With `since`, the `next` of its last answer, that is the news: the states of those who changed
/// meanwhile, offline ones too. Without, on a first sync, it is the states of all whom `viewer` sees, but, if
/// not asked for by a fifth argument, of those who are offline.
/// Of these a viewer gets what push would give them, so sync cannot show what a router hides or rewrites; and
/// their own presence in any case, as it is if the router does not route it to them. A viewer who is answered
/// all users and is routed nothing is given nothing else.
/// Requires: the router keeps the laws; what push routes and pull does not show is found by news only.
/// Ensures: `next` is the token that was current when the store was first asked. If it is `since`, the router
/// is not asked.
/// Throws: what the router and the store throw.
/// Complexity: news: linear in the changed, for a router that has the member `states_for_user`, as all of
/// the library have. If it lacks that, or a part of it does, it is first asked for its pull set, and then to
/// route what this lists of the changed. A first sync: linear in the subjects that the router shows, or, for
/// all users, in the known.
/// Source: Synapse's `PresenceEventSource.get_new_events`.
inline constexpr detail::presence_for_fn presence_for{};

} // namespace presence_router::inline v0
