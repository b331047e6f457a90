// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/glob.hpp>
#include <presence_router/predicates/predicate.hpp>

#include <concepts>
#include <string_view>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

class OnServer : public Predicate<OnServer> {
public:
    static constexpr std::string_view name = "on_server";

    explicit OnServer(Glob servers) noexcept : servers_{std::move(servers)} {}

    template <class Id>
        requires requires(Id const& id) {
            { id.server_name() } -> std::convertible_to<std::string_view>;
        }
    bool operator()(Id const& user) const noexcept(noexcept(std::string_view(user.server_name()))) {
        return servers_.matches(user.server_name());
    }

private:
    Glob servers_;
};

} // namespace detail

/// The predicate "a user of a server whose name fits this glob": `on_server("*.example.org")`, which the name
/// `example.org` itself does not fit. A port is part of the name. For ids that have `server_name()`.
/// Throws: as Glob. To ask throws what `server_name()` does, and takes glob x name steps at most.
[[nodiscard]] inline auto on_server(std::string_view glob) { return detail::OnServer(Glob{glob}); }

} // namespace presence_router::inline v0
