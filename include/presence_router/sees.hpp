// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/state_about.hpp>
#include <presence_router/subject_of.hpp>

#include <span>

namespace presence_router::inline v0 {

namespace detail {

/// Asks the push side: would `viewer` be told of `subject`?
template <class R>
constexpr bool is_routed(R const& router, user_id_t<R> const& viewer, user_id_t<R> const& subject) {
    using State = state_t<R>;
    constexpr bool probeable = Probeable<State, user_id_t<R>>;
    static_assert(probeable,
                  "presence_router: sees has to ask get_users_for_states about a state of the subject, and "
                  "cannot make one. Give the router a member sees, or the state type a function "
                  "state_about(id) found by ADL, a member user_id of an aggregate, or a constructor from the "
                  "id.");
    if constexpr (probeable) {
        State const probe = presence_router::state_about<State>(subject);
        if (!detail::same_key<user_id_t<R>>(presence_router::subject_of(probe), subject)) return false;
        bool routed = false;
        presence_router::for_each_route(
            router, std::span<State const>(&probe, 1), [&](user_id_t<R> const& told, State const& update) {
                routed = detail::same_key(told, viewer) &&
                         detail::same_key<user_id_t<R>>(presence_router::subject_of(update), subject);
                return !routed;
            });
        return routed;
    }
    return false;
}

/// True if `for_each_subject` of `R` can only ever answer a set.
template <class R>
concept NeverAllUsers = !HasForEachSubject<R> && requires(R& router, user_id_t<R> const& viewer) {
    requires !may_be_all_users<std::remove_cvref_t<decltype(router.get_interested_users(viewer))>>;
};

struct sees_fn {
    template <class R>
    [[nodiscard]] constexpr bool operator()(R const& router, user_id_t<R> const& viewer,
                                            user_id_t<R> const& subject) const noexcept(requires {
        { unwrap(router).sees(viewer, subject) } noexcept;
    }) {
        using Asked = unwrapped_t<R>;
        static_assert(check_router<Asked>());
        if constexpr (asks_nobody<Asked>) {
            return false;
        } else if constexpr (HasSees<Asked>) {
            return unwrap(router).sees(viewer, subject);
        } else {
            bool found = false;
            // Not stopped at the first match: only the whole answer tells a set from all users.
            auto const everybody =
                presence_router::for_each_subject(router, viewer, [&](user_id_t<R> const& shown) {
                    found = found || detail::same_key(shown, subject);
                });
            if constexpr (NeverAllUsers<Asked>) return found;
            else return everybody ? is_routed(router, viewer, subject) : found;
        }
    }
};

} // namespace detail

/// Does `viewer` receive the presence of `subject`? Uses the router's member of this name, else its pull set;
/// when that is all users, its push side is asked about one state of `subject`. In doubt the answer is no.
/// Throws: what the router throws.
/// Complexity: as the member; else one question to each side.
inline constexpr detail::sees_fn sees{};

} // namespace presence_router::inline v0
