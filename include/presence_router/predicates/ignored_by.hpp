// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/predicates/predicate.hpp>
#include <presence_router/relation.hpp>

#include <string_view>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

enum class WhoIgnores { either, viewer, subject };

template <class Id, WhoIgnores who>
class IgnoredBy : public Predicate<IgnoredBy<Id, who>> {
public:
    static constexpr std::string_view name = who == WhoIgnores::viewer    ? "ignored_by_viewer"
                                             : who == WhoIgnores::subject ? "ignored_by_subject"
                                                                          : "ignored_by";

    explicit IgnoredBy(Relation<Id, Id> const& lists) noexcept : lists_{&lists} {}

    bool operator()(Id const& viewer, Id const& subject) const
        noexcept(noexcept(std::declval<Relation<Id, Id> const&>().contains(viewer, subject))) {
        return (who != WhoIgnores::subject && lists_->contains(viewer, subject)) ||
               (who != WhoIgnores::viewer && lists_->contains(subject, viewer));
    }

private:
    Relation<Id, Id> const* lists_;
};

} // namespace detail

// Predicates on routes over ignore lists, where the pair (user, ignored) says that the user ignores the
// other: `chain | without_routes(ignored_by(lists))`.
// Complexity: constant on average.
// Lifetime: `lists` outlives the predicate, and may change between calls.

/// True if one of the two ignores the other: neither is bothered, neither is watched.
template <class Id>
[[nodiscard]] auto ignored_by(Relation<Id, Id> const& lists) noexcept {
    return detail::IgnoredBy<Id, detail::WhoIgnores::either>(lists);
}
template <class Id>
void ignored_by(Relation<Id, Id> const&&) = delete; // a temporary would be gone

/// True if the viewer, who would receive the presence, ignores the subject.
template <class Id>
[[nodiscard]] auto ignored_by_viewer(Relation<Id, Id> const& lists) noexcept {
    return detail::IgnoredBy<Id, detail::WhoIgnores::viewer>(lists);
}
template <class Id>
void ignored_by_viewer(Relation<Id, Id> const&&) = delete;

/// True if the subject, whose presence it is, ignores the viewer. Source: what MSC4325 calls ignored, who are
/// on the list of the sender.
template <class Id>
[[nodiscard]] auto ignored_by_subject(Relation<Id, Id> const& lists) noexcept {
    return detail::IgnoredBy<Id, detail::WhoIgnores::subject>(lists);
}
template <class Id>
void ignored_by_subject(Relation<Id, Id> const&&) = delete;

} // namespace presence_router::inline v0
