// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/subject_of.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

template <class State>
using subject_t = std::remove_cvref_t<decltype(presence_router::subject_of(std::declval<State const&>()))>;

template <class F, class Id>
concept AsksAboutUser = std::is_invocable_v<F const&, Id const&>;

template <class F, class Id>
concept ListsUsers = requires(F const& f, Id const& user) {
    { f(user) } -> RangeOf<Id>;
};

template <class F, class Id>
concept TellsUsers = requires(F const& f, Id const& user) {
    { f(user) } -> PullAnswer<Id>;
};

template <class F, class Id>
concept MayTellAllUsers =
    TellsUsers<F, Id> && may_be_all_users<std::remove_cvref_t<std::invoke_result_t<F const&, Id const&>>>;

template <class F, class Id>
concept DecidesRoutes = std::predicate<F const&, Id const&, Id const&>;

enum class RelationFault {
    none,
    no_subject,
    predicate,
    viewers_call,
    viewers_all_users,
    viewers_answer,
    subjects_call,
    subjects_answer,
};

/// The first thing that keeps the two functions from being the two sides of a relation.
template <class State, class ViewersOf, class SubjectsOf>
consteval RelationFault relation_fault() {
    using enum RelationFault;
    if constexpr (!requires(State const& state) { presence_router::subject_of(state); }) {
        return no_subject;
    } else {
        using Id = subject_t<State>;
        if constexpr (DecidesRoutes<ViewersOf, Id> || DecidesRoutes<SubjectsOf, Id>) return predicate;
        else if constexpr (!AsksAboutUser<ViewersOf, Id>) return viewers_call;
        else if constexpr (MayTellAllUsers<ViewersOf, Id>) return viewers_all_users;
        else if constexpr (!ListsUsers<ViewersOf, Id>) return viewers_answer;
        else if constexpr (!AsksAboutUser<SubjectsOf, Id>) return subjects_call;
        else if constexpr (!TellsUsers<SubjectsOf, Id>) return subjects_answer;
        else return none;
    }
}

/// Refuses at compile time what gives no router, with the one sentence that tells why, and what to give.
template <class State, class ViewersOf, class SubjectsOf>
consteval bool check_relation() {
    constexpr RelationFault fault = relation_fault<State, ViewersOf, SubjectsOf>();
    static_assert(
        fault != RelationFault::no_subject,
        "presence_router: from_relation<State> needs to know whom a state is about: give the state type a "
        "member user_id, or a function subject_of(state) found by ADL.");
    static_assert(
        fault != RelationFault::predicate,
        "presence_router: from_relation takes viewers_of(subject) and subjects_of(viewer), not a predicate "
        "on (viewer, subject): it decides about a route, but lists nobody. Give the two functions, and "
        "filter the router by only_routes(predicate).");
    static_assert(
        fault != RelationFault::viewers_call,
        "presence_router: from_relation: viewers_of does not fit: it is called with user_id_type const&, "
        "the subject, as a const object.");
    static_assert(
        fault != RelationFault::viewers_all_users,
        "presence_router: from_relation: viewers_of may not answer all users: who is told cannot be "
        "derived from that, as nobody lists them. Answer the range of all who receive the subject's "
        "presence. (subjects_of may answer all users.)");
    static_assert(
        fault != RelationFault::viewers_answer,
        "presence_router: from_relation: viewers_of does not fit: it answers an input range of user ids, "
        "those who receive the subject's presence.");
    static_assert(
        fault != RelationFault::subjects_call,
        "presence_router: from_relation: subjects_of does not fit: it is called with user_id_type const&, "
        "the viewer, as a const object.");
    static_assert(
        fault != RelationFault::subjects_answer,
        "presence_router: from_relation: subjects_of does not fit: it answers an input range of user ids, "
        "those whose presence the viewer receives, or AllUsers, or a variant of these.");
    return fault == RelationFault::none;
}

/// Refuses a single function: a predicate by one sentence, else by another.
template <class State, class OneSide>
consteval void refuse_one_side() {
    constexpr bool decides = relation_fault<State, OneSide, OneSide>() == RelationFault::predicate;
    static_assert(
        !decides,
        "presence_router: from_relation(predicate): a predicate decides about a route, but lists "
        "nobody: neither who is told nor whom a viewer sees can be derived from it without asking "
        "about all pairs of users. Give viewers_of(subject) and subjects_of(viewer), and filter the "
        "router by only_routes(predicate).");
    static_assert(decides,
                  "presence_router: from_relation(viewers_of): who is told does not tell whom a viewer sees, "
                  "without asking about all users there are, and the other way round. Give both: "
                  "from_relation(viewers_of, subjects_of); subjects_of may answer all users, and then "
                  "viewers_of decides.");
}

} // namespace presence_router::inline v0::detail
