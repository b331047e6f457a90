// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// Each program here is libFuzzer's: it calls this with all that it thinks of.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace fuzz {

/// Ends the program, for libFuzzer to report the input, if a promise is broken.
inline void require(bool holds, char const* promise) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
}

inline std::string_view text_of(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

/// What is told of input is well-formed, short, and holds nothing that a terminal obeys.
inline void require_harmless(std::string_view told) {
    require(told.size() < 3000, "what is told is short");
    require(presence_router::detail::find_ill_formed(told) == told.npos, "what is told is UTF-8");
    for (std::size_t at = 0; at < told.size(); ++at) {
        auto const byte = static_cast<unsigned char>(told[at]);
        bool const is_c1 = byte == 0xC2 && static_cast<unsigned char>(told[at + 1]) < 0xA0;
        require(byte >= 0x20 && byte != 0x7F && !is_c1, "what is told is printable");
    }
}

} // namespace fuzz
