// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <cstddef>
#include <string>

// The delivery plan is the canonical lane, flat.
namespace laws {

/// That each viewer of `expected` who has a state has the same in the plan, and nobody else is there.
template <class V, class P>
void assert_planned(P const& plan, Push<V> const& expected) {
    std::size_t viewers = 0, routes = 0;
    for (auto const& [viewer, states] : expected) {
        viewers += !states.empty();
        routes += states.size();
        auto const planned = plan.states_for(viewer);
        RC_ASSERT(planned.size() == states.size());
        for (auto const& state : planned) RC_ASSERT(states.contains(state));
    }
    RC_ASSERT(plan.size() == viewers);
    RC_ASSERT(plan.route_count() == routes);
    for (auto const& [viewer, states] : plan) {
        RC_ASSERT(expected.contains(viewer));
        RC_ASSERT(!states.empty());
        for (std::size_t at = 1; at < states.size(); ++at)
            RC_ASSERT(states.places()[at - 1] < states.places()[at]);
    }
}

template <class V>
void delivery(std::string const& of) {
    using D = Drawn<V>;
    using DeliveryPlanOf = BasicDeliveryPlan<typename V::Id, typename V::State>;

    law(of, "a plan is the canonical answer without empty entries, whatever was in the plan before",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& first, Updates const& second) {
            D const a = pa, b = pb, c = pc;
            PresenceRouterChain const chain{a, PresenceRouterChain{b, a}, c};
            auto const batch = states<V>(first), next = states<V>(second);
            DeliveryPlanOf plan;
            plan.assign(chain, batch);
            assert_planned<V>(plan, chain.get_users_for_states(batch));
            plan.assign(b, next);
            assert_planned<V>(plan, presence_router::get_users_for_states(b, next));
            plan.assign(chain, next);
            assert_planned<V>(plan, chain.get_users_for_states(next));
        });

    law(of, "what routers leave as it is stays in the order of the batch, and is borrowed from it",
        [](CalmPlan plan, Updates const& updates) {
            plan.kind = Kind::map; // answers with copies, in the order of their values
            auto const batch = states<V>(updates);
            auto const planned = plan_delivery(PresenceRouterChain{D(plan), D(plan)}, batch);
            for (auto const& [viewer, states] : planned) {
                auto const* before = batch.data() - 1;
                for (auto const& state : states) {
                    RC_ASSERT(before < &state);
                    RC_ASSERT(&state < batch.data() + batch.size());
                    before = &state;
                }
            }
        });
}

} // namespace laws

int main() {
    laws::delivery<laws::Game>("integer ids");
    laws::delivery<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
