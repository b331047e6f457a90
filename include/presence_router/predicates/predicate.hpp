// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/decide.hpp>
#include <presence_router/detail/stored.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

template <class Self>
class Predicate;

namespace detail {

template <class T>
concept IsPredicate = std::derived_from<std::remove_cvref_t<T>, Predicate<std::remove_cvref_t<T>>>;

template <class T>
concept PredicateOperand = std::is_class_v<std::remove_cvref_t<T>> ||
                           std::is_function_v<std::remove_pointer_t<T>> || std::is_member_pointer_v<T>;

template <class P>
class Not;
template <class P, class Q>
class Both;
template <class P, class Q>
class Either;

} // namespace detail

/// Base of a predicate that combines: `Self` derives from `Predicate<Self>`, is called through const, and
/// answers whether it means a user, a route, `(viewer, subject)`, or a room, `(room)` or `(directory, room)`.
/// Then `!p`, `p && q` and `p || q` are predicates too, which ask left to right and no further than they
/// must. One of the two operands may be any other callable. Operands are held by value; those without state
/// take no room.
template <class Self>
class Predicate {
    template <detail::IsPredicate P>
        requires std::same_as<std::remove_cvref_t<P>, Self>
    [[nodiscard]] friend constexpr auto operator!(P&& p) {
        return detail::Not<Self>(std::forward<P>(p));
    }
};

template <detail::PredicateOperand P, detail::PredicateOperand Q>
    requires detail::IsPredicate<P> || detail::IsPredicate<Q>
[[nodiscard]] constexpr auto operator&&(P p, Q q) {
    return detail::Both<P, Q>(std::move(p), std::move(q));
}

template <detail::PredicateOperand P, detail::PredicateOperand Q>
    requires detail::IsPredicate<P> || detail::IsPredicate<Q>
[[nodiscard]] constexpr auto operator||(P p, Q q) {
    return detail::Either<P, Q>(std::move(p), std::move(q));
}

namespace detail {

template <class P>
class Not : public Predicate<Not<P>>, Stored<0, P> {
public:
    Not() = default;
    constexpr explicit Not(P p) : Stored<0, P>(std::move(p)) {}

    template <class... Asked>
        requires Decides<P, Asked...>
    constexpr bool operator()(Asked const&... asked) const noexcept(nothrow_decides<P, Asked...>) {
        return !detail::decide(Stored<0, P>::get(), asked...);
    }
};

template <class P, class Q>
class Both : public Predicate<Both<P, Q>>, Stored<0, P>, Stored<1, Q> {
public:
    Both() = default;
    constexpr Both(P p, Q q) : Stored<0, P>(std::move(p)), Stored<1, Q>(std::move(q)) {}

    template <class... Asked>
        requires Decides<P, Asked...> && Decides<Q, Asked...>
    constexpr bool operator()(Asked const&... asked) const
        noexcept(nothrow_decides<P, Asked...> && nothrow_decides<Q, Asked...>) {
        return detail::decide(Stored<0, P>::get(), asked...) && detail::decide(Stored<1, Q>::get(), asked...);
    }
};

template <class P, class Q>
class Either : public Predicate<Either<P, Q>>, Stored<0, P>, Stored<1, Q> {
public:
    Either() = default;
    constexpr Either(P p, Q q) : Stored<0, P>(std::move(p)), Stored<1, Q>(std::move(q)) {}

    template <class... Asked>
        requires Decides<P, Asked...> && Decides<Q, Asked...>
    constexpr bool operator()(Asked const&... asked) const
        noexcept(nothrow_decides<P, Asked...> && nothrow_decides<Q, Asked...>) {
        return detail::decide(Stored<0, P>::get(), asked...) || detail::decide(Stored<1, Q>::get(), asked...);
    }
};

} // namespace detail

} // namespace presence_router::inline v0
