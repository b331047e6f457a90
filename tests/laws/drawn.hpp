// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "laws/sample.hpp"

#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

// Routers of every kind that a server author may write.
namespace laws {

constexpr int coarse = mood_count; // the mood that routers rewrite moods to

enum class Kind {
    table,
    broadcast,
    map,       // the callbacks, in the canonical types
    flat,      // pairs of a viewer and a state
    grouped,   // pairs of a viewer and states
    lazy,      // range-v3 views
    streaming, // RouterInterface
    deaf,      // RouterInterface, goes on when the sink has had enough
    rewriting, // routes states that are not in the batch
    empties,   // has entries without a state
    failing,   // throws after some routes, and is guarded
};
constexpr int lawful_kinds =
    8; // whose answers depend on who alone, and which route the batch's states unchanged
constexpr int kind_names = 11;

/// A router, before it has a vocabulary.
struct Plan {
    Kind kind = Kind::table;
    std::set<std::pair<int, int>> edges; // viewer, subject
    std::set<int> chosen;                // viewers whose pull answer is "all users"
    bool wide = false;                   // the chosen do receive all presence, not only that of their edges
    int at = 0;                          // where it fails

    /// Whether `viewer` is to see `subject`.
    bool grants(int viewer, int subject) const {
        if (kind == Kind::failing) return false;
        if (kind == Kind::broadcast) return chosen.contains(viewer);
        if (kind != Kind::table && wide && chosen.contains(viewer)) return true;
        return edges.contains({viewer, subject});
    }

    /// What its router claims: one brings a user into every batch.
    Claim claim() const { return kind == Kind::rewriting ? Claim::any_order : Claim::relation; }

    bool answers_all(int viewer) const {
        return kind != Kind::table && kind != Kind::failing && kind != Kind::empties &&
               chosen.contains(viewer);
    }
};

struct LawfulPlan : Plan {};

/// Neither fails nor is anything else than a relation, though its states may be its own.
struct CalmPlan : Plan {};

inline void showValue(Plan const& plan, std::ostream& out) {
    static constexpr std::array<char const*, kind_names> names{"table",     "broadcast", "map",    "flat",
                                                               "grouped",   "lazy",      "stream", "deaf",
                                                               "rewriting", "empties",   "failing"};
    out << names[static_cast<std::size_t>(plan.kind)] << " edges ";
    rc::show(plan.edges, out);
    out << " chosen ";
    rc::show(plan.chosen, out);
    out << (plan.wide ? " wide" : "") << " at " << plan.at;
}
inline void showValue(LawfulPlan const& plan, std::ostream& out) {
    showValue(static_cast<Plan const&>(plan), out);
}
inline void showValue(CalmPlan const& plan, std::ostream& out) {
    showValue(static_cast<Plan const&>(plan), out);
}

template <class P>
rc::Gen<P> plans(int kinds) {
    auto const user = rc::gen::inRange(0, user_count);
    auto const kind =
        rc::gen::map(rc::gen::inRange(0, kinds), [](int number) { return static_cast<Kind>(number); });
    // Often empty: a viewer who receives everything hides what the routers do otherwise.
    auto const chosen =
        rc::gen::weightedOneOf<std::set<int>>({{2, rc::gen::just(std::set<int>{})}, {1, some_of(user)}});
    return rc::gen::build<P>(rc::gen::set(&P::kind, kind),
                             rc::gen::set(&P::edges, some_of(rc::gen::pair(user, user))),
                             rc::gen::set(&P::chosen, chosen), rc::gen::set(&P::wide),
                             rc::gen::set(&P::at, rc::gen::inRange(0, 8)));
}

} // namespace laws

