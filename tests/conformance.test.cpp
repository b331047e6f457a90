// SPDX-License-Identifier: BSL-1.0
#include <presence_router/presence_router.hpp>

#include "support/catch.hpp"
#include "support/recorded_cases.hpp"

#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <cctype>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;

namespace {

/// What passes through `guarded`, as a cancelled task does in Synapse.
struct Cancelled {};

/// Replays cases as they stand: no id and no presence value is refused.
struct Strings {
    using Id = std::string;
    using State = recorded::State;
    static std::optional<Id> id(std::string const& text) { return text; }
    static std::optional<State> state(recorded::State const& state) { return state; }
    static std::string text(Id const& id) { return id; }
};

/// Replays the cases whose ids and presence values are all valid.
struct Matrix {
    using Id = UserId;
    using State = UserPresenceState;
    static std::optional<Id> id(std::string const& text) { return UserId::parse(text); }
    static std::optional<State> state(recorded::State const& state) {
        auto const user_id = UserId::parse(state.user_id);
        auto const value = parse_presence_state(state.state);
        if (!user_id || !value) return std::nullopt;
        auto const time = [](std::int64_t ms) { return Timestamp{std::chrono::milliseconds{ms}}; };
        UserPresenceState result{.user_id = *user_id,
                                 .state = *value,
                                 .last_active_ts = time(state.last_active_ts),
                                 .last_federation_update_ts = time(state.last_federation_update_ts),
                                 .last_user_sync_ts = time(state.last_user_sync_ts),
                                 .currently_active = state.currently_active};
        if (state.status_msg) result.status_msg = *state.status_msg;
        return result;
    }
    static std::string text(Id const& id) { return std::string(id.str()); }
};

/// A recorded router, its ids and states in the vocabulary `V`.
template <class V>
struct Script {
    using Id = typename V::Id;
    using State = typename V::State;
    using Push = BasicUsersForStates<Id, State>;
    using Pull = BasicInterestedUsers<Id>;

    std::map<Id, Pull> interested;
    Pull otherwise;
    std::vector<std::pair<std::optional<Id>, std::vector<Id>>> routes; // no subject: any
    std::vector<Id> empty_for;
    std::vector<std::pair<Id, std::set<State>>> raw;
    recorded::Raises raises;

    Push push(std::span<State const> batch) const {
        Push result;
        for (State const& update : batch)
            for (auto const& [subject, viewers] : routes)
                if (!subject || *subject == update.user_id)
                    for (Id const& viewer : viewers) result[viewer].insert(update);
        for (Id const& viewer : empty_for) result[viewer];
        for (auto const& [viewer, states] : raw) result.insert_or_assign(viewer, states);
        return result;
    }

    Pull pull(Id const& viewer) const {
        auto const found = interested.find(viewer);
        return found == interested.end() ? otherwise : found->second;
    }

    void raise() const {
        if (raises == recorded::Raises::an_error) throw std::runtime_error("the router failed");
        if (raises == recorded::Raises::cancelled) throw Cancelled{};
    }
};

/// A case in the vocabulary `V`.
template <class V>
struct Question {
    using Id = typename V::Id;
    using State = typename V::State;

