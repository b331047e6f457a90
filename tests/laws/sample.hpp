// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/laws/laws.hpp>
#include <presence_router/presence_router.hpp>

#include <rapidcheck.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

// The laws of the contract over routers drawn at random. A failure prints what was drawn and how to repeat it;
// RC_PARAMS="max_success=1000" looks further. Properties speak of users and moods by small numbers; a vocabulary
// says what they are.
namespace laws {

using namespace presence_router;

/// A state that has a hash and no order, so that sets of it are unordered.
struct Status {
    std::uint64_t user_id;
    std::uint64_t mood = 0;
    friend bool operator==(Status const&, Status const&) = default;
};

} // namespace laws

template <>
struct std::hash<laws::Status> {
    std::size_t operator()(laws::Status const& status) const noexcept {
        return static_cast<std::size_t>(status.user_id * 31 + status.mood);
    }
};

namespace laws {

constexpr int user_count = 5;
constexpr int mood_count = 3;
constexpr int many = 90; // users whom only a few properties need

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

inline void showValue(Update const& update, std::ostream& out) {
    out << update.user << " in mood " << update.mood;
}
inline void showValue(Viewer const& viewer, std::ostream& out) { out << "viewer " << viewer.number; }
inline void showValue(Before const& before, std::ostream& out) { out << "after " << before.count; }

/// Not rc::gen::container: that gives up when so few users are drawn twice too often.
template <class T>
rc::Gen<std::set<T>> some_of(rc::Gen<T> const& one) {
    return rc::gen::map(rc::gen::container<std::vector<T>>(one),
                        [](std::vector<T> const& drawn) { return std::set<T>(drawn.begin(), drawn.end()); });
}

} // namespace laws

namespace rc {

template <>
struct Arbitrary<laws::Update> {
    static Gen<laws::Update> arbitrary() {
        return gen::build<laws::Update>(gen::set(&laws::Update::user, gen::inRange(0, laws::user_count)),
                                        gen::set(&laws::Update::mood, gen::inRange(0, laws::mood_count)));
    }
};
template <>
struct Arbitrary<laws::Viewer> {
    static Gen<laws::Viewer> arbitrary() {
        return gen::build<laws::Viewer>(gen::set(&laws::Viewer::number, gen::inRange(0, laws::user_count)));
    }
};
template <>
struct Arbitrary<laws::Before> {
    static Gen<laws::Before> arbitrary() {
        return gen::build<laws::Before>(gen::set(&laws::Before::count, gen::inRange(0, 12)));
    }
};

} // namespace rc

namespace laws {

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

// The sinks are std::function so that routers are instantiated for few of them.
template <class V>
using RouteSink = std::function<bool(typename V::Id const&, typename V::State const&)>;
template <class V>
using SubjectSink = std::function<bool(typename V::Id const&)>;

/// The streaming lanes, in the order shown.
template <class V>
struct Streamed {
    std::vector<std::pair<typename V::Id, typename V::State>> routes;
    std::vector<std::pair<std::vector<typename V::Id>, bool>> subjects;
    friend bool operator==(Streamed const&, Streamed const&) = default;
};

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

inline std::set<int> numbers(std::vector<Viewer> const& drawn) {
    std::set<int> result;
    for (Viewer const user : drawn) result.insert(user.number);
    return result;
}

inline bool all_hold = true;

template <class Property>
void law(std::string const& vocabulary, std::string const& name, Property const& property) {
    all_hold = rc::check(vocabulary + ": " + name, property) && all_hold;
}

/// Fails with the sentence of the breach, if there is one.
inline void assert_none(std::optional<Breach> const& breach) {
    if (breach) RC_FAIL(breach->sentence);
}

template <class V>
std::vector<typename V::Id> users() {
    std::vector<typename V::Id> result;
    for (int user = 0; user < user_count; ++user) result.push_back(V::user(user));
    return result;
}

/// That the router is as it claims to be, and lets `grants(viewer, subject)` see each other and nobody else.
template <class V, class R, class Grants>
void assert_lawful(R const& router, Updates const& updates, Grants const& grants,
                   Claim claim = Claim::relation) {
    assert_none(find_breach(router, users<V>(), states<V>(updates), claim));
    for (int viewer = 0; viewer < user_count; ++viewer)
        for (int subject = 0; subject < user_count; ++subject)
            RC_ASSERT(presence_router::sees(router, V::user(viewer), V::user(subject)) ==
                      grants(viewer, subject));
}

/// That the router is the union of the parts.
template <class V, class R, class... Parts>
void assert_union(R const& router, Updates const& updates, Parts const&... parts) {
    assert_none(find_union_breach(router, users<V>(), states<V>(updates), parts...));
}

} // namespace laws