namespace rc {

template <>
struct Arbitrary<laws::Plan> {
    static Gen<laws::Plan> arbitrary() { return laws::plans<laws::Plan>(laws::kind_names); }
};
template <>
struct Arbitrary<laws::LawfulPlan> {
    static Gen<laws::LawfulPlan> arbitrary() { return laws::plans<laws::LawfulPlan>(laws::lawful_kinds); }
};
template <>
struct Arbitrary<laws::CalmPlan> {
    static Gen<laws::CalmPlan> arbitrary() { return laws::plans<laws::CalmPlan>(laws::kind_names - 1); }
};

} // namespace rc

namespace laws {

template <class V>
class Planned {
public:
    using user_id_type = typename V::Id;
    using state_type = typename V::State;
    using Batch = std::span<state_type const>;

    explicit Planned(Plan plan) : plan_{std::move(plan)} {}

protected:
    Plan const& plan() const { return plan_; }

    /// The routes, in order.
    std::vector<std::pair<user_id_type, state_type>> routes(Batch batch) const {
        std::vector<std::pair<user_id_type, state_type>> result;
        for (state_type const& update : batch)
            for (int viewer = 0; viewer < user_count; ++viewer)
                if (plan_.grants(viewer, V::number(update.user_id)))
                    result.emplace_back(V::user(viewer), update);
        return result;
    }

    Push<V> map(Batch batch) const {
        Push<V> result;
        for (auto const& [viewer, update] : routes(batch)) result[viewer].insert(update);
        return result;
    }

    std::vector<user_id_type> subjects(user_id_type const& viewer) const {
        std::vector<user_id_type> result;
        for (int subject = 0; subject < user_count; ++subject)
            if (plan_.grants(V::number(viewer), subject)) result.push_back(V::user(subject));
        return result;
    }

