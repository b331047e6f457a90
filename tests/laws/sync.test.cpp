// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

// Sync, push and the answer to "what is their status?" agree, whatever the router is.
namespace laws {

/// Whoever is in no mood is offline.
PresenceState presence_of(Status const& status) {
    return status.mood == 0 ? PresenceState::offline : PresenceState::busy;
}

template <class V>
using Store = BasicMemoryPresenceStore<typename V::Id, typename V::State>;

template <class V>
Store<V> stored(Updates const& updates) {
    Store<V> store;
    for (auto const& state : states<V>(updates)) store.update(state);
    return store;
}

template <class V, class Range>
std::vector<typename V::State> gathered(Range&& range) {
    std::vector<typename V::State> result;
    for (auto const& state : range) result.push_back(state);
    return result;
}

/// What push gives the viewer of these states, and their own among them if it gives nothing of that.
template <class V, class R>
set_for_t<typename V::State> pushed(R const& router, int viewer,
                                    std::vector<typename V::State> const& batch) {
    set_for_t<typename V::State> result;
    if (batch.empty()) return result;
    for (auto const& [routed, states] : presence_router::get_users_for_states(router, batch))
        if (routed == V::user(viewer)) result = states;
    auto const is_own = [&](auto const& state) { return state.user_id == V::user(viewer); };
    if (std::none_of(result.begin(), result.end(), is_own))
        for (auto const& state : batch)
            if (is_own(state)) result.insert(state);
    return result;
}

template <class V>
set_for_t<typename V::State> without_offline(set_for_t<typename V::State> states) {
    std::erase_if(states, [](auto const& state) {
        return presence_router::presence_of(state) == PresenceState::offline;
    });
    return states;
}

/// The laws for a router that keeps those of one, or is of any kind and calm.
template <class V, class R>
void assert_synced(R const& router, Updates const& updates, std::uint64_t since, bool is_relation) {
    Store<V> const store = stored<V>(updates);
    auto const known = gathered<V>(store.states());
    auto const changed = gathered<V>(store.changed_since(since));
    for (int viewer = 0; viewer < user_count; ++viewer) {
        auto const& asking = V::user(viewer);
        auto const news = presence_for(asking, router, store, since);
        RC_ASSERT(news.next == updates.size());
        RC_ASSERT(presence_for(asking, router, store, news.next).states.empty());
        auto const shown = presence_for(asking, router, store);
        auto const whole = presence_for(asking, router, store, std::nullopt, OfflineUsers::included);
        RC_ASSERT((shown.states == without_offline<V>(whole.states)));
        // Sync is push, of the changed, and of the known.
        RC_ASSERT((news.states == pushed<V>(router, viewer, changed)));
        if (!is_relation) continue;
        RC_ASSERT((whole.states == pushed<V>(router, viewer, known)));
        // News are the whole, of those who changed.
        set_for_t<typename V::State> expected;
        for (auto const& state : changed)
            if (std::count(whole.states.begin(), whole.states.end(), state) != 0) expected.insert(state);
        RC_ASSERT(news.states == expected);
        // What is in it is what `sees` says, and what a status is answered.
        for (int subject = 0; subject < user_count; ++subject) {
            auto const* const state = store.state_of(V::user(subject));
            bool const is_shown = state && std::count(whole.states.begin(), whole.states.end(), *state) != 0;
            bool const sees = subject == viewer || presence_router::sees(router, asking, V::user(subject));
            RC_ASSERT(is_shown == (state && sees));
            auto const status = status_for(asking, V::user(subject), router, store);
            RC_ASSERT(status.has_value() == is_shown);
            RC_ASSERT((!status || *status == *state));
        }
    }
}

template <class V>
void syncing(std::string const& of) {
    law(of, "sync, push, status and sees agree",
        [](LawfulPlan const& pa, LawfulPlan const& pb, Updates const& updates, Before since) {
            auto const token = static_cast<std::uint64_t>(since.count);
            Drawn<V> const a(pa), b(pb);
            assert_synced<V>(a, updates, token, true);
            assert_synced<V>(PresenceRouterChain{a, b}, updates, token, true);
        });

    law(of, "they do for routers that can only route for everybody",
        [](LawfulPlan const& plan, Updates const& updates, Before since) {
            auto const token = static_cast<std::uint64_t>(since.count);
            assert_synced<V>(MapRouter<V>(plan), updates, token, true);
            assert_synced<V>(FlatRouter<V>(plan), updates, token, true);
            assert_synced<V>(GroupedRouter<V>(plan), updates, token, true);
            assert_synced<V>(LazyRouter<V>(plan), updates, token, true);
            assert_synced<V>(StreamingRouter<V>(plan), updates, token, true);
            assert_synced<V>(PresenceRouterChain{MapRouter<V>(plan), table_of<V>(plan)}, updates, token,
                             true);
        });

    law(of, "news are what push gives, of any router",
        [](Plan const& plan, Updates const& updates, Before since) {
            assert_synced<V>(Drawn<V>(plan), updates, static_cast<std::uint64_t>(since.count), false);
        });

    law(of, "nothing is shown but what the router made of it", [](CalmPlan plan, Updates const& updates) {
        plan.kind = Kind::rewriting;
        Store<V> const store = stored<V>(updates);
        auto const assert_rewritten = [&](auto const& router) {
            for (int viewer = 0; viewer < user_count; ++viewer) {
                auto const& asking = V::user(viewer);
                auto const assert_is = [&](auto const& state) {
                    RC_ASSERT(
                        (state.user_id == asking || state == V::state(V::number(state.user_id), coarse)));
                };
                for (auto const& state :
                     presence_for(asking, router, store, std::nullopt, OfflineUsers::included).states)
                    assert_is(state);
                for (auto const& state : presence_for(asking, router, store, 0).states) assert_is(state);
                for (int subject = 0; subject < user_count; ++subject)
                    if (auto const status = status_for(asking, V::user(subject), router, store)) {
                        assert_is(*status);
                        RC_ASSERT(status->user_id == V::user(subject));
                    }
            }
        };
        assert_rewritten(RewritingRouter<V>(plan));
        assert_rewritten(PresenceRouterChain{RewritingRouter<V>(plan)});
    });
}

} // namespace laws

int main() {
    laws::syncing<laws::Game>("integer ids");
    laws::syncing<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
