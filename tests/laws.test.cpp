// SPDX-License-Identifier: BSL-1.0
#include <presence_router/presence_router.hpp>

#include <rapidcheck.h>

#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

// The laws of the contract over routers drawn at random. A failure prints the routers and how to repeat it;
// RC_PARAMS="max_success=1000" looks further.

using namespace presence_router;

namespace {

// Properties speak of users and moods by small numbers; a vocabulary says what they are.

/// A state that has a hash and no order, so that sets of it are unordered.
struct Status {
    std::uint64_t user_id;
    std::uint64_t mood = 0;
    friend bool operator==(Status const&, Status const&) = default;
};

} // namespace

template <>
struct std::hash<Status> {
    std::size_t operator()(Status const& status) const noexcept {
        return static_cast<std::size_t>(status.user_id * 31 + status.mood);
    }
};

namespace {

constexpr int user_count = 5;
constexpr int mood_count = 3;
constexpr int hubs = 9;  // the users of a route table who may have many routes,
constexpr int many = 90; // and all of them; more than the 64 routes from which on a user has an index
constexpr int coarse = mood_count; // the mood that routers rewrite moods to

struct Game {
    using Id = std::uint64_t;
    using State = Status;
    static Id user(int number) { return static_cast<Id>(number); }
    static int number(Id id) { return static_cast<int>(id); }
    static State state(int user, int mood) {
        return {static_cast<Id>(user), static_cast<std::uint64_t>(mood)};
    }
};

struct Matrix {
    using Id = UserId;
    using State = UserPresenceState;
    static Id const& user(int number) {
        static std::vector<Id> const ids = [] {
            std::vector<Id> result;
            for (int user = 0; user < many; ++user)
                result.emplace_back("@" + std::to_string(user) + ":example.org");
            return result;
        }();
        return ids[static_cast<std::size_t>(number)];
    }
    static int number(Id const& id) {
        int result = 0;
        for (char const digit : id.localpart()) result = 10 * result + (digit - '0');
        return result;
    }
    static State state(int user, int mood) {
        UserPresenceState result{.user_id = Matrix::user(user)};
        result.last_active_ts = Timestamp{std::chrono::milliseconds{mood}};
        return result;
    }
};

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

    bool answers_all(int viewer) const {
        return kind != Kind::table && kind != Kind::failing && kind != Kind::empties &&
               chosen.contains(viewer);
    }
};

struct LawfulPlan : Plan {};

/// Neither fails nor is anything else than a relation, though its states may be its own.
struct CalmPlan : Plan {};

struct Update {
    int user = 0;
    int mood = 0;
};
using Updates = std::vector<Update>;

struct Viewer {
    int number = 0;
};

/// How many routes or subjects go well.
struct Before {
    int count = 0;
};

/// What is done to a route table.
struct Step {
    enum class Do { add, remove, erase, fan_out, fan_in, thin_out, thin_in };
    Do what = Do::add;
    int viewer = 0;
    int subject = 0;
};

void showValue(Plan const& plan, std::ostream& out) {
    static constexpr std::array<char const*, kind_names> names{"table",     "broadcast", "map",    "flat",
                                                               "grouped",   "lazy",      "stream", "deaf",
                                                               "rewriting", "empties",   "failing"};
    out << names[static_cast<std::size_t>(plan.kind)] << " edges ";
    rc::show(plan.edges, out);
    out << " chosen ";
    rc::show(plan.chosen, out);
    out << (plan.wide ? " wide" : "") << " at " << plan.at;
}
void showValue(LawfulPlan const& plan, std::ostream& out) { showValue(static_cast<Plan const&>(plan), out); }
void showValue(CalmPlan const& plan, std::ostream& out) { showValue(static_cast<Plan const&>(plan), out); }
void showValue(Update const& update, std::ostream& out) { out << update.user << " in mood " << update.mood; }
void showValue(Viewer const& viewer, std::ostream& out) { out << "viewer " << viewer.number; }
void showValue(Before const& before, std::ostream& out) { out << "after " << before.count; }
void showValue(Step const& step, std::ostream& out) {
    static constexpr std::array<char const*, 7> names{"add",    "remove",   "erase",  "fan_out",
                                                      "fan_in", "thin_out", "thin_in"};
    out << names[static_cast<std::size_t>(step.what)] << '(' << step.viewer << ", " << step.subject << ')';
}

