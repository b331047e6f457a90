// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

// Every adaptor of the library, around chains of any routers: it keeps the laws, and lets those see each other whom
// it should.
namespace laws {

template <class V>
void adaptors(std::string const& of) {
    using Id = typename V::Id;
    using State = typename V::State;
    using Chosen = std::vector<Viewer>;

    // The filter that `make` makes of the predicate "one of the chosen" leaves what `keeps` says, which is told
    // whether viewer and subject are such.
    auto const filter = [&](std::string const& name, auto make, auto keeps) {
        law(of, name, [=](Plan const& pa, Plan const& pb, Chosen const& drawn, Updates const& updates) {
            std::set<int> const chosen = numbers(drawn);
            PresenceRouterChain const below{Drawn<V>(pa), Drawn<V>(pb)};
            auto const filtered =
                below | make([&](Id const& user) { return chosen.contains(V::number(user)); });
            assert_none(find_widening(below, filtered, users<V>(), states<V>(updates)));
            auto const grants = [&](int viewer, int subject) {
                return keeps(chosen.contains(viewer), chosen.contains(subject)) &&
                       (pa.grants(viewer, subject) || pb.grants(viewer, subject));
            };
            assert_lawful<V>(filtered, updates, grants, std::min(pa.claim(), pb.claim()));
        });
    };
    auto const on_routes = [](auto p) {
        return [p](Id const& viewer, Id const& subject) { return p(viewer) && !p(subject); };
    };
    filter("only_viewers", [](auto p) { return only_viewers(p); }, [](bool v, bool) { return v; });
    filter("without_viewers", [](auto p) { return without_viewers(p); }, [](bool v, bool) { return !v; });
    filter("only_subjects", [](auto p) { return only_subjects(p); }, [](bool, bool s) { return s; });
    filter("without_subjects", [](auto p) { return without_subjects(p); }, [](bool, bool s) { return !s; });
    filter(
        "only_routes", [=](auto p) { return only_routes(on_routes(p)); },
        [](bool v, bool s) { return v && !s; });
    filter(
        "without_routes", [=](auto p) { return without_routes(on_routes(p)); },
        [](bool v, bool s) { return !v || s; });
    filter(
        "filters one after the other", [](auto p) { return only_viewers(p) | without_subjects(p); },
        [](bool v, bool s) { return v && !s; });

    auto const changes_nothing = [&](std::string const& name, auto const& adaptor) {
        law(of, name, [=](Plan const& pa, Plan const& pb, Updates const& updates) {
            PresenceRouterChain const below{Drawn<V>(pa), Drawn<V>(pb)};
            assert_union<V>(below | adaptor, updates, below);
            RC_ASSERT(
                (streamed<V>(below | adaptor, states<V>(updates)) == streamed<V>(below, states<V>(updates))));
        });
    };
    changes_nothing("guarded", guarded(Ignore{}));
    changes_nothing("observed", observed([](Observation const&) {}));
    changes_nothing("transformed into itself",
                    transformed([](Id const&, State const& state) { return state; }));

    law(of, "transformed", [](Plan const& pa, Plan const& pb, Chosen const& drawn, Updates const& updates) {
        std::set<int> const chosen = numbers(drawn);
        auto const coarsen = [&](Id const& viewer, State const& state) -> std::optional<State> {
            if (chosen.contains(V::number(viewer))) return std::nullopt;
            return V::state(V::number(state.user_id), coarse);
        };
        auto const router = PresenceRouterChain{Drawn<V>(pa), Drawn<V>(pb)} | transformed(coarsen);
        auto const grants = [&](int viewer, int subject) {
            return pa.grants(viewer, subject) || pb.grants(viewer, subject);
        };
        assert_lawful<V>(router, updates, grants, std::min({pa.claim(), pb.claim(), Claim::one_by_one}));
        for (auto const& [viewer, state] : streamed<V>(router, states<V>(updates)).routes) {
            RC_ASSERT(!chosen.contains(V::number(viewer)));
            RC_ASSERT((state == V::state(V::number(state.user_id), coarse)));
        }
    });
}

} // namespace laws

int main() {
    laws::adaptors<laws::Game>("integer ids");
    laws::adaptors<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