    bool answers_all(user_id_type const& viewer) const { return plan_.answers_all(V::number(viewer)); }

private:
    Plan plan_;
};

template <class V>
struct MapRouter : Planned<V> {
    using Planned<V>::Planned;
    Push<V> get_users_for_states(std::span<typename V::State const> batch) const { return this->map(batch); }
    Pull<V> get_interested_users(typename V::Id const& viewer) const {
        if (this->answers_all(viewer)) return all_users;
        auto const subjects = this->subjects(viewer);
        return set_for_t<typename V::Id>(subjects.begin(), subjects.end());
    }
};

template <class V>
struct FlatRouter : Planned<V> {
    using Planned<V>::Planned;
    auto get_users_for_states(std::span<typename V::State const> batch) const { return this->routes(batch); }
    std::variant<std::vector<typename V::Id>, AllUsers>
    get_interested_users(typename V::Id const& viewer) const {
        if (this->answers_all(viewer)) return all_users;
        return this->subjects(viewer);
    }
};

template <class V>
struct GroupedRouter : Planned<V> {
    using Planned<V>::Planned;
    auto get_users_for_states(std::span<typename V::State const> batch) const {
        std::vector<std::tuple<typename V::Id, std::list<typename V::State>>> result;
        for (auto const& [viewer, states] : this->map(batch))
            result.emplace_back(viewer, std::list<typename V::State>(states.begin(), states.end()));
        return result;
    }
    std::variant<AllUsers, std::list<typename V::Id>>
    get_interested_users(typename V::Id const& viewer) const {
        if (this->answers_all(viewer)) return all_users;
        auto const subjects = this->subjects(viewer);
        return std::list<typename V::Id>(subjects.begin(), subjects.end());
    }
};

/// A lazy view of the first `count` of `values`; to read on fails, if there is a failure to throw.
template <class Value, class Failure>
auto lazily(std::vector<Value> values, std::size_t count, std::optional<Failure> failure) {
    auto const held = std::make_shared<std::vector<Value> const>(std::move(values));
    return ranges::views::iota(std::size_t{0}, count + (failure ? 1 : 0)) |
           ranges::views::transform([held, count, failure](std::size_t at) -> Value {
               if (at == count) throw *failure;
               return (*held)[at];
           });
}

template <class V>
struct LazyRouter : Planned<V> {
    using Planned<V>::Planned;
    auto get_users_for_states(std::span<typename V::State const> batch) const {
        auto routes = this->routes(batch);
        std::size_t const count = routes.size();
        return lazily(std::move(routes), count, std::optional<int>{});
    }
    auto get_interested_users(typename V::Id const& viewer) const {
        auto subjects = this->subjects(viewer);
        std::size_t const count = subjects.size();
        auto view = lazily(std::move(subjects), count, std::optional<int>{});
        std::variant<decltype(view), AllUsers> result{view};
        if (this->answers_all(viewer)) result = all_users;
        return result;
    }
};

template <class V>
struct StreamingRouter : RouterInterface<StreamingRouter<V>>, Planned<V> {
    using Planned<V>::Planned;
    void for_each_route(std::span<typename V::State const> batch, auto&& sink) const {
        for (auto const& [viewer, update] : this->routes(batch))
            if (!sink(viewer, update)) return;
    }
    std::optional<AllUsers> for_each_subject(typename V::Id const& viewer, auto&& sink) const {
        for (auto const& subject : this->subjects(viewer))
            if (!sink(subject)) break;
        return this->answers_all(viewer) ? std::optional{all_users} : std::nullopt;
    }
    bool sees(typename V::Id const& viewer, typename V::Id const& subject) const {
        return this->plan().grants(V::number(viewer), V::number(subject));
    }
};

template <class V>
struct DeafRouter : RouterInterface<DeafRouter<V>>, Planned<V> {
    using Planned<V>::Planned;
    void for_each_route(std::span<typename V::State const> batch, auto&& sink) const {
        for (auto const& [viewer, update] : this->routes(batch)) sink(viewer, update);
    }
    std::optional<AllUsers> for_each_subject(typename V::Id const& viewer, auto&& sink) const {
        for (auto const& subject : this->subjects(viewer)) sink(subject);
        return this->answers_all(viewer) ? std::optional{all_users} : std::nullopt;
    }
};

/// Shows everyone in one mood, and brings up one user in every batch.
template <class V>
struct RewritingRouter : MapRouter<V> {
    using MapRouter<V>::MapRouter;
    Push<V> get_users_for_states(std::span<typename V::State const> batch) const {
        std::vector<typename V::State> rewritten{V::state(this->plan().at % user_count, coarse)};
        for (auto const& update : batch) rewritten.push_back(V::state(V::number(update.user_id), coarse));
        return this->map(rewritten);
    }
};

template <class V>
struct EmptiesRouter : MapRouter<V> {
    using MapRouter<V>::MapRouter;
    Push<V> get_users_for_states(std::span<typename V::State const> batch) const {
        Push<V> result = this->map(batch);
        for (int const viewer : this->plan().chosen) result[V::user(viewer)];
        return result;
    }
};

struct Failure {};
struct Ignore {
    void operator()(std::exception_ptr const&) const {}
};

/// Shows some of its routes and subjects, and fails. It does have what it shows, whatever its plan grants.
template <class V>
struct FailingRouter : RouterInterface<FailingRouter<V>>, Planned<V> {
    explicit FailingRouter(Plan plan) : Planned<V>(grants_edges(std::move(plan))) {}

    void for_each_route(std::span<typename V::State const> batch, auto&& sink) const {
        int before = this->plan().at;
        for (auto const& [viewer, update] : this->routes(batch)) {
            if (before-- == 0) break;
            sink(viewer, update);
        }
        throw Failure{};
    }
    std::optional<AllUsers> for_each_subject(typename V::Id const& viewer, auto&& sink) const {
        int before = this->plan().at;
        for (auto const& subject : this->subjects(viewer)) {
            if (before-- == 0) break;
            sink(subject);
        }
        throw Failure{};
    }

private:
    static Plan grants_edges(Plan plan) {
        plan.kind = Kind::streaming;
        return plan;
    }
};

template <class V>
BasicRouteTable<typename V::Id, typename V::State> table_of(Plan const& plan) {
    BasicRouteTable<typename V::Id, typename V::State> table;
    for (auto const& [viewer, subject] : plan.edges) table.add(V::user(viewer), V::user(subject));
    return table;
}

template <class V>
BasicBroadcast<typename V::Id, typename V::State> broadcast_to(std::set<int> const& viewers) {
    std::vector<typename V::Id> ids;
    for (int const viewer : viewers) ids.push_back(V::user(viewer));
    return BasicBroadcast<typename V::Id, typename V::State>(ids);
}

/// The router of a plan. One type for all kinds, so that a chain of any is one type as well.
template <class V>
class Drawn {
public:
    using user_id_type = typename V::Id;
    using state_type = typename V::State;
    using Batch = std::span<state_type const>;