/// Not rc::gen::container: that gives up when so few users are drawn twice too often.
template <class T>
rc::Gen<std::set<T>> some_of(rc::Gen<T> const& one) {
    return rc::gen::map(rc::gen::container<std::vector<T>>(one),
                        [](std::vector<T> const& drawn) { return std::set<T>(drawn.begin(), drawn.end()); });
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

} // namespace

namespace rc {

template <>
struct Arbitrary<Plan> {
    static Gen<Plan> arbitrary() { return plans<Plan>(kind_names); }
};
template <>
struct Arbitrary<LawfulPlan> {
    static Gen<LawfulPlan> arbitrary() { return plans<LawfulPlan>(lawful_kinds); }
};
template <>
struct Arbitrary<CalmPlan> {
    static Gen<CalmPlan> arbitrary() { return plans<CalmPlan>(kind_names - 1); }
};
template <>
struct Arbitrary<Update> {
    static Gen<Update> arbitrary() {
        return gen::build<Update>(gen::set(&Update::user, gen::inRange(0, user_count)),
                                  gen::set(&Update::mood, gen::inRange(0, mood_count)));
    }
};
template <>
struct Arbitrary<Viewer> {
    static Gen<Viewer> arbitrary() {
        return gen::build<Viewer>(gen::set(&Viewer::number, gen::inRange(0, user_count)));
    }
};
template <>
struct Arbitrary<Before> {
    static Gen<Before> arbitrary() {
        return gen::build<Before>(gen::set(&Before::count, gen::inRange(0, 12)));
    }
};
template <>
struct Arbitrary<Step> {
    static Gen<Step> arbitrary() {
        using Do = Step::Do;
        return gen::build<Step>(gen::set(&Step::what, gen::weightedElement<Do>({{12, Do::add},
                                                                                {6, Do::remove},
                                                                                {2, Do::erase},
                                                                                {1, Do::fan_out},
                                                                                {1, Do::fan_in},
                                                                                {1, Do::thin_out},
                                                                                {1, Do::thin_in}})),
                                gen::set(&Step::viewer, gen::inRange(0, hubs)),
                                gen::set(&Step::subject, gen::inRange(0, hubs)));
    }
};

} // namespace rc

namespace {

template <class V>
std::vector<typename V::State> states(Updates const& updates) {
    std::vector<typename V::State> result;
    for (auto const [user, mood] : updates) result.push_back(V::state(user, mood));
    return result;
}

template <class V>
using Push = BasicUsersForStates<typename V::Id, typename V::State>;
template <class V>
using Pull = BasicInterestedUsers<typename V::Id>;

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
        ask([&](auto const& router) { presence_router::for_each_route(router, batch, sink); });
    }
    std::optional<AllUsers> for_each_subject(user_id_type const& viewer, auto&& sink) const {
        return ask(
            [&](auto const& router) { return presence_router::for_each_subject(router, viewer, sink); });
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

    decltype(auto) ask(auto const& question) const { return std::visit(question, router_); }

    Any router_;
};

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

/// The canonical and the point lanes, about everyone.
template <class V>
struct Settled {
    Push<V> push;
    std::vector<Pull<V>> pull;
    std::vector<set_for_t<typename V::State>> states;
    std::vector<std::vector<bool>> sees;
    friend bool operator==(Settled const&, Settled const&) = default;
};

/// The streaming lanes, in the order shown.
template <class V>
struct Streamed {
    std::vector<std::pair<typename V::Id, typename V::State>> routes;
    std::vector<std::pair<std::vector<typename V::Id>, bool>> subjects;
    friend bool operator==(Streamed const&, Streamed const&) = default;
};

