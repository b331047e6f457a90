// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/quoted.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

/// `text` as a quoted string of Graphviz's DOT language that is shown as `text`: with `"` and `\` escaped,
/// `&` not taken for the begin of an HTML entity, and control characters and bytes that are no UTF-8 shown as
/// \xNN.
[[nodiscard]] inline std::string dot_quoted(std::string_view text) {
    std::string const escaped = quoted(text);
    std::string out;
    for (std::size_t at = 0; at < escaped.size(); ++at) {
        char const c = escaped[at];
        out += c;
        if (c == '&') out += "amp;";
        if (c != '\\') continue;
        char const next = escaped[++at];
        if (next == 'x') out += '\\'; // what is shown is the escape itself
        out += next;
    }
    return out;
}

} // namespace presence_router::inline v0::detail
