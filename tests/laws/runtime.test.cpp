// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

// Routers that are known at run time only answer as those that the compiler knows.
namespace laws {

/// That `router` and `expected` answer alike on all lanes, the streams in the same order.
template <class V, class R, class E>
void assert_same(R const& router, E const& expected, Updates const& updates) {
    auto const batch = states<V>(updates);
    RC_ASSERT((streamed<V>(router, batch) == streamed<V>(expected, batch)));
    RC_ASSERT((router.get_users_for_states(batch) == expected.get_users_for_states(batch)));
    for (int viewer = 0; viewer < user_count; ++viewer) {
        auto const& id = V::user(viewer);
        RC_ASSERT((router.get_interested_users(id) == expected.get_interested_users(id)));
        RC_ASSERT((router.states_for_user(id, batch) == expected.states_for_user(id, batch)));
        for (int subject = 0; subject < user_count; ++subject)
            RC_ASSERT(router.sees(id, V::user(subject)) == expected.sees(id, V::user(subject)));
    }
}

/// That `router` shows its first routes, and not one more, to a sink that has then had enough.
template <class V, class R>
void assert_stops(R const& router, Updates const& updates, std::size_t enough) {
    auto const batch = states<V>(updates);
    auto const all = streamed<V>(router, batch).routes;
    decltype(Streamed<V>::routes) shown;
    RouteSink<V> const sink = [&](auto const& viewer, auto const& update) {
        shown.emplace_back(viewer, update);
        return shown.size() < enough;
    };
    router.for_each_route(batch, sink);
    std::size_t const expected = std::min(all.size(), enough);
    RC_ASSERT(shown.size() == expected);
    RC_ASSERT(std::equal(shown.begin(), shown.end(), all.begin()));
}

template <class V>
void runtime(std::string const& of) {
    using D = Drawn<V>;
    using Any = BasicAnyPresenceRouter<typename V::Id, typename V::State>;
    using Registry = BasicPresenceRouterRegistry<typename V::Id, typename V::State>;

    law(of, "an erased chain is the chain, and so is a chain of erased routers",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& updates, Before const& before) {
            D const a = pa, b = pb, c = pc;
            PresenceRouterChain const chain{a, b, c};
            Any const whole{chain};
            PresenceRouterChain const parts{Any{a}, Any{b}, Any{c}};
            Any const nested{PresenceRouterChain{Any{a}, Any{PresenceRouterChain{b, Any{c}}}}};
            assert_same<V>(whole, chain, updates);
            assert_same<V>(parts, chain, updates);
            assert_same<V>(nested, chain, updates);
            assert_stops<V>(whole, updates, static_cast<std::size_t>(before.count) + 1);
            assert_stops<V>(parts, updates, static_cast<std::size_t>(before.count) + 1);
        });

    law(of, "a registry is the chain of its routers",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& updates, Before const& before) {
            D const a = pa, b = pb, c = pc;
            Registry registry;
            registry.register_router(a);
            auto const removed = registry.register_router(b);
            registry.register_router(c);
            assert_same<V>(registry, PresenceRouterChain{a, b, c}, updates);
            assert_stops<V>(registry, updates, static_cast<std::size_t>(before.count) + 1);
            registry.remove(removed);
            assert_same<V>(registry, PresenceRouterChain{a, c}, updates);
            registry.replace_all(c, b, std::ref(a));
            assert_same<V>(registry, PresenceRouterChain{c, b, a}, updates);
            assert_union<V>(registry, updates, a, b, c);
        });
}

} // namespace laws

int main() {
    laws::runtime<laws::Game>("integer ids");
    laws::runtime<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