// The sinks are std::function so that routers are instantiated for few of them.
template <class V>
using RouteSink = std::function<bool(typename V::Id const&, typename V::State const&)>;
template <class V>
using SubjectSink = std::function<bool(typename V::Id const&)>;

template <class V, class R>
Settled<V> settled(R const& router, std::vector<typename V::State> const& batch) {
    Settled<V> result{
        .push = presence_router::get_users_for_states(router, batch), .pull = {}, .states = {}, .sees = {}};
    for (int viewer = 0; viewer < user_count; ++viewer) {
        auto const id = V::user(viewer);
        result.pull.push_back(presence_router::get_interested_users(router, id));
        result.states.push_back(presence_router::states_for_user(router, id, batch));
        auto& sees = result.sees.emplace_back();
        for (int subject = 0; subject < user_count; ++subject)
            sees.push_back(presence_router::sees(router, id, V::user(subject)));
    }
    return result;
}

template <class V, class R>
Streamed<V> streamed(R const& router, std::vector<typename V::State> const& batch) {
    Streamed<V> result;
    RouteSink<V> const routes = [&](auto const& viewer, auto const& update) {
        result.routes.emplace_back(viewer, update);
        return true;
    };
    presence_router::for_each_route(router, batch, routes);
    for (int viewer = 0; viewer < user_count; ++viewer) {
        auto& [subjects, everybody] = result.subjects.emplace_back();
        SubjectSink<V> const sink = [&shown = subjects](auto const& subject) {
            shown.push_back(subject);
            return true;
        };
        everybody = presence_router::for_each_subject(router, V::user(viewer), sink).has_value();
    }
    return result;
}

template <class V, class A, class B>
void assert_same(A const& a, B const& b, std::vector<typename V::State> const& batch) {
    RC_ASSERT((settled<V>(a, batch) == settled<V>(b, batch)));
    RC_ASSERT((streamed<V>(a, batch) == streamed<V>(b, batch)));
}

template <class V, class A, class B>
void assert_same_settled(A const& a, B const& b, std::vector<typename V::State> const& batch) {
    RC_ASSERT((settled<V>(a, batch) == settled<V>(b, batch)));
}

bool all_hold = true;

template <class Property>
void law(std::string const& vocabulary, std::string const& name, Property const& property) {
    all_hold = rc::check(vocabulary + ": " + name, property) && all_hold;
}

template <class V>
void algebra(std::string const& of) {
    using D = Drawn<V>;

    law(of, "chains are associative",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& updates) {
            D const a = pa, b = pb, c = pc;
            auto const batch = states<V>(updates);
            PresenceRouterChain const flat{a, b, c};
            assert_same<V>(flat, PresenceRouterChain{a, PresenceRouterChain{b, c}}, batch);
            assert_same<V>(flat, PresenceRouterChain{PresenceRouterChain{a, b}, c}, batch);
        });

    law(of, "the empty chain is the identity", [](Plan const& pa, Plan const& pb, Updates const& updates) {
        D const a = pa, b = pb;
        auto const batch = states<V>(updates);
        PresenceRouterChain<> const empty;
        assert_same_settled<V>(a, PresenceRouterChain{a}, batch);
        assert_same<V>(PresenceRouterChain{a}, PresenceRouterChain{empty, a}, batch);
        assert_same<V>(PresenceRouterChain{a}, PresenceRouterChain{a, empty}, batch);
        assert_same<V>(PresenceRouterChain{a, b},
                       PresenceRouterChain{a, PresenceRouterChain{empty, empty}, b}, batch);
        assert_same<V>(PresenceRouterChain{a, b}, PresenceRouterChain{a, empty | guarded(Ignore{}), b},
                       batch);
    });

    law(of, "duplicates change nothing", [](Plan const& pa, Plan const& pb, Updates const& updates) {
        D const a = pa, b = pb;
        auto const batch = states<V>(updates);
        assert_same_settled<V>(PresenceRouterChain{a}, PresenceRouterChain{a, a}, batch);
        assert_same_settled<V>(PresenceRouterChain{a, b}, PresenceRouterChain{a, b, a}, batch);
        assert_same_settled<V>(PresenceRouterChain{a, b}, PresenceRouterChain{a, a, b}, batch);
    });

    law(of, "the order of the routers changes nothing but the order of what is streamed",
        [](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& updates) {
            D const a = pa, b = pb, c = pc;
            auto const batch = states<V>(updates);
            PresenceRouterChain const chain{a, b, c};
            assert_same_settled<V>(chain, PresenceRouterChain{c, b, a}, batch);
            assert_same_settled<V>(chain, PresenceRouterChain{b, c, a}, batch);
        });

    law(of, "a chain is the union of its routers",
        [](Plan const& pa, Plan const& pb, Updates const& updates) {
            D const a = pa, b = pb;
            auto const batch = states<V>(updates);
            Settled<V> joined = settled<V>(a, batch);
            Settled<V> const other = settled<V>(b, batch);
            for (auto const& [viewer, routed] : other.push)
                joined.push[viewer].insert(routed.begin(), routed.end());
            for (std::size_t viewer = 0; viewer < user_count; ++viewer) {
                auto* const subjects = std::get_if<0>(&joined.pull[viewer]);
                auto const* const more = std::get_if<0>(&other.pull[viewer]);
                if (subjects && more) subjects->insert(more->begin(), more->end());
                else joined.pull[viewer] = all_users;
                joined.states[viewer].insert(other.states[viewer].begin(), other.states[viewer].end());
                for (std::size_t subject = 0; subject < user_count; ++subject)
                    joined.sees[viewer][subject] =
                        joined.sees[viewer][subject] || other.sees[viewer][subject];
            }
            RC_ASSERT((settled<V>(PresenceRouterChain{a, b}, batch) == joined));
        });
}

