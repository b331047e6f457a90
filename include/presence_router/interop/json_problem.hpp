// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/quoted.hpp>

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace presence_router::inline v0 {

/// What is wrong with a part of some JSON.
struct JsonProblem {
    std::string where;  // JSON pointer to the part, as it is; "" is the whole
    std::string reason; // what is wrong with it, in printable characters

    friend bool operator==(JsonProblem const&, JsonProblem const&) = default;

    /// One line, `/content/presence: is missing`; the pointer is printable there, and cut if it is long.
    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        JsonProblem const& problem) {
        std::string line = detail::printable(problem.where, 300);
        if (!line.empty()) line += ": ";
        line += problem.reason;
        return out << std::basic_string_view<char, Traits>{line.data(), line.size()};
    }
};

/// What was read from JSON, and all that is wrong with it.
template <class T>
struct FromJson {
    std::optional<T> value{}; // nullopt if it could not be read at all
    std::vector<JsonProblem> problems{};
};

} // namespace presence_router::inline v0
