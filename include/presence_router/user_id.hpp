// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/quoted.hpp>
#include <presence_router/detail/raise.hpp>
#include <presence_router/detail/user_id_grammar.hpp>
#include <presence_router/detail/user_id_literal.hpp>
#include <presence_router/shared_text.hpp>

#include <compare>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace presence_router::inline v0 {

/// A text that is no Matrix user id. `what()` shows the text (escaped), the broken rule and the byte.
class InvalidUserId : public std::invalid_argument {
public:
    InvalidUserId(std::string_view text, detail::UserIdError error)
        : std::invalid_argument{detail::quoted(text, 255) +
                                " is not a Matrix user id: " + std::string{detail::sentence(error.rule)} +
                                " (at byte " + std::to_string(error.position) + ")"},
          error_{error} {}

    /// The broken rule, as a sentence.
    [[nodiscard]] std::string_view reason() const noexcept { return detail::sentence(error_.rule); }

    /// The byte, counted from 0, from which the rule is broken; the text's size if something is missing.
    [[nodiscard]] std::size_t position() const noexcept { return error_.position; }

private:
    detail::UserIdError error_;
};

/// A Matrix user id, "@localpart:server.name", valid by construction. Copies share the text (`SharedText`).
/// A moved-from id holds the empty text; every operation on it remains allowed.
/// Source: Matrix specification, appendices "User Identifiers" (historical ones included), "Server Name".
class UserId {
public:
    /// Throws: InvalidUserId, std::bad_alloc.   Complexity: linear, one allocation.
    explicit UserId(std::string_view text) : text_{checked(text)} {}

    /// The id, or nullopt where the constructor would throw InvalidUserId.   Throws: std::bad_alloc.
    [[nodiscard]] static std::optional<UserId> parse(std::string_view text) {
        if (detail::find_user_id_error(text)) return std::nullopt;
        return UserId{Valid{text}};
    }

    /// Why the constructor would throw InvalidUserId, without throwing it; nullopt for a user id.
    [[nodiscard]] static std::optional<InvalidUserId> error_in(std::string_view text) {
        if (auto const error = detail::find_user_id_error(text)) return InvalidUserId{text, *error};
        return std::nullopt;
    }

    /// The views are valid as long as any copy of this id.
    [[nodiscard]] std::string_view str() const noexcept { return text_.str(); }

    /// What stands between '@' and the first ':'; may be empty.
    [[nodiscard]] std::string_view localpart() const noexcept {
        std::string_view const text = str();
        return text.empty() ? text : text.substr(1, text.find(':') - 1);
    }

    /// What follows the first ':', the port included.
    [[nodiscard]] std::string_view server_name() const noexcept {
        std::string_view const text = str();
        return text.empty() ? text : text.substr(text.find(':') + 1);
    }

    /// Bytewise; `==` takes constant time for copies, and almost always for different ids.
    friend bool operator==(UserId const&, UserId const&) noexcept = default;
    friend std::strong_ordering operator<=>(UserId const&, UserId const&) noexcept = default;

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        UserId const& id) {
        return out << id.text_;
    }

private:
    friend struct std::hash<UserId>;

    struct Valid {
        std::string_view text;
    };

    explicit UserId(Valid valid) : text_{valid.text} {}

    static std::string_view checked(std::string_view text) {
        if (auto const error = detail::find_user_id_error(text)) detail::raise(InvalidUserId{text, *error});
        return text;
    }

    SharedText text_;
};

inline namespace literals {

/// `"@alice:example.org"_user`: a literal that is no Matrix user id does not compile, and the error says why.
/// Complexity: a copy; the id itself is made once per program.
template <detail::FixedString text>
[[nodiscard]] UserId operator""_user() {
    detail::check_user_id_literal<text>();
    static UserId const id{text.view()};
    return id;
}

} // namespace literals

} // namespace presence_router::inline v0

/// Equals the hash of `id.str()`.   Complexity: constant.
template <>
struct std::hash<presence_router::UserId> {
    [[nodiscard]] std::size_t operator()(presence_router::UserId const& id) const noexcept {
        return id.text_.hash();
    }
};
