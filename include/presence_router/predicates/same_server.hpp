// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/predicates/predicate.hpp>

#include <string_view>

namespace presence_router::inline v0 {

namespace detail {

struct SameServer : Predicate<SameServer> {
    static constexpr std::string_view name = "same_server";

    template <class Id>
        requires requires(Id const& id) { id.server_name() == id.server_name(); }
    constexpr bool operator()(Id const& viewer, Id const& subject) const
        noexcept(noexcept(viewer.server_name() == subject.server_name())) {
        return viewer.server_name() == subject.server_name();
    }
};

} // namespace detail

/// The predicate on routes "viewer and subject are users of one server", for ids that have `server_name()`.
/// Server names are compared as they are written, port included.
inline constexpr detail::SameServer same_server{};

} // namespace presence_router::inline v0
