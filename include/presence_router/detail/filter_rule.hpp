// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/nothrow_subject.hpp>
#include <presence_router/detail/stored.hpp>
#include <presence_router/router_vocabulary.hpp>
#include <presence_router/subject_of.hpp>

#include <concepts>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

/// What a filter's predicate is asked about.
enum class About { viewer, subject, route };

/// Which routes a filter leaves: those about which the predicate `P` answers `kept`.
template <About about, bool kept, class P>
class FilterRule : Stored<0, P> {
    template <class Id>
    static constexpr bool fits = about == About::route ? std::predicate<P const&, Id const&, Id const&>
                                                       : std::predicate<P const&, Id const&>;

public:
    static constexpr bool of_viewer = about == About::viewer;

    /// What made the filter.
    static constexpr std::string_view filter =
        about == About::viewer    ? (kept ? "only_viewers" : "without_viewers")
        : about == About::subject ? (kept ? "only_subjects" : "without_subjects")
                                  : (kept ? "only_routes" : "without_routes");

    FilterRule() = default;
    constexpr explicit FilterRule(P rule) : Stored<0, P>(std::move(rule)) {}

    constexpr decltype(auto) predicate() const noexcept { return Stored<0, P>::get(); }

    /// The same rule, referring to this one's predicate.
    constexpr auto borrowed() const noexcept {
        return FilterRule<about, kept, std::reference_wrapper<P const>>(std::cref(Stored<0, P>::get()));
    }

    /// Refuses at compile time a predicate that cannot be asked about the users of the router `R`.
    template <class R>
    static consteval bool check_predicate() {
        if constexpr (!routes_nobody<unwrapped_t<R>>) {
            constexpr bool fitting = fits<user_id_t<R>>;
            static_assert(
                fitting || about == About::route,
                "presence_router: only_viewers, without_viewers, only_subjects and without_subjects "
                "take a predicate on users: it is called as predicate(user_id_type const&) const and "
                "answers bool, as one_of(users) and on_server(glob) do.");
            static_assert(
                fitting || about != About::route,
                "presence_router: only_routes and without_routes take a predicate on routes: it is "
                "called as predicate(user_id_type const& viewer, user_id_type const& subject) const and "
                "answers bool. viewer_is(p) and subject_is(p) make one of a predicate on users.");
        }
        return true;
    }

    template <class Id>
    static constexpr bool nothrow =
        about == About::route ? std::is_nothrow_invocable_v<P const&, Id const&, Id const&>
                              : std::is_nothrow_invocable_v<P const&, Id const&>;

    /// Whether a route to `viewer` may be left: no, for sure, only where viewers are what is filtered.
    template <class Id>
    constexpr bool allows_viewer(Id const& viewer) const noexcept(!of_viewer || nothrow<Id>) {
        if constexpr (of_viewer) return ask(viewer);
        else return true;
    }

    /// Whether a route from `subject` is left to `viewer`, who is allowed.
    template <class Id>
    constexpr bool allows_subject(Id const& viewer, Id const& subject) const
        noexcept(of_viewer || nothrow<Id>) {
        if constexpr (about == About::subject) return ask(subject);
        else if constexpr (about == About::route) return ask(viewer, subject);
        else return true;
    }

    template <class Id, class State>
    constexpr bool allows(Id const& viewer, State const& state) const
        noexcept(nothrow<Id> && (of_viewer || NothrowSubject<State, Id>)) {
        if constexpr (of_viewer) return ask(viewer);
        else return allows_subject<Id>(viewer, presence_router::subject_of(state));
    }

private:
    template <class Id, class... More>
    constexpr bool ask(Id const& first, More const&... more) const noexcept(nothrow<Id>) {
        // One that was refused is not asked: it would only add errors to the one that tells.
        if constexpr (fits<Id>)
            return static_cast<bool>(std::invoke(Stored<0, P>::get(), first, more...)) == kept;
        else return false;
    }
};

} // namespace presence_router::inline v0::detail
