// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/utf8.hpp>

#include <cstddef>
#include <string_view>

namespace presence_router::inline v0::detail {

/// The character of `text` that begins at `at`: a code point of UTF-8, or a byte that belongs to none.
/// Requires: at < text.size().
[[nodiscard]] constexpr std::string_view character_at(std::string_view text, std::size_t at) noexcept {
    std::string_view const rest = text.substr(at);
    std::size_t const whole = utf8_prefix(rest);
    return rest.substr(0, whole == 0 ? 1 : whole);
}

/// Whether the whole `text` fits `pattern`; calls `step()` for each character looked at. When a match fails,
/// only the last `*` takes one character more: an earlier one could reach nothing that the last does not.
template <class Step>
constexpr bool match_glob(std::string_view pattern, std::string_view text,
                          Step&& step) noexcept(noexcept(step())) {
    std::size_t in_pattern = 0;
    std::size_t in_text = 0;
    std::size_t after_star = 0; // 0 as long as there was no `*`
    std::size_t star_ends = 0;  // up to where in the text the last `*` reaches
    for (;;) {
        step();
        if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
            after_star = ++in_pattern;
            star_ends = in_text;
            continue;
        }
        if (in_text == text.size()) return in_pattern == pattern.size();
        if (in_pattern < pattern.size()) {
            std::string_view const wanted = character_at(pattern, in_pattern);
            std::string_view const given = character_at(text, in_text);
            if (wanted == "?" || wanted == given) {
                in_pattern += wanted.size();
                in_text += given.size();
                continue;
            }
        } else if (after_star == pattern.size() && after_star != 0) {
            return true; // a `*` at the end takes the rest
        }
        if (after_star == 0) return false;
        star_ends += character_at(text, star_ends).size();
        in_text = star_ends;
        in_pattern = after_star;
    }
}

} // namespace presence_router::inline v0::detail