    Drawn(Plan const& plan) : router_{make(plan)} {}

    Push<V> get_users_for_states(Batch batch) const {
        return ask([&](auto const& router) { return presence_router::get_users_for_states(router, batch); });
    }
    Pull<V> get_interested_users(user_id_type const& viewer) const {
        return ask([&](auto const& router) { return presence_router::get_interested_users(router, viewer); });
    }
    void for_each_route(Batch batch, auto&& sink) const {
        ErasedSink const erased{[&](auto const& viewer, auto const& update) { return sink(viewer, update); },
                                [&](auto const& viewer) {
                                    if constexpr (requires { sink.without_state(viewer); })
                                        sink.without_state(viewer);
                                }};
        ask([&](auto const& router) { presence_router::for_each_route(router, batch, erased); });
    }
    std::optional<AllUsers> for_each_subject(user_id_type const& viewer, auto&& sink) const {
        SubjectSink<V> const erased = [&](auto const& subject) { return sink(subject); };
        return ask(
            [&](auto const& router) { return presence_router::for_each_subject(router, viewer, erased); });
    }
    set_for_t<state_type> states_for_user(user_id_type const& viewer, Batch batch) const {
        return ask(
            [&](auto const& router) { return presence_router::states_for_user(router, viewer, batch); });
    }
    bool sees(user_id_type const& viewer, user_id_type const& subject) const {
        return ask([&](auto const& router) { return presence_router::sees(router, viewer, subject); });
    }

private:
    using Guarded = decltype(std::declval<FailingRouter<V>>() | guarded(Ignore{}));
    using Any =
        std::variant<BasicRouteTable<user_id_type, state_type>, BasicBroadcast<user_id_type, state_type>,
                     MapRouter<V>, FlatRouter<V>, GroupedRouter<V>, LazyRouter<V>, StreamingRouter<V>,
                     DeafRouter<V>, RewritingRouter<V>, EmptiesRouter<V>, Guarded>;

    static Any make(Plan const& plan) {
        switch (plan.kind) {
        case Kind::table:
            return table_of<V>(plan);
        case Kind::broadcast:
            return broadcast_to<V>(plan.chosen);
        case Kind::map:
            return MapRouter<V>(plan);
        case Kind::flat:
            return FlatRouter<V>(plan);
        case Kind::grouped:
            return GroupedRouter<V>(plan);
        case Kind::lazy:
            return LazyRouter<V>(plan);
        case Kind::streaming:
            return StreamingRouter<V>(plan);
        case Kind::deaf:
            return DeafRouter<V>(plan);
        case Kind::rewriting:
            return RewritingRouter<V>(plan);
        case Kind::empties:
            return EmptiesRouter<V>(plan);
        case Kind::failing:
            return FailingRouter<V>(plan) | guarded(Ignore{});
        }
        std::terminate();
    }

    /// So that each kind is instantiated for one sink, and not for those of every chain.
    struct ErasedSink {
        bool operator()(user_id_type const& viewer, state_type const& update) const {
            return route(viewer, update);
        }
        RouteSink<V> route;
        std::function<void(user_id_type const&)> without_state;
    };

    decltype(auto) ask(auto const& question) const { return std::visit(question, router_); }

    Any router_;
};

} // namespace laws
