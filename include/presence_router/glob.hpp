// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/match_glob.hpp>
#include <presence_router/shared_text.hpp>

#include <compare>
#include <cstddef>
#include <iosfwd>
#include <string_view>

namespace presence_router::inline v0 {

/// Whether the whole `text` fits `pattern`: `*` stands for any run of characters, the empty one too, `?` for
/// exactly one, and every other character for itself. Case matters; there are no brackets and no escapes. A
/// character is a code point of UTF-8; a byte that belongs to none counts as one.
/// Complexity: at most (pattern + 1) x (text + 1) steps, in characters, whatever the pattern; nothing is
/// allocated.
/// Source: Matrix specification, appendix "Glob-style matching".
[[nodiscard]] constexpr bool glob_matches(std::string_view pattern, std::string_view text) noexcept {
    return detail::match_glob(pattern, text, []() noexcept {});
}

/// A pattern to match ids against, as `glob_matches` does. Copies share the text. A moved-from glob has the
/// empty pattern, which only the empty text fits.
class Glob {
public:
    /// Throws: std::bad_alloc, std::length_error (see SharedText).
    explicit Glob(std::string_view pattern) : pattern_{pattern} {}

    [[nodiscard]] bool matches(std::string_view text) const noexcept {
        return glob_matches(pattern_.str(), text);
    }

    /// Valid as long as any copy of this glob.
    [[nodiscard]] std::string_view pattern() const noexcept { return pattern_.str(); }

    /// By the pattern's bytes: two globs that fit the same texts may differ.
    friend bool operator==(Glob const&, Glob const&) noexcept = default;
    friend std::strong_ordering operator<=>(Glob const&, Glob const&) noexcept = default;

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        Glob const& glob) {
        return out << glob.pattern_;
    }

private:
    SharedText pattern_;
};

} // namespace presence_router::inline v0

/// Equals the hash of `glob.pattern()`.   Complexity: linear.
template <>
struct std::hash<presence_router::Glob> {
    [[nodiscard]] std::size_t operator()(presence_router::Glob const& glob) const noexcept {
        return std::hash<std::string_view>{}(glob.pattern());
    }
};
