// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/leading_text.hpp>
#include <presence_router/detail/quoted.hpp>

#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>

namespace presence_router::inline v0 {

namespace detail {

/// " (\"@alice:example.org\")", or nothing where the type has no text that is known here.
template <class T>
std::string shown_in_brackets(T const& value) {
    if constexpr (HasLeadingText<T>) return " (" + quoted(leading_text(value), 255) + ")";
    else if constexpr (std::integral<T>) return " (" + std::to_string(value) + ")";
    else return {};
}

} // namespace detail

/// Entries that no tracker can have written. `what()` names the entry by its place, from 0, and its subject.
class InvalidRecipients : public std::invalid_argument {
public:
    template <class Id>
    InvalidRecipients(std::size_t entry, Id const& subject, std::string const& reason)
        : std::invalid_argument{"recipients entry " + std::to_string(entry) +
                                detail::shown_in_brackets(subject) + ": " + reason},
          entry_{entry} {}

    /// The place of the entry, from 0.
    [[nodiscard]] std::size_t entry() const noexcept { return entry_; }

private:
    std::size_t entry_;
};

} // namespace presence_router::inline v0