    recorded::Case const* recorded;
    std::vector<Script<V>> routers;
    std::optional<Id> user; // of a pull
    std::vector<State> updates;
    typename Script<V>::Push routes;
    typename Script<V>::Pull interest;
};

/// The case in the vocabulary `V`, or nullopt if one of its ids or presence values is invalid there.
template <class V>
std::optional<Question<V>> question(recorded::Case const& recorded) {
    using Id = typename V::Id;
    using State = typename V::State;
    bool valid = true;
    // What an invalid id is replaced by does not matter: the question is thrown away.
    std::optional<Id> const stand_in = V::id("@stand-in:x");
    auto const id = [&](std::string const& text) {
        auto const read = V::id(text);
        valid = valid && read;
        return read ? *read : *stand_in;
    };
    auto const ids = [&](auto const& texts) {
        std::vector<Id> result;
        for (std::string const& text : texts) result.push_back(id(text));
        return result;
    };
    auto const interest = [&](recorded::Interest const& value) -> BasicInterestedUsers<Id> {
        if (!value) return all_users;
        auto const users = ids(*value);
        return std::set<Id>(users.begin(), users.end());
    };
    std::vector<State> states;
    for (recorded::State const& state : recorded.states) {
        auto const read = V::state(state);
        if (!read) return std::nullopt;
        states.push_back(*read);
    }
    auto const numbered = [&](recorded::Numbers const& numbers) {
        std::set<State> result;
        for (std::size_t const number : numbers) result.insert(states[number]);
        return result;
    };

    Question<V> result{
        .recorded = &recorded,
        .routers = {},
        .user = std::nullopt,
        .updates = {states.begin(), states.begin() + static_cast<std::ptrdiff_t>(recorded.updates)},
        .routes = {},
        .interest = interest(recorded.interest)};
    for (recorded::Router const& router : recorded.routers) {
        Script<V>& script = result.routers.emplace_back();
        for (auto const& [viewer, value] : router.interested)
            script.interested.emplace(id(viewer), interest(value));
        script.otherwise = interest(router.otherwise);
        for (auto const& [subject, viewers] : router.routes)
            script.routes.emplace_back(subject == "*" ? std::nullopt : std::optional{id(subject)},
                                       ids(viewers));
        script.empty_for = ids(router.empty_for);
        for (auto const& [viewer, numbers] : router.raw)
            script.raw.emplace_back(id(viewer), numbered(numbers));
        script.raises = router.raises;
    }
    if (recorded.user) result.user = id(*recorded.user);
    for (auto const& [viewer, numbers] : recorded.routes)
        result.routes.emplace(id(viewer), numbered(numbers));
    if (!valid) return std::nullopt;
    return result;
}

/// Which routers were called, and which were skipped, in order.
struct Log {
    recorded::Numbers calls;
    recorded::Numbers skipped;
};

/// A recorded router with the canonical return types; base of those with others.
template <class V>
class Replayed {
public:
    using user_id_type = typename V::Id;
    using state_type = typename V::State;

    Replayed(Script<V> const& script, std::size_t number, Log& log)
        : script_{&script}, number_{number}, log_{&log} {}

    BasicUsersForStates<user_id_type, state_type>
    get_users_for_states(std::span<state_type const> batch) const {
        called();
        script_->raise();
        return script_->push(batch);
    }

    BasicInterestedUsers<user_id_type> get_interested_users(user_id_type const& viewer) const {
        called();
        script_->raise();
        return script_->pull(viewer);
    }

protected:
    void called() const { log_->calls.push_back(number_); }
    Script<V> const& script() const { return *script_; }

private:
    Script<V> const* script_;
    std::size_t number_;
    Log* log_;
};

/// Answers with vectors.
template <class V>
class ReplayedByVectors : public Replayed<V> {
    using Id = typename V::Id;
    using State = typename V::State;

public:
    using Replayed<V>::Replayed;

    std::vector<std::pair<Id, std::vector<State>>> get_users_for_states(std::span<State const> batch) const {
        std::vector<std::pair<Id, std::vector<State>>> result;
        for (auto const& [viewer, states] : Replayed<V>::get_users_for_states(batch))
            result.emplace_back(viewer, std::vector<State>(states.begin(), states.end()));
        return result;
    }

    std::variant<AllUsers, std::vector<Id>> get_interested_users(Id const& viewer) const {
        auto const answer = Replayed<V>::get_interested_users(viewer);
        if (auto const* const users = std::get_if<0>(&answer))
            return std::vector<Id>(users->begin(), users->end());
        return all_users;
    }
};

/// Answers with lazy views, and so raises only when its answer is read.
template <class V>
class ReplayedLazily : public Replayed<V> {
    using Id = typename V::Id;
    using State = typename V::State;

    /// A view of the answer, whose reading raises what the script raises.
    template <class Values>
    auto lazily(Values values) const {
        bool const raises = this->script().raises != recorded::Raises::nothing;
        auto const held =
            std::make_shared<std::vector<typename Values::value_type> const>(values.begin(), values.end());
        return ranges::views::iota(std::size_t{0}, raises ? std::size_t{1} : held->size()) |
               ranges::views::transform([held, script = &this->script()](std::size_t at) -> auto const& {
                   script->raise();
                   return (*held)[at];
               });
    }

public:
    using Replayed<V>::Replayed;

    auto get_users_for_states(std::span<State const> batch) const {
        this->called();
        return lazily(this->script().push(batch));
    }

