// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/glob.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

/// Whether a glob for user ids matches any whose server name is `server`. Requires: it begins with '@'.
/// Complexity: linear in the pattern, whatever it is; a server name is short.
[[nodiscard]] inline bool may_match_on_server(std::string_view pattern, std::string_view server) {
    std::string const end = ':' + std::string{server};
    // A localpart is any text without a colon: it takes as much of the pattern as stands before one.
    for (std::size_t at = 1; at < pattern.size(); ++at) {
        if (pattern[at] == '*' && pattern[at - 1] == '*') continue; // matches what the one before does
        if (glob_matches(pattern.substr(at), end)) return true;
        if (pattern[at] == ':') return false;
    }
    return false;
}

} // namespace presence_router::inline v0::detail
