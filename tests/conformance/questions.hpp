// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/interested_users.hpp>
#include <presence_router/users_for_states.hpp>

#include "conformance/recorded_cases.hpp"
#include "conformance/vocabularies.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// The cases in which routers are asked, in a vocabulary, and the asking.
namespace conformance {

/// What passes through `guarded`, as a cancelled task does in Synapse.
struct Cancelled {};

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
    std::optional<Id> user;    // of a pull
    std::vector<State> states; // the updates first
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
        .states = states,
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

/// Whether a case fits the Matrix vocabulary.
inline bool is_matrix_case(recorded::Case const& recorded) {
    bool valid = true;
    auto const id = [&](std::string const& text) { valid = valid && is_matrix_id(text); };
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
    for (recorded::State const& state : recorded.states) valid = valid && is_matrix_state(state);
    for (auto const& entry : recorded.routes) id(entry.first);
    if (recorded.user) id(*recorded.user);
    if (recorded.interest) ids(*recorded.interest);
    return valid;
}

/// Which routers were called, and which were skipped, in order.
struct Log {
    recorded::Numbers calls;
    recorded::Numbers skipped;
};

/// What is shown of a push, those who are routed to without a state as well.
template <class V>
struct RouteSink {
    virtual void operator()(typename V::Id const& viewer, typename V::State const& update) = 0;
    virtual void without_state(typename V::Id const&) {}

protected:
    ~RouteSink() = default;
};

/// What the replay asks of a chain. Erased, because the chains are many types and the questions are the same.
template <class V>
struct Lanes {
    using Id = typename V::Id;
    using State = typename V::State;
    using Push = typename Script<V>::Push;
    using Pull = typename Script<V>::Pull;
    using Batch = std::span<State const>;
    using SubjectSink = std::function<void(Id const&)>;

    std::function<Push(Batch)> get_users_for_states;
    std::function<Pull(Id const&)> get_interested_users;
    std::function<void(Batch, RouteSink<V>&)> for_each_route;
    std::function<std::optional<AllUsers>(Id const&, SubjectSink const&)> for_each_subject;
    std::function<std::set<State>(Id const&, Batch)> states_for_user;
    std::function<bool(Id const&, Id const&)> sees;
};

/// Asks chains of exactly the routers of `question`, written in several ways. The chains are many types and dear
/// to compile: they are made in one file.
template <class V>
void with_chains(Question<V> const& question, std::function<void(Lanes<V> const&, Log&)> const& ask);

extern template void with_chains<Strings>(Question<Strings> const&,
                                          std::function<void(Lanes<Strings> const&, Log&)> const&);
extern template void with_chains<Matrix>(Question<Matrix> const&,
                                         std::function<void(Lanes<Matrix> const&, Log&)> const&);

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

/// Replays the cases of `op` that are about routers.
template <class V>
void replay_all(std::string const& op, void (*replay)(Question<V> const&)) {
    replay_all<V>(op, recorded::cases(op), is_matrix_case, question<V>, replay);
}

} // namespace conformance
