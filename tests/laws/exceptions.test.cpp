// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

// Routers that fail, and what guarded makes of them.
namespace laws {

/// Fails at the call, in the canonical types.
template <class V>
struct FailsAtOnce : MapRouter<V> {
    using MapRouter<V>::MapRouter;
    Push<V> get_users_for_states(std::span<typename V::State const>) const { throw Failure{}; }
    Pull<V> get_interested_users(typename V::Id const&) const { throw Failure{}; }
};

/// Fails when its answer is read. That its callbacks do not throw says nothing of what they answer.
template <class V>
struct FailsWhenRead : LazyRouter<V> {
    using LazyRouter<V>::LazyRouter;
    auto get_users_for_states(std::span<typename V::State const> batch) const noexcept {
        auto routes = this->routes(batch);
        std::size_t const count = std::min(routes.size(), static_cast<std::size_t>(this->plan().at));
        return lazily(std::move(routes), count, std::optional{Failure{}});
    }
    auto get_interested_users(typename V::Id const& viewer) const noexcept {
        auto subjects = this->subjects(viewer);
        std::size_t const count = std::min(subjects.size(), static_cast<std::size_t>(this->plan().at));
        return lazily(std::move(subjects), count, std::optional{Failure{}});
    }
};

/// As FailingRouter, and has the point lanes of its own, which fail too.
template <class V>
struct FailsEverywhere : FailingRouter<V> {
    using FailingRouter<V>::FailingRouter;
    Push<V> get_users_for_states(std::span<typename V::State const>) const { throw Failure{}; }
    Pull<V> get_interested_users(typename V::Id const&) const { throw Failure{}; }
    set_for_t<typename V::State> states_for_user(typename V::Id const&,
                                                 std::span<typename V::State const>) const {
        throw Failure{};
    }
    bool sees(typename V::Id const&, typename V::Id const&) const { throw Failure{}; }
};

/// Fails when told to.
template <class V>
struct FailsAtTimes : MapRouter<V> {
    using MapRouter<V>::MapRouter;
    Push<V> get_users_for_states(std::span<typename V::State const> batch) const {
        if (fails) throw Failure{};
        return MapRouter<V>::get_users_for_states(batch);
    }
    Pull<V> get_interested_users(typename V::Id const& viewer) const {
        if (fails) throw Failure{};
        return MapRouter<V>::get_interested_users(viewer);
    }
    bool fails = false;
};

template <class E, class Ask>
bool throws(Ask const& ask) {
    try {
        ask();
    } catch (E const&) {
        return true;
    }
    return false;
}

/// Calls `check` with each of the six questions about `router`, as a function.
template <class V, class R, class Check>
void each_question(R const& router, std::vector<typename V::State> const& batch, int user,
                   Check const& check) {
    auto const id = V::user(user);
    RouteSink<V> const routes = [](auto const&, auto const&) { return true; };
    SubjectSink<V> const subjects = [](auto const&) { return true; };
    check([&] { (void)presence_router::get_users_for_states(router, batch); });
    check([&] { (void)presence_router::get_interested_users(router, id); });
    check([&] { presence_router::for_each_route(router, batch, routes); });
    check([&] { (void)presence_router::for_each_subject(router, id, subjects); });
    check([&] { (void)presence_router::states_for_user(router, id, batch); });
    check([&] { (void)presence_router::sees(router, id, id); });
}

/// That `Failing`, guarded, contributes nothing, and is reported once for each question.
template <class V, template <class> class Failing>
void guarded_failures(std::string const& of, std::string const& which) {
    using D = Drawn<V>;

    law(of, "guarded, a router that fails " + which + " contributes nothing",
        [](CalmPlan const& pa, LawfulPlan const& failing, CalmPlan const& pc, Updates const& updates,
           Viewer viewer) {
            D const a = pa, c = pc;
            auto const batch = states<V>(updates);
            int errors = 0;
            bool only_failures = true;
            auto const on_error = [&](std::exception_ptr const& error) {
                ++errors;
                // Inside the handler: what is thrown is at hand without the pointer as well.
                only_failures = only_failures && throws<Failure>([] { throw; }) &&
                                throws<Failure>([&] { std::rethrow_exception(error); });
            };
            auto const silent = Failing<V>(failing) | guarded(on_error);
            assert_union<V>(PresenceRouterChain{a, silent, c}, updates, a, c);
            RC_ASSERT((streamed<V>(PresenceRouterChain{a, c}, batch) ==
                       streamed<V>(PresenceRouterChain{a, silent, c}, batch)));
            assert_union<V>(silent, updates);
            // A failure inside takes all of a guarded chain away.
            PresenceRouterChain const fails{a, Failing<V>(failing)};
            each_question<V>(silent, batch, viewer.number, [&](auto const& ask) {
                errors = 0;
                ask();
                RC_ASSERT(errors == 1);
            });
            RC_ASSERT((streamed<V>(fails | guarded(on_error), batch).routes.empty()));
            RC_ASSERT((presence_router::get_users_for_states(fails | guarded(on_error), batch).empty()));
            RC_ASSERT(only_failures);
        });

    law(of, "not guarded, a router that fails " + which + " fails the chain; so does a handler that rethrows",
        [](LawfulPlan const& failing, Updates const& updates, Viewer viewer) {
            auto const batch = states<V>(updates);
            auto const rethrow = [](std::exception_ptr const& error) { std::rethrow_exception(error); };
            auto const check = [](auto const& ask) { RC_ASSERT(throws<Failure>(ask)); };
            each_question<V>(PresenceRouterChain{Failing<V>(failing)}, batch, viewer.number, check);
            each_question<V>(PresenceRouterChain{Failing<V>(failing) | guarded(rethrow)}, batch,
                             viewer.number, check);
        });
}

struct SinkFailure {};

template <class V>
void exceptions(std::string const& of) {
    using D = Drawn<V>;
    guarded_failures<V, FailsAtOnce>(of, "at once");
    guarded_failures<V, FailsWhenRead>(of, "when its answer is read");
    guarded_failures<V, FailingRouter>(of, "while it streams");
    guarded_failures<V, FailsEverywhere>(of, "on every lane of its own");

    law(of, "a chain that failed answers as before when its routers do",
        [](CalmPlan const& pa, CalmPlan const& pb, Updates const& updates, Viewer viewer) {
            auto const batch = states<V>(updates);
            FailsAtTimes<V> router(pb);
            PresenceRouterChain const chain{D(pa), std::ref(router)};
            router.fails = true;
            each_question<V>(chain, batch, viewer.number,
                             [&](auto const& ask) { (void)throws<Failure>(ask); });
            router.fails = false;
            assert_union<V>(chain, updates, D(pa), MapRouter<V>(pb));
        });

    law(of, "what a sink throws is never the router's failure",
        [](CalmPlan const& pa, CalmPlan const& pb, Updates const& updates, Viewer viewer, Before before) {
            auto const batch = states<V>(updates);
            int errors = 0;
            auto const on_error = [&](std::exception_ptr const&) { ++errors; };
            auto const check = [&](auto const& router) {
                auto const shown = streamed<V>(router, batch);
                auto const limit = static_cast<std::size_t>(before.count);
                std::size_t calls = 0;
                RouteSink<V> const routes = [&](auto const&, auto const&) -> bool {
                    if (++calls > limit) throw SinkFailure{};
                    return true;
                };
                RC_ASSERT(throws<SinkFailure>([&] {
                              presence_router::for_each_route(router, batch, routes);
                          }) == (shown.routes.size() > limit));
                RC_ASSERT(calls == std::min(shown.routes.size(), limit + 1));

                std::size_t const few = limit % user_count;
                calls = 0;
                SubjectSink<V> const subjects = [&](auto const&) -> bool {
                    if (++calls > few) throw SinkFailure{};
                    return true;
                };
                auto const id = V::user(viewer.number);
                bool const thrown = throws<SinkFailure>(
                    [&] { (void)presence_router::for_each_subject(router, id, subjects); });
                std::size_t const all = shown.subjects[static_cast<std::size_t>(viewer.number)].first.size();
                RC_ASSERT(thrown == (all > few));
                RC_ASSERT(calls == std::min(all, few + 1));
                RC_ASSERT(errors == 0);
            };
            auto const a = D(pa) | guarded(on_error);
            check(PresenceRouterChain{a, D(pb) | guarded(on_error)});
            check(PresenceRouterChain{a, D(pb)} | guarded(on_error));
            check(table_of<V>(pa) | guarded(on_error)); // cannot throw by itself, and so is not buffered
            check(broadcast_to<V>(pa.chosen) | guarded(on_error));
        });
}

} // namespace laws

int main() {
    laws::exceptions<laws::Game>("integer ids");
    laws::exceptions<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