    auto get_interested_users(Id const& viewer) const {
        this->called();
        auto const answer = this->script().pull(viewer);
        bool const is_set = answer.index() == 0;
        std::variant<decltype(lazily(std::set<Id>{})), AllUsers> result{
            lazily(is_set ? std::get<0>(answer) : std::set<Id>{})};
        // Raising comes before everything else, and so before "everybody" as well.
        if (!is_set && this->script().raises == recorded::Raises::nothing) result = all_users;
        return result;
    }
};

/// Notes who is skipped, and lets cancellations pass.
struct OnError {
    std::size_t number;
    Log* log;
    void operator()(std::exception_ptr error) const {
        try {
            std::rethrow_exception(error);
        } catch (std::runtime_error const&) {
            log->skipped.push_back(number);
        }
    }
};

/// The routers of one case, for chains to be made of.
template <class V>
class Routers {
public:
    explicit Routers(Question<V> const& question) : question_{&question} {
        for (std::size_t at = 0; at < question.routers.size(); ++at)
            referred_.emplace_back(question.routers[at], at, log);
    }

    auto referred(std::size_t at) { return std::ref(referred_[at]) | guarded(OnError{at, &log}); }
    auto unguarded(std::size_t at) { return std::ref(referred_[at]); }

    template <template <class> class Form>
    auto held(std::size_t at) {
        return Form<V>(question_->routers[at], at, log) | guarded(OnError{at, &log});
    }

    /// One of the return types in turn.
    template <std::size_t Turn>
    auto in_turn(std::size_t at) {
        if constexpr (Turn % 3 == 0) return held<Replayed>(at);
        else if constexpr (Turn % 3 == 1) return held<ReplayedByVectors>(at);
        else return held<ReplayedLazily>(at);
    }

    Log log;

private:
    Question<V> const* question_;
    std::vector<Replayed<V>> referred_;
};

/// Routes nobody, and is not in the log: it gives an empty chain inside another one the vocabulary `V`.
template <class V>
struct Nobody {
    using user_id_type = typename V::Id;
    using state_type = typename V::State;
    BasicUsersForStates<user_id_type, state_type> get_users_for_states(std::span<state_type const>) const {
        return {};
    }
    std::set<user_id_type> get_interested_users(user_id_type const&) const { return {}; }
};

/// The chain of `routers`. An empty one alone speaks of Matrix ids, whatever `V` is.
template <class V, class... Ms>
auto chain_of(Ms... routers) {
    if constexpr (sizeof...(Ms) == 0 && !std::is_same_v<V, Matrix>)
        return PresenceRouterChain{PresenceRouterChain<>{}, Nobody<V>{}};
    else return PresenceRouterChain<Ms...>{std::move(routers)...};
}

/// `Length` routers in chains of two in chains of two.
template <class V, std::size_t Length>
auto nested(Routers<V>& routers, std::size_t first = 0) {
    if constexpr (Length == 0) return chain_of<V>();
    else if constexpr (Length == 1) return routers.referred(first);
    else
        return PresenceRouterChain{nested<V, Length / 2>(routers, first),
                                   nested<V, Length - Length / 2>(routers, first + Length / 2)};
}

/// What the replay asks of a chain. Erased, because the chains are many types and the questions are the same.
template <class V>
struct Lanes {
    using Id = typename V::Id;
    using State = typename V::State;
    using Push = typename Script<V>::Push;
    using Pull = typename Script<V>::Pull;
    using Batch = std::span<State const>;
    using RouteSink = std::function<void(Id const&, State const&)>;
    using SubjectSink = std::function<void(Id const&)>;

