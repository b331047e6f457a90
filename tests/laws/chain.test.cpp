// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <variant>

// The algebra of chains, whatever their routers are.
namespace laws {

/// That the two stream the same, in the same order.
template <class V, class A, class B>
void assert_same_order(A const& a, B const& b, Updates const& updates) {
    RC_ASSERT((streamed<V>(a, states<V>(updates)) == streamed<V>(b, states<V>(updates))));
}

template <class V>
void chain(std::string const& of) {
    using D = Drawn<V>;
    PresenceRouterChain<> const empty;

    law(of, "a chain is the union of its routers, in any order, also nested",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& updates) {
            D const a = pa, b = pb, c = pc;
            PresenceRouterChain const flat{a, b, c};
            PresenceRouterChain const right{a, PresenceRouterChain{b, c}};
            PresenceRouterChain const left{PresenceRouterChain{a, b}, c};
            assert_union<V>(flat, updates, a, b, c);
            assert_union<V>(right, updates, a, b, c);
            assert_union<V>(left, updates, a, b, c);
            assert_union<V>(PresenceRouterChain{c, b, a}, updates, a, b, c);
            assert_same_order<V>(flat, right, updates);
            assert_same_order<V>(flat, left, updates);
        });

    law(of, "the empty chain is the identity",
        [empty](Plan const& pa, Plan const& pb, Updates const& updates) {
            D const a = pa, b = pb;
            PresenceRouterChain const one{a};
            PresenceRouterChain const two{a, b};
            assert_union<V>(one, updates, a);
            auto const assert_same = [&](auto const& chain, auto const& with_empty) {
                assert_union<V>(with_empty, updates, chain, empty);
                assert_same_order<V>(chain, with_empty, updates);
            };
            assert_same(one, PresenceRouterChain{empty, a});
            assert_same(one, PresenceRouterChain{a, empty});
            assert_same(two, PresenceRouterChain{a, PresenceRouterChain{empty, empty}, b});
            assert_same(two, PresenceRouterChain{a, empty | guarded(Ignore{}), b});
        });

    law(of, "duplicates change nothing", [](Plan const& pa, Plan const& pb, Updates const& updates) {
        D const a = pa, b = pb;
        assert_union<V>(PresenceRouterChain{a, a}, updates, a);
        assert_union<V>(PresenceRouterChain{a, b, a}, updates, a, b);
        assert_union<V>(PresenceRouterChain{a, a, b}, updates, a, b);
    });

    law(of, "a chain keeps to the least of its routers' claims",
        [](Plan const& pa, Plan const& pb, Updates const& updates) {
            auto const grants = [&](int viewer, int subject) {
                return pa.grants(viewer, subject) || pb.grants(viewer, subject);
            };
            assert_lawful<V>(
                D(pa), updates, [&](int viewer, int subject) { return pa.grants(viewer, subject); },
                pa.claim());
            assert_lawful<V>(PresenceRouterChain{D(pa), D(pb)}, updates, grants,
                             std::min(pa.claim(), pb.claim()));
        });

    law(of, "rewritten states stay rewritten on all lanes", [](CalmPlan plan, Updates const& updates) {
        plan.kind = Kind::rewriting;
        PresenceRouterChain const chain{D(plan)};
        auto const batch = states<V>(updates);
        for (int viewer = 0; viewer < user_count; ++viewer)
            for (auto const& state : chain.states_for_user(V::user(viewer), batch))
                RC_ASSERT((state == V::state(V::number(state.user_id), coarse)));
    });

    law(of, "entries without a state pass through chains and guards",
        [](CalmPlan plan, CalmPlan const& other, Updates const& updates) {
            plan.kind = Kind::empties;
            plan.chosen.insert(plan.at % user_count);
            D const a = plan, b = other;
            auto const guard = guarded(Ignore{});
            RC_ASSERT(presence_router::get_users_for_states(a, states<V>(updates))
                          .contains(V::user(plan.at % user_count)));
            assert_union<V>(PresenceRouterChain{a}, updates, a);
            assert_union<V>(PresenceRouterChain{a | guard, b | guard}, updates, a, b);
            assert_union<V>(PresenceRouterChain{a, b} | guard, updates, a, b);
            assert_same_order<V>(PresenceRouterChain{a, b}, PresenceRouterChain{a | guard, b | guard},
                                 updates);
            assert_same_order<V>(PresenceRouterChain{a, b}, PresenceRouterChain{a, b} | guard, updates);
        });
}

} // namespace laws

int main() {
    laws::chain<laws::Game>("integer ids");
    laws::chain<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
