// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/keys.hpp>
#include <presence_router/predicates/predicate.hpp>

#include <concepts>
#include <string_view>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

template <class Users, class Id>
concept ContainsUser = requires(Users const& users, Id const& user) {
    { users.contains(user) } -> std::convertible_to<bool>;
};

template <class Users, bool mutual>
class Invisible : public Predicate<Invisible<Users, mutual>> {
public:
    static constexpr std::string_view name = mutual ? "mutually_invisible" : "invisible";

    constexpr explicit Invisible(Users const& users) noexcept : users_{&users} {}

    template <class Id>
        requires ContainsUser<Users, Id>
    constexpr bool operator()(Id const& viewer, Id const& subject) const
        noexcept(nothrow_same_key<Id> && noexcept(std::declval<Users const&>().contains(subject))) {
        return (users_->contains(subject) || (mutual && users_->contains(viewer))) &&
               !detail::same_key(viewer, subject);
    }

private:
    Users const* users_;
};

} // namespace detail

// Predicates on routes for invisible mode: `chain | without_routes(invisible(users))`, where `users` is a set
// of those who are invisible, or anything that has `users.contains(id) const`. Who is invisible still
// receives what the chain routes to them about themselves.
// Complexity: `users.contains`.
// Lifetime: `users` outlives the predicate, and may change between calls.

/// True of the presence of an invisible user to everybody else. The invisible still see the others.
/// Source: XEP-0186.
template <class Users>
[[nodiscard]] constexpr auto invisible(Users const& users) noexcept {
    return detail::Invisible<Users, false>(users);
}
template <class Users>
void invisible(Users const&&) = delete; // a temporary would be gone

/// True if one of the two is invisible: they are not seen, and do not see the others either.
template <class Users>
[[nodiscard]] constexpr auto mutually_invisible(Users const& users) noexcept {
    return detail::Invisible<Users, true>(users);
}
template <class Users>
void mutually_invisible(Users const&&) = delete;

} // namespace presence_router::inline v0