    std::function<Push(Batch)> get_users_for_states;
    std::function<Pull(Id const&)> get_interested_users;
    std::function<void(Batch, RouteSink const&)> for_each_route;
    std::function<std::optional<AllUsers>(Id const&, SubjectSink const&)> for_each_subject;
    std::function<std::set<State>(Id const&, Batch)> states_for_user;
    std::function<bool(Id const&, Id const&)> sees;
};

/// The lanes as the members of `chain`.
template <class V, class Chain>
Lanes<V> members(Chain const& chain) {
    return {[&](auto batch) { return chain.get_users_for_states(batch); },
            [&](auto const& viewer) { return chain.get_interested_users(viewer); },
            [&](auto batch, auto const& sink) { chain.for_each_route(batch, sink); },
            [&](auto const& viewer, auto const& sink) { return chain.for_each_subject(viewer, sink); },
            [&](auto const& viewer, auto batch) { return chain.states_for_user(viewer, batch); },
            [&](auto const& viewer, auto const& subject) { return chain.sees(viewer, subject); }};
}

/// The lanes as the function objects of the library, applied to `router`.
template <class V, class Router>
Lanes<V> objects(Router const& router) {
    return {[&](auto batch) { return presence_router::get_users_for_states(router, batch); },
            [&](auto const& viewer) { return presence_router::get_interested_users(router, viewer); },
            [&](auto batch, auto const& sink) { presence_router::for_each_route(router, batch, sink); },
            [&](auto const& viewer, auto const& sink) {
                return presence_router::for_each_subject(router, viewer, sink);
            },
            [&](auto const& viewer, auto batch) {
                return presence_router::states_for_user(router, viewer, batch);
            },
            [&](auto const& viewer, auto const& subject) {
                return presence_router::sees(router, viewer, subject);
            }};
}

// A flat chain has a type for each length, and long ones are dear to compile, so the recorded lengths have to
// do. Nested chains share their parts: there is one for every length, and a longer case is an error.
using ShortLengths = std::index_sequence<0, 1, 2, 3, 4, 5, 6>;
using LongLengths = std::index_sequence<16, 64>;
using NestedLengths = std::make_index_sequence<65>;

/// Calls `ask` with the one of `Lengths` that is `length`, as a constant; false if there is none.
template <class Ask, std::size_t... Lengths>
bool with_length(std::size_t length, Ask const& ask, std::index_sequence<Lengths...>) {
    return ((length == Lengths && (ask(std::integral_constant<std::size_t, Lengths>{}), true)) || ...);
}

/// Asks chains of exactly the routers of `question`, written in several ways.
template <class V>
void with_chains(Question<V> const& question, std::function<void(Lanes<V> const&, Log&)> const& ask) {
    std::size_t const length = question.routers.size();
    Routers<V> routers(question);
    auto const ask_lanes = [&](char const* how, Lanes<V> const& lanes) {
        INFO(how);
        ask(lanes, routers.log);
    };
    bool any_raises = false;
    for (Script<V> const& router : question.routers)
        any_raises = any_raises || router.raises != recorded::Raises::nothing;

    auto const ask_nested = [&](auto count) {
        auto const chain = nested<V, count>(routers);
        // One router nests in nothing; it has no lanes of its own, but the library's function objects.
        if constexpr (count == 1) ask_lanes("no chain", objects<V>(chain));
        else ask_lanes("nested chains", members<V>(chain));
    };
    auto const ask_long = [&](auto count) {
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            auto const chain = chain_of<V>(routers.referred(At)...);
            ask_lanes("guarded references", members<V>(chain));
        }(std::make_index_sequence<count>{});
    };
    auto const ask_short = [&](auto count) {
        ask_long(count);
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            auto const in_turn = chain_of<V>(routers.template in_turn<At + count>(At)...);
            ask_lanes("guarded values, with return types in turn", members<V>(in_turn));
            auto const unguarded = chain_of<V>(routers.unguarded(At)...);
            if (!any_raises)
                ask_lanes("function objects, references, not guarded", objects<V>(std::ref(unguarded)));
        }(std::make_index_sequence<count>{});
    };
    INFO("a chain of " << length << " routers; the longest that is built has " << NestedLengths::size() - 1);
    REQUIRE(with_length(length, ask_nested, NestedLengths{}));
    with_length(length, ask_short, ShortLengths{}) || with_length(length, ask_long, LongLengths{});
}

/// Asks one lane, and holds calls, skipped and cancellation against the record. Nullopt if it was cancelled.
template <class Ask>
auto answer_of(recorded::Case const& recorded, Log& log, Ask const& ask) {
    log = {};
    std::optional<decltype(ask())> answer;
    bool cancelled = false;
    try {
        answer.emplace(ask());
    } catch (Cancelled const&) {
        cancelled = true;
    }
    CHECK(cancelled == recorded.cancelled);
    CHECK(log.calls == recorded.calls);
    CHECK(log.skipped == recorded.skipped);
    return answer;
}

