// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/user_id_grammar.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace presence_router::inline v0::detail {

/// A string literal as a template argument.
template <std::size_t N>
struct FixedString {
    char text[N]{};

    consteval FixedString(char const (&literal)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }

    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text, N - 1}; }
};

/// Does not compile; the error is the broken rule's sentence, beside the byte. The sentences stand here a
/// second time because before C++26 static_assert takes nothing but a literal.
template <UserIdRule broken, std::size_t at_byte>
consteval void reject_user_id_literal() {
    static_assert(broken != UserIdRule::at_sign,
                  "this literal is not a Matrix user id: it has to begin with '@'");
    static_assert(broken != UserIdRule::length,
                  "this literal is not a Matrix user id: it has at most 255 bytes");
    static_assert(broken != UserIdRule::utf8,
                  "this literal is not a Matrix user id: its localpart has to be well-formed UTF-8");
    static_assert(broken != UserIdRule::nul,
                  "this literal is not a Matrix user id: its localpart holds no NUL");
    static_assert(broken != UserIdRule::colon, "this literal is not a Matrix user id: a ':' has to stand "
                                               "between localpart and server name");
    static_assert(broken != UserIdRule::server,
                  "this literal is not a Matrix user id: a host has to follow the ':'");
    static_assert(broken != UserIdRule::dns_name,
                  "this literal is not a Matrix user id: a host holds only A-Z, a-z, 0-9, '-' and '.', "
                  "unless it is an IPv6 address in brackets");
    static_assert(broken != UserIdRule::ipv6,
                  "this literal is not a Matrix user id: an IPv6 address is 2 to 45 of 0-9, A-F, a-f, ':' "
                  "and '.' between '[' and ']'");
    static_assert(broken != UserIdRule::port, "this literal is not a Matrix user id: nothing may follow the "
                                              "host but ':' and a port of 1 to 5 digits");
}

/// Compiles if `literal` is a Matrix user id.
template <FixedString literal>
consteval void check_user_id_literal() {
    // GCC 12 with UBSan calls the parameter itself non-constant.
    constexpr auto text = literal;
    constexpr std::optional<UserIdError> error = find_user_id_error(text.view());
    if constexpr (error) reject_user_id_literal<error->rule, error->position>();
}

} // namespace presence_router::inline v0::detail
