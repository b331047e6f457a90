// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/router_members.hpp>
#include <presence_router/detail/waits.hpp>

#include <type_traits>

namespace presence_router::inline v0::detail {

enum class RouterFault {
    none,
    no_class,
    for_each_route,
    for_each_subject,
    states_for_user,
    sees,
    both_missing,
    push_missing,
    pull_missing,
    push_not_const,
    pull_not_const,
    waits,
    push_does_not_fit,
    pull_does_not_fit,
};

/// The first thing that keeps `R` from being a router; `R` as in router_members.hpp.
template <class R>
consteval RouterFault router_fault() {
    using Bare = std::remove_const_t<R>;
    using enum RouterFault;
    if constexpr (routes_nobody<R>) return none;
    else if constexpr (!std::is_class_v<R>) return no_class;
    else if constexpr (!ForEachRouteFits<R>) return for_each_route;
    else if constexpr (!ForEachSubjectFits<R>) return for_each_subject;
    else if constexpr (!StatesForUserFits<R>) return states_for_user;
    else if constexpr (!SeesFits<R>) return sees;
    else if constexpr (Answers<R>) return none;
    else if constexpr (!NamesGetUsersForStates<Bare> && !NamesGetInterestedUsers<Bare>) return both_missing;
    else if constexpr (!NamesGetUsersForStates<Bare>) return push_missing;
    else if constexpr (!NamesGetInterestedUsers<Bare>) return pull_missing;
    else if constexpr (!HasGetUsersForStates<R> && HasGetUsersForStates<Bare>) return push_not_const;
    else if constexpr (!HasGetInterestedUsers<R> && HasGetInterestedUsers<Bare>) return pull_not_const;
    else if constexpr (Waits<Bare>) return waits;
    else if constexpr (!HasGetUsersForStates<R>) return push_does_not_fit;
    else return pull_does_not_fit;
}

/// True where there is nobody to ask: a router that routes nobody, and what is no router, of which
/// check_router has said all there is to say.
template <class R>
inline constexpr bool asks_nobody = routes_nobody<R> || router_fault<R>() != RouterFault::none;

/// Refuses at compile time what is no router, with the one sentence that tells what to do.
template <class R>
consteval bool check_router() {
    constexpr RouterFault fault = router_fault<R>();
    static_assert(fault != RouterFault::no_class,
                  "presence_router: not a router: no class type. A router is held by value or by std::ref.");
    static_assert(fault != RouterFault::both_missing,
                  "presence_router: not a router: lacks get_users_for_states and get_interested_users. The "
                  "two callbacks are complementary: add both, or derive from RouterInterface and write "
                  "for_each_route and for_each_subject.");
    static_assert(
        fault != RouterFault::push_missing,
        "presence_router: not a router: lacks get_users_for_states(std::span<state_type const>) const. "
        "get_interested_users alone would show presence that nobody is told of: the two callbacks are "
        "complementary.");
    static_assert(fault != RouterFault::pull_missing,
                  "presence_router: not a router: lacks get_interested_users(user_id_type const&) const. "
                  "get_users_for_states alone would route presence that nobody may ask for: the two "
                  "callbacks are complementary.");
    static_assert(
        fault != RouterFault::push_not_const,
        "presence_router: get_users_for_states is not const. Make it const, or pass the router by std::ref.");
    static_assert(
        fault != RouterFault::pull_not_const,
        "presence_router: get_interested_users is not const. Make it const, or pass the router by std::ref.");
    static_assert(fault != RouterFault::waits,
                  "presence_router: this router waits: its callbacks answer awaitables. Put it into a chain "
                  "that may wait, async_chain<Task>(routers...), where Task is the host's coroutine type.");
    static_assert(
        fault != RouterFault::push_does_not_fit,
        "presence_router: get_users_for_states does not fit: it is called with std::span<state_type const> "
        "and answers users_for_states_t<R>, or an input range of pairs of a viewer and a state or a range of "
        "states. To inherit it from RouterInterface takes for_each_route.");
    static_assert(
        fault != RouterFault::pull_does_not_fit,
        "presence_router: get_interested_users does not fit: it is called with user_id_type const& and "
        "answers interested_users_t<R>, AllUsers, an input range of ids, or a variant of these. To inherit "
        "it from RouterInterface takes for_each_subject.");
    static_assert(fault != RouterFault::for_each_route,
                  "presence_router: for_each_route does not fit: it is for_each_route(std::span<state_type "
                  "const>, auto&& sink) const, and calls sink(viewer, update), which answers bool. Mend it, "
                  "or take it away for the slower way.");
    static_assert(fault != RouterFault::for_each_subject,
                  "presence_router: for_each_subject does not fit: it is for_each_subject(user_id_type "
                  "const&, auto&& sink) const -> std::optional<AllUsers>, and calls sink(subject), which "
                  "answers bool.");
    static_assert(fault != RouterFault::states_for_user,
                  "presence_router: states_for_user does not fit: it is states_for_user(user_id_type const&, "
                  "std::span<state_type const>) const -> set_for_t<state_type>.");
    static_assert(fault != RouterFault::sees,
                  "presence_router: sees does not fit: it is sees(user_id_type const& viewer, user_id_type "
                  "const& subject) const -> bool.");
    return true;
}

} // namespace presence_router::inline v0::detail