// Prints ids and the subjects of states; they tell most differences, and the case has the rest.
template <class V>
std::string text(typename Script<V>::Push const& routes) {
    recorded::json result = recorded::json::object();
    for (auto const& [viewer, states] : routes) {
        recorded::json& subjects = result[V::text(viewer)] = recorded::json::array();
        for (auto const& state : states) subjects.push_back(V::text(state.user_id));
    }
    return result.dump();
}

template <class V>
std::string text(std::set<typename V::State> const& states) {
    recorded::json result = recorded::json::array();
    for (auto const& state : states) result.push_back(V::text(state.user_id));
    return result.dump();
}

template <class V>
std::string text(typename Script<V>::Pull const& interest) {
    recorded::json result = "ALL";
    if (auto const* const users = std::get_if<0>(&interest)) {
        result = recorded::json::array();
        for (auto const& user : *users) result.push_back(V::text(user));
    }
    return result.dump();
}

template <class V, class Answer>
void check_equal(std::optional<Answer> const& answer, Answer const& expected) {
    if (!answer) return; // cancelled, as answer_of has checked
    bool const equal = *answer == expected;
    INFO("answered " << text<V>(*answer) << " instead of " << text<V>(expected));
    CHECK(equal);
}

template <class V>
void replay_push(Question<V> const& question) {
    using Id = typename V::Id;
    using State = typename V::State;
    using Routes = typename Script<V>::Push;
    recorded::Case const& recorded = *question.recorded;
    std::vector<State> const& updates = question.updates;

    Routes shown = question.routes;
    std::erase_if(shown, [](auto const& entry) { return entry.second.empty(); });
    std::vector<Id> viewers{*V::id("@nobody:routes.to.me")};
    for (auto const& [viewer, states] : question.routes) viewers.push_back(viewer);

    with_chains<V>(question, [&](Lanes<V> const& chain, Log& log) {
        auto const check = [&](char const* lane, auto const& ask, auto const& expected) {
            INFO(lane);
            check_equal<V>(answer_of(recorded, log, ask), expected);
        };
        check("get_users_for_states", [&] { return chain.get_users_for_states(updates); }, question.routes);
        auto const collected = [&] {
            Routes routes;
            chain.for_each_route(
                updates, [&](Id const& viewer, State const& update) { routes[viewer].insert(update); });
            return routes;
        };
        check("for_each_route", collected, shown);
        for (Id const& viewer : viewers) {
            auto const entry = question.routes.find(viewer);
            std::set<State> const states = entry == question.routes.end() ? std::set<State>{} : entry->second;
            check("states_for_user", [&] { return chain.states_for_user(viewer, updates); }, states);
        }
    });
}

template <class V>
void replay_pull(Question<V> const& question) {
    using Id = typename V::Id;
    using Interest = typename Script<V>::Pull;
    recorded::Case const& recorded = *question.recorded;
    Id const& viewer = question.user.value();

    with_chains<V>(question, [&](Lanes<V> const& chain, Log& log) {
        auto const check = [&](char const* lane, auto const& ask) {
            INFO(lane);
            check_equal<V>(answer_of(recorded, log, ask), question.interest);
        };
        check("get_interested_users", [&] { return chain.get_interested_users(viewer); });
        check("for_each_subject", [&]() -> Interest {
            std::set<Id> subjects;
            if (chain.for_each_subject(viewer, [&](Id const& subject) { subjects.insert(subject); }))
                return all_users;
            return subjects;
        });
        auto const* const subjects = std::get_if<0>(&question.interest);
        if (!subjects || recorded.cancelled)
            return; // who is seen is then the push side's word, which is not in the case
        for (Id const& subject : *subjects) CHECK(chain.sees(viewer, subject));
        Id const stranger = *V::id("@nobody:sees.me");
        CHECK(chain.sees(viewer, stranger) == subjects->contains(stranger));
    });
}

