// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/presence_router.hpp>

#include "conformance/questions.hpp"
#include "support/catch.hpp"

#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

// The chains that are asked: every recorded length, and routers of all return types.
namespace conformance {

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

/// The lanes as the members of `chain`.
template <class V, class Chain>
Lanes<V> members(Chain const& chain) {
    return {[&](auto batch) { return chain.get_users_for_states(batch); },
            [&](auto const& viewer) { return chain.get_interested_users(viewer); },
            [&](auto batch, auto& sink) { chain.for_each_route(batch, sink); },
            [&](auto const& viewer, auto const& sink) { return chain.for_each_subject(viewer, sink); },
            [&](auto const& viewer, auto batch) { return chain.states_for_user(viewer, batch); },
            [&](auto const& viewer, auto const& subject) { return chain.sees(viewer, subject); }};
}

/// The lanes as the function objects of the library, applied to `router`.
template <class V, class Router>
Lanes<V> objects(Router const& router) {
    return {[&](auto batch) { return presence_router::get_users_for_states(router, batch); },
            [&](auto const& viewer) { return presence_router::get_interested_users(router, viewer); },
            [&](auto batch, auto& sink) { presence_router::for_each_route(router, batch, sink); },
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

} // namespace conformance
