// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/utf8.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

/// `text`, safe for a log line or a terminal: control characters and bytes that are no UTF-8 as \xNN, `"` and
/// `\` with a backslash. Only whole characters within the first `limit` bytes are shown; an ellipsis after
/// `end` says that there was more.
[[nodiscard]] inline std::string printable(std::string_view text, std::size_t limit = std::string_view::npos,
                                           std::string_view end = {}) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        std::string_view const rest = text.substr(at);
        std::size_t const whole = utf8_prefix(rest);
        std::size_t const length = whole == 0 ? 1 : whole;
        // Not `at + length > limit`, which could wrap around.
        if (limit < at || limit - at < length) break;

        auto const first = static_cast<unsigned char>(rest[0]);
        bool const c0_control = first < 0x20 || first == 0x7F;
        bool const c1_control = first == 0xC2 && length == 2 && static_cast<unsigned char>(rest[1]) < 0xA0;
        if (whole == 0 || c0_control || c1_control) {
            for (char const c : rest.substr(0, length)) {
                auto const byte = static_cast<unsigned char>(c);
                out += "\\x";
                out += "0123456789ABCDEF"[byte >> 4];
                out += "0123456789ABCDEF"[byte & 0xF];
            }
        } else {
            if (first == '"' || first == '\\') out += '\\';
            out += rest.substr(0, length);
        }
        at += length;
    }
    out += end;
    if (at < text.size()) out += "\xE2\x80\xA6"; // U+2026, independent of the compiler's literal encoding
    return out;
}

/// `text` as `printable` shows it, in double quotes.
[[nodiscard]] inline std::string quoted(std::string_view text, std::size_t limit = std::string_view::npos) {
    return '"' + printable(text, limit, "\"");
}

} // namespace presence_router::inline v0::detail