/// Whether a case fits the Matrix vocabulary, found without the library: no case is left out silently.
bool is_matrix_case(recorded::Case const& recorded) {
    static std::regex const server_name(R"((\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z.-]+)(:[0-9]{1,5})?)");
    bool valid = true;
    auto const id = [&](std::string const& text) {
        std::size_t const colon = text.find(':');
        valid = valid && text.size() <= 255 && text.starts_with('@') && colon != std::string::npos &&
                text.substr(0, colon).find('\0') == std::string::npos &&
                std::regex_match(text.substr(colon + 1), server_name);
    };
    auto const ids = [&](auto const& texts) {
        for (std::string const& text : texts) id(text);
    };
    for (recorded::Router const& router : recorded.routers) {
        for (auto const& [viewer, interest] : router.interested) {
            id(viewer);
            if (interest) ids(*interest);
        }
        if (router.otherwise) ids(*router.otherwise);
        for (auto const& [subject, viewers] : router.routes) {
            if (subject != "*") id(subject);
            ids(viewers);
        }
        ids(router.empty_for);
        for (auto const& entry : router.raw) id(entry.first);
    }
    for (recorded::State const& state : recorded.states) {
        id(state.user_id);
        valid =
            valid && (state.state == "online" || state.state == "offline" || state.state == "unavailable" ||
                      state.state == "busy" || state.state == "org.matrix.msc3026.busy");
    }
    for (auto const& entry : recorded.routes) id(entry.first);
    if (recorded.user) id(*recorded.user);
    if (recorded.interest) ids(*recorded.interest);
    return valid;
}

template <class V>
void replay_all(std::string const& op, void (*replay)(Question<V> const&)) {
    std::vector<recorded::Case> const cases = recorded::cases(op);
    std::size_t replayed = 0;
    std::size_t valid = 0;
    for (recorded::Case const& recorded : cases) {
        INFO(recorded.id);
        bool const expected = std::is_same_v<V, Strings> || is_matrix_case(recorded);
        valid += expected;
        auto const asked = question<V>(recorded);
        CHECK(asked.has_value() == expected);
        if (!asked) continue;
        replay(*asked);
        ++replayed;
    }
    std::cout << "conformance: " << op << ", " << (std::is_same_v<V, Strings> ? "string" : "Matrix")
              << " ids: " << replayed << " of " << cases.size() << " cases replayed, "
              << cases.size() - replayed << " left out for ids or presence values that are invalid there\n";
    CHECK(replayed == valid);
    CHECK(replayed > 0);
}

} // namespace

TEST_CASE("conformance: what a case says and the replay does not know is an error", "[conformance]") {
    auto const line = recorded::json::parse(R"({"id": "push/0", "tags": ["raises", "skipped"],
        "in": {"op": "get_users_for_states", "updates": [],
               "routers": [{"raises": true, "empty_for": ["a"]}]},
        "out": {"calls": [0], "skipped": [[0, "raised"]], "result": {}}})");
    auto const read = [](recorded::json const& changed) {
        return recorded::read_case(changed, "get_users_for_states");
    };
    auto const changed = [&](char const* where, recorded::json const& value) {
        recorded::json result = line;
        result[recorded::json::json_pointer(where)] = value;
        return result;
    };
    CHECK_NOTHROW(read(line));
    CHECK_THROWS(recorded::read_case(line, "get_interested_users"));
    CHECK_THROWS(read(changed("/tags/0", "unheard_of")));
    CHECK_THROWS(read(changed("/more", 1)));
    CHECK_THROWS(read(changed("/in/op", "unheard_of")));
    CHECK_THROWS(read(changed("/in/more", 1)));
    CHECK_THROWS(read(changed("/in/routers/0/returns", 1)));
    CHECK_THROWS(read(changed("/in/routers/0/raises", "later")));
    CHECK_THROWS(read(changed("/in/routers/0/default", "all")));
    CHECK_THROWS(read(changed("/in/routers/0/raw", {{"a", {{"list", {0}}}}})));
    CHECK_THROWS(read(changed("/in/updates/0", {{"user_id", "a"}})));
    CHECK_THROWS(read(changed("/out/more", 1)));
    CHECK_THROWS(read(changed("/out/calls/0", 1)));
    CHECK_THROWS(read(changed("/out/skipped/0/1", "not_set")));
    CHECK_THROWS(read(changed("/out/result", {{"a", {7}}})));
}

TEST_CASE("conformance: get_users_for_states with string ids", "[conformance]") {
    replay_all<Strings>("get_users_for_states", replay_push);
}

TEST_CASE("conformance: get_users_for_states with Matrix ids", "[conformance]") {
    replay_all<Matrix>("get_users_for_states", replay_push);
}

TEST_CASE("conformance: get_interested_users with string ids", "[conformance]") {
    replay_all<Strings>("get_interested_users", replay_pull);
}

TEST_CASE("conformance: get_interested_users with Matrix ids", "[conformance]") {
    replay_all<Matrix>("get_interested_users", replay_pull);
}
