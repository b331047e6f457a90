// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>

// Whom a chain asks, how often, and up to where.
namespace laws {

/// Counts how often it is asked.
template <class V>
class Counting {
public:
    using user_id_type = typename V::Id;
    using state_type = typename V::State;
    using Batch = std::span<state_type const>;

    explicit Counting(Plan const& plan) : router_{plan} {}

    Push<V> get_users_for_states(Batch batch) { return ++asked, router_.get_users_for_states(batch); }
    Pull<V> get_interested_users(user_id_type const& viewer) {
        return ++asked, router_.get_interested_users(viewer);
    }
    void for_each_route(Batch batch, auto&& sink) { ++asked, router_.for_each_route(batch, sink); }
    std::optional<AllUsers> for_each_subject(user_id_type const& viewer, auto&& sink) {
        return ++asked, router_.for_each_subject(viewer, sink);
    }
    set_for_t<state_type> states_for_user(user_id_type const& viewer, Batch batch) {
        return ++asked, router_.states_for_user(viewer, batch);
    }
    bool sees(user_id_type const& viewer, user_id_type const& subject) {
        return ++asked, router_.sees(viewer, subject);
    }

    int taken() { return std::exchange(asked, 0); }

private:
    Drawn<V> router_;
    int asked = 0;
};

template <class V>
void order_of_asking(std::string const& of) {
    using C = Counting<V>;

    law(of, "pull asks each router once, in order, up to the first that answers all users",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Viewer viewer) {
            C a(pa), b(pb), c(pc);
            PresenceRouterChain const chain{std::ref(a), std::ref(b) | guarded(Ignore{}), std::ref(c)};
            bool const a_all = pa.answers_all(viewer.number);
            bool const ab_all = a_all || pb.answers_all(viewer.number);
            bool const all = ab_all || pc.answers_all(viewer.number);
            auto const assert_asked = [&] {
                RC_ASSERT(a.taken() == 1);
                RC_ASSERT(b.taken() == (a_all ? 0 : 1));
                RC_ASSERT(c.taken() == (ab_all ? 0 : 1));
            };
            RC_ASSERT((chain.get_interested_users(V::user(viewer.number)).index() == 1) == all);
            assert_asked();
            SubjectSink<V> const sink = [](auto const&) { return true; };
            RC_ASSERT(chain.for_each_subject(V::user(viewer.number), sink).has_value() == all);
            assert_asked();
        });

    law(of, "push asks each router once, whatever the batch",
        [](Plan const& pa, Plan const& pb, Updates const& updates, Viewer viewer) {
            C a(pa), b(pb);
            PresenceRouterChain const chain{std::ref(a),
                                            PresenceRouterChain{std::ref(b) | guarded(Ignore{})}};
            auto const assert_asked = [&] {
                RC_ASSERT(a.taken() == 1);
                RC_ASSERT(b.taken() == 1);
            };
            auto const batch = states<V>(updates);
            (void)chain.get_users_for_states(batch);
            assert_asked();
            RouteSink<V> const sink = [](auto const&, auto const&) { return true; };
            chain.for_each_route(batch, sink);
            assert_asked();
            (void)chain.states_for_user(V::user(viewer.number), batch);
            assert_asked();
        });

    law(of, "sees asks no further than the first grant",
        [](CalmPlan const& pa, CalmPlan const& pb, Viewer viewer, Viewer subject) {
            C a(pa), b(pb);
            PresenceRouterChain const chain{std::ref(a), std::ref(b)};
            bool const granted = pa.grants(viewer.number, subject.number);
            RC_ASSERT(chain.sees(V::user(viewer.number), V::user(subject.number)) ==
                      (granted || pb.grants(viewer.number, subject.number)));
            RC_ASSERT(a.taken() == 1);
            RC_ASSERT(b.taken() == (granted ? 0 : 1));
        });
}

template <class V>
void stopping(std::string const& of) {
    using D = Drawn<V>;
    using C = Counting<V>;

    law(of, "a sink that has had enough is not called again, and nobody else is asked for routes",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& updates, Before before) {
            auto const batch = states<V>(updates);
            std::size_t const a_shows = streamed<V>(D(pa), batch).routes.size();
            std::size_t const ab_shows = a_shows + streamed<V>(D(pb), batch).routes.size();
            std::size_t const all = ab_shows + streamed<V>(D(pc), batch).routes.size();
            auto const limit = static_cast<std::size_t>(before.count) + 1;

            C a(pa), b(pb), c(pc);
            std::size_t shown = 0;
            RouteSink<V> const sink = [&](auto const&, auto const&) { return ++shown < limit; };
            auto const check = [&](auto const& chain) {
                shown = 0;
                presence_router::for_each_route(chain, batch, sink);
                RC_ASSERT(shown == std::min(all, limit));
                RC_ASSERT(a.taken() == 1);
                RC_ASSERT(b.taken() == (a_shows < limit ? 1 : 0));
                RC_ASSERT(c.taken() == (ab_shows < limit ? 1 : 0));
            };
            check(PresenceRouterChain{std::ref(a), std::ref(b), std::ref(c)});
            check(PresenceRouterChain{std::ref(a),
                                      PresenceRouterChain{std::ref(b) | guarded(Ignore{}), std::ref(c)}});
            // A guarded chain is asked to its end: what it shows is only known when none of it has failed.
            shown = 0;
            presence_router::for_each_route(PresenceRouterChain{std::ref(a), std::ref(b)} | guarded(Ignore{}),
                                            batch, sink);
            RC_ASSERT(shown == std::min(ab_shows, limit));
        });

    law(of, "a sink that has had enough is not called again, and nobody else is asked for subjects",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Viewer viewer, Before before) {
            auto const shows = [&](Plan const& plan) {
                return streamed<V>(D(plan), {})
                    .subjects[static_cast<std::size_t>(viewer.number)]
                    .first.size();
            };
            auto const limit = static_cast<std::size_t>(before.count % user_count) + 1;
            bool const b_asked = !pa.answers_all(viewer.number) && shows(pa) < limit;
            bool const c_asked = b_asked && !pb.answers_all(viewer.number) && shows(pa) + shows(pb) < limit;
            std::size_t const all = shows(pa) + (b_asked ? shows(pb) : 0) + (c_asked ? shows(pc) : 0);

            C a(pa), b(pb), c(pc);
            auto const check = [&](auto const& chain) {
                std::size_t shown = 0;
                SubjectSink<V> const sink = [&](auto const&) { return ++shown < limit; };
                (void)presence_router::for_each_subject(chain, V::user(viewer.number), sink);
                RC_ASSERT(shown == std::min(all, limit));
                RC_ASSERT(a.taken() == 1);
                RC_ASSERT(b.taken() == (b_asked ? 1 : 0));
                RC_ASSERT(c.taken() == (c_asked ? 1 : 0));
            };
            check(PresenceRouterChain{std::ref(a), std::ref(b), std::ref(c)});
            check(PresenceRouterChain{PresenceRouterChain{std::ref(a), std::ref(b) | guarded(Ignore{})},
                                      std::ref(c)});
        });
}

} // namespace laws

int main() {
    laws::order_of_asking<laws::Game>("integer ids");
    laws::order_of_asking<laws::Matrix>("Matrix ids");
    laws::stopping<laws::Game>("integer ids");
    laws::stopping<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
