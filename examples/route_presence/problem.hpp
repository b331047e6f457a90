// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace route_presence {

/// What is wrong with a part of some JSON text; thrown where it is noticed, printed where the file is known.
struct Problem {
    std::string where; // JSON pointer to the part; empty if it is the whole text
    std::string reason;
};

/// `/` and `key`, as they stand in a JSON pointer.
std::string pointer_to(std::string_view key);

/// `text` between quotes, shortened if it is long, in characters that no terminal takes for a command.
std::string in_quotes(std::string_view text);

/// One line: the pointer if there is one, and the reason.
std::string to_line(Problem const& problem);

} // namespace route_presence
