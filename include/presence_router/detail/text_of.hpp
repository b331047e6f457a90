// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/quoted.hpp>

#include <ostream>
#include <sstream>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

template <class T>
concept Printable = requires(std::ostream& out, T const& value) { out << value; };

/// What `<<` writes of a value.
template <Printable T>
[[nodiscard]] std::string printed(T const& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

/// `text` as it is, or in quotes if it holds what a line or a terminal might take for something else.
[[nodiscard]] inline std::string plain_or_quoted(std::string_view text) {
    std::string in_quotes = quoted(text);
    return in_quotes.size() == text.size() + 2 && !text.empty() ? std::string{text} : in_quotes;
}

/// A value in one line; `unprinted` if it has no `<<`.
template <class T>
[[nodiscard]] std::string text_of(T const& value, std::string_view unprinted) {
    if constexpr (Printable<T>) return plain_or_quoted(printed(value));
    else return std::string{unprinted};
}

} // namespace presence_router::inline v0::detail