template <class V>
void lanes(std::string const& of) {
    using D = Drawn<V>;

    law(of, "the lanes agree", [](Plan const& pa, Plan const& pb, Updates const& updates) {
        auto const batch = states<V>(updates);
        PresenceRouterChain const chain{D(pa), D(pb)};
        Settled<V> const given = settled<V>(chain, batch);
        Streamed<V> const shown = streamed<V>(chain, batch);

        Push<V> collected;
        for (auto const& [viewer, update] : shown.routes) collected[viewer].insert(update);
        Push<V> without_empties = given.push;
        std::erase_if(without_empties, [](auto const& entry) { return entry.second.empty(); });
        RC_ASSERT((collected == without_empties));

        for (std::size_t viewer = 0; viewer < user_count; ++viewer) {
            auto const entry = given.push.find(V::user(static_cast<int>(viewer)));
            RC_ASSERT((given.states[viewer] ==
                       (entry == given.push.end() ? set_for_t<typename V::State>{} : entry->second)));

            auto const& [subjects, everybody] = shown.subjects[viewer];
            Pull<V> pull = set_for_t<typename V::Id>(subjects.begin(), subjects.end());
            if (everybody) pull = all_users;
            RC_ASSERT((pull == given.pull[viewer]));
        }
    });

    law(of, "push, pull and sees are three sides of one relation",
        [](LawfulPlan const& pa, LawfulPlan const& pb, Updates const& updates) {
            auto const batch = states<V>(updates);
            auto const check = [&](auto const& router, auto const& grants) {
                Settled<V> const given = settled<V>(router, batch);
                for (int viewer = 0; viewer < user_count; ++viewer) {
                    auto const at = static_cast<std::size_t>(viewer);
                    for (int subject = 0; subject < user_count; ++subject)
                        RC_ASSERT(given.sees[at][static_cast<std::size_t>(subject)] ==
                                  grants(viewer, subject));

                    set_for_t<typename V::State> routed;
                    for (auto const& update : batch)
                        if (grants(viewer, V::number(update.user_id))) routed.insert(update);
                    auto const entry = given.push.find(V::user(viewer));
                    if (entry == given.push.end()) RC_ASSERT(routed.empty());
                    else RC_ASSERT((entry->second == routed));

                    if (auto const* const subjects = std::get_if<0>(&given.pull[at])) {
                        set_for_t<typename V::Id> seen;
                        for (int subject = 0; subject < user_count; ++subject)
                            if (grants(viewer, subject)) seen.insert(V::user(subject));
                        RC_ASSERT((*subjects == seen));
                    }
                }
            };
            check(D(pa), [&](int viewer, int subject) { return pa.grants(viewer, subject); });
            check(PresenceRouterChain{D(pa), D(pb)}, [&](int viewer, int subject) {
                return pa.grants(viewer, subject) || pb.grants(viewer, subject);
            });
        });

    law(of, "who is routed a state sees its user, also when it is no state of the batch",
        [](Plan const& pa, Plan const& pb, Updates const& updates) {
            PresenceRouterChain const chain{D(pa), D(pb)};
            for (auto const& [viewer, update] : streamed<V>(chain, states<V>(updates)).routes)
                RC_ASSERT(chain.sees(viewer, update.user_id));
        });

    law(of, "rewritten states stay rewritten on all lanes", [](CalmPlan plan, Updates const& updates) {
        plan.kind = Kind::rewriting;
        PresenceRouterChain const chain{D(plan)};
        Settled<V> const given = settled<V>(chain, states<V>(updates));
        for (auto const& routed : given.states)
            for (auto const& state : routed) RC_ASSERT((state == V::state(V::number(state.user_id), coarse)));
        // That everyone is told of one user in every batch grants nobody another user.
        for (int viewer = 0; viewer < user_count; ++viewer)
            for (int subject = 0; subject < user_count; ++subject)
                RC_ASSERT(given.sees[static_cast<std::size_t>(viewer)][static_cast<std::size_t>(subject)] ==
                          plan.grants(viewer, subject));
    });

    law(of, "entries without a state pass through chains and guards",
        [](CalmPlan plan, CalmPlan const& other, Updates const& updates) {
            plan.kind = Kind::empties;
            plan.chosen.insert(plan.at % user_count);
            D const a = plan, b = other;
            auto const batch = states<V>(updates);
            Push<V> const alone = presence_router::get_users_for_states(a, batch);
            RC_ASSERT(alone.contains(V::user(plan.at % user_count)));
            auto const guard = guarded(Ignore{});
            RC_ASSERT((PresenceRouterChain{a}.get_users_for_states(batch) == alone));
            RC_ASSERT((PresenceRouterChain{a | guard}.get_users_for_states(batch) == alone));
            assert_same<V>(PresenceRouterChain{a, b}, PresenceRouterChain{a | guard, b | guard}, batch);
            assert_same<V>(PresenceRouterChain{a, b}, PresenceRouterChain{a, b} | guard, batch);
        });
}

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
            assert_same<V>(PresenceRouterChain{a, c}, PresenceRouterChain{a, silent, c}, batch);
            // A failure inside takes all of a guarded chain away.
            PresenceRouterChain const fails{a, Failing<V>(failing)};
            assert_same<V>(PresenceRouterChain{c},
                           PresenceRouterChain{Failing<V>(failing) | guarded(on_error), c}, batch);
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
            auto const before = settled<V>(chain, batch);
            router.fails = true;
            each_question<V>(chain, batch, viewer.number,
                             [&](auto const& ask) { (void)throws<Failure>(ask); });
            router.fails = false;
            RC_ASSERT((settled<V>(chain, batch) == before));
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

