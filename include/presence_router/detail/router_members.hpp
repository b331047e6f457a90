// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <concepts>
#include <optional>
#include <span>
#include <type_traits>

// Which of the six members a router has, and whether a member is only misspelt. `R` is what the callbacks are
// called on: a const type, but for routers that came in by reference.
namespace presence_router::inline v0::detail {

template <class R>
using batch_t = std::span<state_t<R> const>;

template <class R>
concept HasGetUsersForStates = requires(R& router, batch_t<R> batch) {
    { router.get_users_for_states(batch) } -> PushAnswer<user_id_t<R>, state_t<R>>;
};

template <class R>
concept HasGetInterestedUsers = requires(R& router, user_id_t<R> const& viewer) {
    { router.get_interested_users(viewer) } -> PullAnswer<user_id_t<R>>;
};

template <class R>
concept HasForEachRoute =
    requires(R& router, batch_t<R> batch, AnyRouteSink<user_id_t<R>, state_t<R>> const& sink) {
        router.for_each_route(batch, sink);
    };

// libc++ does not take the question whether void converts to std::optional.
template <class Answer>
concept MaybeAllUsers = !std::is_void_v<Answer> && std::convertible_to<Answer, std::optional<AllUsers>>;

template <class R>
concept HasForEachSubject =
    requires(R& router, user_id_t<R> const& viewer, AnySubjectSink<user_id_t<R>> const& sink) {
        { router.for_each_subject(viewer, sink) } -> MaybeAllUsers;
    };

template <class R>
concept HasStatesForUser = requires(R& router, user_id_t<R> const& viewer, batch_t<R> batch) {
    { router.states_for_user(viewer, batch) } -> std::convertible_to<set_for_t<state_t<R>>>;
};

template <class R>
concept HasSees = requires(R& router, user_id_t<R> const& viewer, user_id_t<R> const& subject) {
    { router.sees(viewer, subject) } -> std::convertible_to<bool>;
};

// Looking a name up in a class that inherits it twice is ambiguous, and so an error, exactly if `R` has the
// name too, whatever its signature. A final class cannot be asked so; there only a plain member is noticed.
#define PRESENCE_ROUTER_DETAIL_NAMES(Concept, member)                                                        \
    struct Concept##Name {                                                                                   \
        int member;                                                                                          \
    };                                                                                                       \
    template <class R>                                                                                       \
    struct Concept##Lookup : R, Concept##Name {};                                                            \
    template <class R>                                                                                       \
    concept Concept =                                                                                        \
        std::is_class_v<R> && ((std::is_final_v<R> && requires { &R::member; }) ||                           \
                               (!std::is_final_v<R> && !requires { &Concept##Lookup<R>::member; }))

PRESENCE_ROUTER_DETAIL_NAMES(NamesGetUsersForStates, get_users_for_states);
PRESENCE_ROUTER_DETAIL_NAMES(NamesGetInterestedUsers, get_interested_users);
PRESENCE_ROUTER_DETAIL_NAMES(NamesForEachRoute, for_each_route);
PRESENCE_ROUTER_DETAIL_NAMES(NamesForEachSubject, for_each_subject);
PRESENCE_ROUTER_DETAIL_NAMES(NamesStatesForUser, states_for_user);
PRESENCE_ROUTER_DETAIL_NAMES(NamesSees, sees);
#undef PRESENCE_ROUTER_DETAIL_NAMES

// A member that is there but cannot be called as the library calls it is a mistake, not a reason to pass it
// over.
template <class R>
concept ForEachRouteFits = HasForEachRoute<R> || !NamesForEachRoute<std::remove_const_t<R>>;
template <class R>
concept ForEachSubjectFits = HasForEachSubject<R> || !NamesForEachSubject<std::remove_const_t<R>>;
template <class R>
concept StatesForUserFits = HasStatesForUser<R> || !NamesStatesForUser<std::remove_const_t<R>>;
template <class R>
concept SeesFits = HasSees<R> || !NamesSees<std::remove_const_t<R>>;

template <class R>
concept Answers = HasGetUsersForStates<R> && HasGetInterestedUsers<R> && ForEachRouteFits<R> &&
                  ForEachSubjectFits<R> && StatesForUserFits<R> && SeesFits<R>;

} // namespace presence_router::inline v0::detail
