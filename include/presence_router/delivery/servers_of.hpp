// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/input_range.hpp>
#include <presence_router/detail/server_names.hpp>
#include <presence_router/server_name_of.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// The servers that these users live on, each once, in the order of their first users. Who names no server is
/// left out, alone, and shown to `on_malformed`.
/// Requires: `server_name_of` can be asked of the users.
/// Complexity: linear in the users on average.
template <detail::InputRange Users, class OnMalformed>
    requires detail::OnServers<std::remove_cvref_t<detail::reference_t<Users>>> &&
             std::invocable<OnMalformed&, std::remove_cvref_t<detail::reference_t<Users>> const&>
[[nodiscard]] std::vector<std::string> servers_of(Users&& users, OnMalformed&& on_malformed) {
    detail::ServerNames servers;
    for (auto&& element : users) {
        std::remove_cvref_t<detail::reference_t<Users>> const& user = element;
        std::optional<std::string_view> const server = presence_router::server_name_of(user);
        if (server && !server->empty()) servers.assign(*server);
        else on_malformed(user);
    }
    return std::move(servers).take();
}

} // namespace presence_router::inline v0