template <class V>
void route_table(std::string const& of) {
    using Table = BasicRouteTable<typename V::Id, typename V::State>;
    using Edges = std::set<std::pair<int, int>>;

    law(of, "a route table is a set of pairs, seen from both sides", [](std::vector<Step> const& steps) {
        static std::vector<typename V::Id> const ids = [] {
            std::vector<typename V::Id> result;
            for (int user = 0; user < many; ++user) result.push_back(V::user(user));
            return result;
        }();
        auto const id = [](int user) -> auto const& { return ids[static_cast<std::size_t>(user)]; };

        auto const check = [&](Table const& table, Edges const& edges) {
            RC_ASSERT(table.size() == edges.size());
            RC_ASSERT(table.empty() == edges.empty());
            std::set<std::pair<typename V::Id, typename V::Id>> expected;
            for (auto const& [viewer, subject] : edges) expected.emplace(id(viewer), id(subject));
            std::set<std::pair<typename V::Id, typename V::Id>> pulled;
            std::set<std::pair<typename V::Id, typename V::Id>> pushed;
            std::size_t shown = 0;
            std::vector<typename V::State> batch;
            for (int user = 0; user < many; ++user) {
                auto const all = table.for_each_subject(id(user), [&](auto const& subject) {
                    pulled.emplace(id(user), subject);
                    return ++shown > 0;
                });
                RC_ASSERT(!all);
                batch.push_back(V::state(user, 0));
            }
            table.for_each_route(batch, [&](auto const& viewer, auto const& update) {
                pushed.emplace(viewer, update.user_id);
                return ++shown > 0;
            });
            RC_ASSERT((pulled == expected));
            RC_ASSERT((pushed == expected));
            RC_ASSERT(shown == 2 * edges.size()); // none is shown twice
            // Each route has a hub at one end; pairs of others would only cost time.
            for (int hub = 0; hub < hubs; ++hub) {
                std::size_t seen = 0;
                for (int user = 0; user < many; ++user) {
                    bool const sees = table.sees(id(hub), id(user));
                    seen += sees;
                    RC_ASSERT(sees == edges.contains({hub, user}));
                    RC_ASSERT(table.sees(id(user), id(hub)) == edges.contains({user, hub}));
                }
                RC_ASSERT(table.states_for_user(id(hub), batch).size() == seen);
            }
        };

        Table table;
        Edges edges;
        Table copy;
        Edges copied;
        auto const add = [&](int viewer, int subject) {
            RC_ASSERT(table.add(id(viewer), id(subject)) == edges.emplace(viewer, subject).second);
        };
        auto const remove = [&](int viewer, int subject) {
            RC_ASSERT(table.remove(id(viewer), id(subject)) == (edges.erase({viewer, subject}) == 1));
        };
        for (std::size_t at = 0; at < steps.size(); ++at) {
            auto const [what, viewer, subject] = steps[at];
            switch (what) {
            case Step::Do::add:
                add(viewer, subject);
                break;
            case Step::Do::remove:
                remove(viewer, subject);
                break;
            case Step::Do::erase: {
                std::size_t const erased = std::erase_if(edges, [user = viewer](auto const& edge) {
                    return edge.first == user || edge.second == user;
                });
                RC_ASSERT(table.erase(id(viewer)) == erased);
                break;
            }
            case Step::Do::fan_out:
                for (int user = subject; user < many; ++user) add(viewer, user);
                break;
            case Step::Do::fan_in:
                for (int user = many; user-- > viewer;) add(user, subject);
                break;
            case Step::Do::thin_out:
                for (int user = subject; user < many; user += 2) remove(viewer, user);
                break;
            case Step::Do::thin_in:
                for (int user = viewer; user < many; user += 1 + subject % 2) remove(user, subject);
                break;
            }
            RC_ASSERT(table.size() == edges.size());
            if (at == steps.size() / 2) {
                copy = table;
                copied = edges;
                check(table, edges);
            }
        }
        check(table, edges);
        check(copy, copied);
    });
}

