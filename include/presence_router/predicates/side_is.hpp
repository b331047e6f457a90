// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/stored.hpp>
#include <presence_router/predicates/predicate.hpp>

#include <utility>

namespace presence_router::inline v0 {

namespace detail {

template <class P>
class ViewerIs : public Predicate<ViewerIs<P>>, Stored<0, P> {
public:
    ViewerIs() = default;
    constexpr explicit ViewerIs(P p) : Stored<0, P>(std::move(p)) {}

    template <class Id>
        requires Decides<P, Id>
    constexpr bool operator()(Id const& viewer, Id const&) const noexcept(nothrow_decides<P, Id>) {
        return detail::decide(Stored<0, P>::get(), viewer);
    }
};

template <class P>
class SubjectIs : public Predicate<SubjectIs<P>>, Stored<0, P> {
public:
    SubjectIs() = default;
    constexpr explicit SubjectIs(P p) : Stored<0, P>(std::move(p)) {}

    template <class Id>
        requires Decides<P, Id>
    constexpr bool operator()(Id const&, Id const& subject) const noexcept(nothrow_decides<P, Id>) {
        return detail::decide(Stored<0, P>::get(), subject);
    }
};

} // namespace detail

/// The predicate on routes that asks `p`, a predicate on users, about the viewer:
/// `without_routes(viewer_is(guest) && subject_is(one_of(admin)))`.
template <class P>
[[nodiscard]] constexpr auto viewer_is(P p) {
    return detail::ViewerIs<P>(std::move(p));
}

/// The predicate on routes that asks `p` about the subject.
template <class P>
[[nodiscard]] constexpr auto subject_is(P p) {
    return detail::SubjectIs<P>(std::move(p));
}

} // namespace presence_router::inline v0
