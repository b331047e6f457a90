// SPDX-License-Identifier: BSL-1.0
#pragma once

// Needs nlohmann/json, and is not part of presence_router.hpp.
#include <presence_router/detail/json_builder.hpp>
#include <presence_router/interop/json_problem.hpp>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

/// The place of the last of the first `bytes` bytes of `text`, as an editor counts.
[[nodiscard]] inline std::string place_in(std::string_view text, std::size_t bytes) {
    std::string_view const before = text.substr(0, bytes == 0 ? 0 : bytes - 1);
    auto const newline = before.rfind('\n');
    std::string column = "column " + std::to_string(bytes - (newline == before.npos ? 0 : newline + 1));
    if (text.find('\n') == text.npos) return column;
    auto const line = 1 + std::count(before.begin(), before.end(), '\n');
    return "line " + std::to_string(line) + ", " + column;
}

} // namespace detail

/// The JSON in `text`, strictly: what is no JSON, holds NUL or ill-formed UTF-8, or is nested deeper than 32
/// levels gives no value and one problem. Where there is a value, the problems are the keys that an object
/// has twice, of which `value` has the last: which one counts is nobody's to guess.
/// Complexity: as nlohmann's parser.   Throws: std::bad_alloc.
[[nodiscard]] inline FromJson<nlohmann::json> json_from_text(std::string_view text) {
    auto const refuse = [](std::string const& why) {
        return FromJson<nlohmann::json>{.problems = {{"", "is not JSON: " + why}}};
    };
    if (text.empty()) return refuse("it is empty"); // nlohmann's versions say this in two ways
    // nlohmann's parser takes a NUL for the end, and would let anything follow it.
    if (auto const nul = text.find('\0'); nul != text.npos)
        return refuse("NUL at " + detail::place_in(text, nul + 1));
    detail::JsonBuilder builder{1000 + 8 * text.size()};
    if (nlohmann::json::sax_parse(text, &builder))
        return {std::move(builder.value), std::move(builder.repeated)};
    return refuse(builder.failure +
                  (builder.failed_at == 0 ? "" : " at " + detail::place_in(text, builder.failed_at)));
}

} // namespace presence_router::inline v0