template <class V>
void broadcast(std::string const& of) {
    law(of, "a broadcast is everyone's presence to its viewers and nothing to others",
        [](std::vector<Viewer> const& viewers, Updates const& updates) {
            std::set<int> chosen;
            std::vector<typename V::Id> ids;
            for (Viewer const viewer : viewers) {
                chosen.insert(viewer.number);
                ids.push_back(V::user(viewer.number));
            }
            auto const batch = states<V>(updates);
            set_for_t<typename V::State> const all(batch.begin(), batch.end());
            BasicBroadcast<typename V::Id, typename V::State> const router(ids);
            Push<V> expected;
            if (!batch.empty())
                for (int const viewer : chosen) expected.emplace(V::user(viewer), all);
            Settled<V> const given = settled<V>(router, batch);
            RC_ASSERT((given.push == expected));
            Streamed<V> const shown = streamed<V>(router, batch);
            RC_ASSERT(shown.routes.size() == chosen.size() * batch.size());
            for (int viewer = 0; viewer < user_count; ++viewer) {
                auto const at = static_cast<std::size_t>(viewer);
                bool const is_chosen = chosen.contains(viewer);
                RC_ASSERT((given.pull[at].index() == 1) == is_chosen);
                if (!is_chosen) RC_ASSERT(std::get<0>(given.pull[at]).empty());
                RC_ASSERT((given.states[at] == (is_chosen ? all : set_for_t<typename V::State>{})));
                RC_ASSERT((given.sees[at] == std::vector<bool>(user_count, is_chosen)));
                RC_ASSERT(shown.subjects[at].first.empty());
                RC_ASSERT(shown.subjects[at].second == is_chosen);
            }
            if (ids.size() >= 2) {
                BasicBroadcast<typename V::Id, typename V::State> const listed{ids[0], ids[1], ids[0]};
                std::set<int> const two{viewers[0].number, viewers[1].number};
                assert_same<V>(listed, broadcast_to<V>(two), {});
                for (int viewer = 0; viewer < user_count; ++viewer)
                    RC_ASSERT(listed.sees(V::user(viewer), V::user(0)) == two.contains(viewer));
            }
        });
}

