// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace presence_router::inline v0::detail {

/// Bytes of the well-formed UTF-8 sequence at the start of `text`; 0 if there is none. No overlong forms,
/// no surrogates, nothing above U+10FFFF.   Source: The Unicode Standard, table 3-7.
[[nodiscard]] constexpr std::size_t utf8_prefix(std::string_view text) noexcept {
    auto const within = [text](std::size_t at, unsigned char low, unsigned char high) {
        if (at >= text.size()) return false;
        auto const byte = static_cast<unsigned char>(text[at]);
        return low <= byte && byte <= high;
    };
    auto const tail = [within](std::size_t at) { return within(at, 0x80, 0xBF); };

    if (within(0, 0x00, 0x7F)) return 1;
    if (within(0, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
    if (within(0, 0xE0, 0xEF)) {
        // E0 80..9F would be overlong, ED A0..BF a surrogate.
        bool const second = within(0, 0xE0, 0xE0)   ? within(1, 0xA0, 0xBF)
                            : within(0, 0xED, 0xED) ? within(1, 0x80, 0x9F)
                                                    : tail(1);
        return second && tail(2) ? 3 : 0;
    }
    if (within(0, 0xF0, 0xF4)) {
        // F0 80..8F would be overlong, F4 90..BF above U+10FFFF.
        bool const second = within(0, 0xF0, 0xF0)   ? within(1, 0x90, 0xBF)
                            : within(0, 0xF4, 0xF4) ? within(1, 0x80, 0x8F)
                                                    : tail(1);
        return second && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

/// Where the first byte of `text` stands that belongs to no well-formed sequence; npos if each does.
[[nodiscard]] constexpr std::size_t find_ill_formed(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const length = utf8_prefix(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return text.npos;
}

} // namespace presence_router::inline v0::detail
