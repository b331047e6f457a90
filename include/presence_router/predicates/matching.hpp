// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/glob.hpp>
#include <presence_router/predicates/predicate.hpp>

#include <concepts>
#include <string_view>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

class Matching : public Predicate<Matching> {
public:
    static constexpr std::string_view name = "matching";

    explicit Matching(Glob ids) noexcept : ids_{std::move(ids)} {}

    template <class Id>
        requires requires(Id const& id) {
            { id.str() } -> std::convertible_to<std::string_view>;
        }
    bool operator()(Id const& user) const noexcept(noexcept(std::string_view(user.str()))) {
        return ids_.matches(user.str());
    }

private:
    Glob ids_;
};

} // namespace detail

/// The predicate "a user whose whole id fits this glob": `matching("@bot-*:*")`. For ids that have `str()`.
/// Throws: as Glob. To ask throws what `str()` does, and takes glob x id steps at most.
[[nodiscard]] inline auto matching(std::string_view glob) { return detail::Matching(Glob{glob}); }

} // namespace presence_router::inline v0