/// Can be read once, and counts it.
template <class State>
class ReadOnce {
public:
    explicit ReadOnce(std::vector<State> const& states) : states_{&states} {}

    class Iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = State;
        using difference_type = std::ptrdiff_t;
        using reference = State const&;
        using pointer = State const*;

        Iterator() = default;
        explicit Iterator(ReadOnce& range) : range_{&range} {}
        State const& operator*() const { return (*range_->states_)[range_->read]; }
        Iterator& operator++() {
            ++range_->read;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(Iterator const& at, std::default_sentinel_t) { return at.range_->done(); }

    private:
        ReadOnce* range_ = nullptr;
    };

    Iterator begin() { return Iterator(*this); }
    std::default_sentinel_t end() const { return {}; }

    bool done() const { return read == states_->size(); }

    std::size_t read = 0;

private:
    std::vector<State> const* states_;
};

/// Notes the span it is handed.
template <class V>
struct Spy {
    using user_id_type = typename V::Id;
    using state_type = typename V::State;
    Push<V> get_users_for_states(std::span<state_type const> batch) {
        seen = batch;
        return {};
    }
    set_for_t<user_id_type> get_interested_users(user_id_type const&) const { return {}; }
    std::span<state_type const> seen{};
};

template <class V>
void batches(std::string const& of) {
    using State = typename V::State;
    using D = Drawn<V>;

    law(of, "a batch may be any range",
        [](Plan const& pa, Plan const& pb, Updates const& updates, Viewer viewer) {
            auto const check = [&](auto const& router) {
                std::vector<State> batch = states<V>(updates);
                auto const id = V::user(viewer.number);
                Push<V> const push = presence_router::get_users_for_states(router, batch);
                auto const routed = presence_router::states_for_user(router, id, batch);
                auto const shown = streamed<V>(router, batch).routes;
                auto const check_batch = [&](auto&& made) {
                    RC_ASSERT((presence_router::get_users_for_states(router, made()) == push));
                    RC_ASSERT((presence_router::states_for_user(router, id, made()) == routed));
                    decltype(shown) const none{};
                    auto again = none;
                    RouteSink<V> const sink = [&](auto const& told, auto const& update) {
                        again.emplace_back(told, update);
                        return true;
                    };
                    presence_router::for_each_route(router, made(), sink);
                    RC_ASSERT((again == shown));
                };
                std::vector<State> const constant = batch;
                check_batch([&]() -> auto& { return batch; });
                check_batch([&]() -> auto& { return constant; });
                check_batch([&] { return std::span<State>(batch); });
                check_batch([&] { return batch; });
                check_batch([&] { return std::list<State>(batch.begin(), batch.end()); });
                check_batch([&] { return std::deque<State>(batch.begin(), batch.end()); });
                check_batch([&] {
                    return updates | std::views::transform(
                                         [](Update update) { return V::state(update.user, update.mood); });
                });
                check_batch([&] {
                    return updates | ranges::views::transform(
                                         [](Update update) { return V::state(update.user, update.mood); });
                });
                check_batch([&] { return ReadOnce<State>(batch); });
            };
            check(PresenceRouterChain{D(pa), D(pb)});
            check(D(pa));
            check(MapRouter<V>(pb) | guarded(Ignore{}));
        });

    law(of, "a batch may be a list in braces, also an empty one",
        [](Plan const& pa, Update first, Update second, Viewer viewer) {
            PresenceRouterChain const chain{D(pa)};
            State const a = V::state(first.user, first.mood);
            State const b = V::state(second.user, second.mood);
            auto const id = V::user(viewer.number);
            std::vector<State> const none;
            std::vector<State> const both{a, b};
            RC_ASSERT((chain.get_users_for_states({a, b}) == chain.get_users_for_states(both)));
            RC_ASSERT(
                (presence_router::get_users_for_states(chain, {a, b}) == chain.get_users_for_states(both)));
            RC_ASSERT((chain.states_for_user(id, {a, b}) == chain.states_for_user(id, both)));
            RC_ASSERT((chain.get_users_for_states({}) == chain.get_users_for_states(none)));
            RC_ASSERT((presence_router::states_for_user(chain, id, {}) == chain.states_for_user(id, none)));
            State const row[] = {a, b};
            RC_ASSERT((chain.get_users_for_states(row) == chain.get_users_for_states(both)));
            RC_ASSERT((chain.get_users_for_states(std::array{a, b}) == chain.get_users_for_states(both)));
        });

    law(of, "a batch is gathered once, and all routers see the same", [](Updates const& updates) {
        std::vector<State> const batch = states<V>(updates);
        Spy<V> a, b, c;
        PresenceRouterChain const chain{std::ref(a),
                                        PresenceRouterChain{std::ref(b) | guarded(Ignore{}), std::ref(c)}};
        auto const assert_same_span = [&] {
            RC_ASSERT(a.seen.data() == b.seen.data());
            RC_ASSERT(a.seen.data() == c.seen.data());
            RC_ASSERT(a.seen.size() == batch.size());
            RC_ASSERT(b.seen.size() == batch.size());
            RC_ASSERT(c.seen.size() == batch.size());
        };
        (void)chain.get_users_for_states(batch);
        assert_same_span();
        RC_ASSERT(a.seen.data() == batch.data()); // what lies in a row is not copied
        ReadOnce<State> once(batch);
        (void)chain.get_users_for_states(once);
        assert_same_span();
        RC_ASSERT(once.read == batch.size());
    });
}

template <class V>
void laws(std::string const& of) {
    algebra<V>(of);
    lanes<V>(of);
    order_of_asking<V>(of);
    stopping<V>(of);
    exceptions<V>(of);
    route_table<V>(of);
    broadcast<V>(of);
    batches<V>(of);
}

/// Ids of which many have one hash, or none.
template <bool has_hash>
struct Tag {
    int number = 0;
    friend auto operator<=>(Tag, Tag) = default;
};

} // namespace

template <>
struct std::hash<Tag<true>> {
    std::size_t operator()(Tag<true> tag) const noexcept { return static_cast<std::size_t>(tag.number % 3); }
};

namespace {

template <bool has_hash>
struct Tags {
    using Id = Tag<has_hash>;
    struct State {
        Id user_id;
        friend auto operator<=>(State const&, State const&) = default;
    };
    static Id user(int number) { return {number}; }
    static State state(int user, int) { return {{user}}; }
};

static_assert(presence_router::detail::Hashable<Tag<true>> && !presence_router::detail::Hashable<Tag<false>>);

} // namespace

int main() {
    laws<Game>("integer ids");
    laws<Matrix>("Matrix ids");
    route_table<Tags<true>>("ids with few hashes");
    route_table<Tags<false>>("ids without a hash");
    return all_hold ? 0 : 1;
}
