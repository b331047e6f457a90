// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/utf8.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace presence_router::inline v0::detail {

/// What a user id has to keep to.   Source: Matrix specification, appendices "User Identifiers" (with the
/// historical localparts, which servers have to accept) and "Server Name".
enum class UserIdRule : unsigned char { at_sign, length, utf8, nul, colon, server, dns_name, ipv6, port };

/// The rule as a sentence about the id.
[[nodiscard]] constexpr std::string_view sentence(UserIdRule rule) noexcept {
    switch (rule) {
    case UserIdRule::at_sign:
        return "it has to begin with '@'";
    case UserIdRule::length:
        return "it has at most 255 bytes";
    case UserIdRule::utf8:
        return "its localpart has to be well-formed UTF-8";
    case UserIdRule::nul:
        return "its localpart holds no NUL";
    case UserIdRule::colon:
        return "a ':' has to stand between localpart and server name";
    case UserIdRule::server:
        return "a host has to follow the ':'";
    case UserIdRule::dns_name:
        return "a host holds only A-Z, a-z, 0-9, '-' and '.', unless it is an IPv6 address in brackets";
    case UserIdRule::ipv6:
        return "an IPv6 address is 2 to 45 of 0-9, A-F, a-f, ':' and '.' between '[' and ']'";
    case UserIdRule::port:
        return "nothing may follow the host but ':' and a port of 1 to 5 digits";
    }
    return "";
}

/// The first thing wrong with a text that is no user id.
struct UserIdError {
    UserIdRule rule;
    std::size_t position; // the byte from which the rule is broken; the text's size if something is missing
};

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return '0' <= c && c <= '9'; }

// An IPv4 address is written in the characters of a DNS name too, so it needs no case of its own.
[[nodiscard]] constexpr bool is_dns_char(char c) noexcept {
    return is_digit(c) || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || c == '-' || c == '.';
}

[[nodiscard]] constexpr bool is_ipv6_char(char c) noexcept {
    return is_digit(c) || ('A' <= c && c <= 'F') || ('a' <= c && c <= 'f') || c == ':' || c == '.';
}

/// What is wrong with the server name that begins at `begin` and ends with `id`.
[[nodiscard]] constexpr std::optional<UserIdError> find_server_name_error(std::string_view id,
                                                                          std::size_t begin) noexcept {
    auto const skip = [id](std::size_t at, bool (&accepts)(char)) {
        while (at < id.size() && accepts(id[at])) ++at;
        return at;
    };

    std::size_t at = begin;
    if (at < id.size() && id[at] == '[') {
        std::size_t const address = at + 1;
        at = skip(address, is_ipv6_char);
        if (at - address > 45) return UserIdError{UserIdRule::ipv6, address + 45};
        if (at - address < 2 || at == id.size() || id[at] != ']') return UserIdError{UserIdRule::ipv6, at};
        ++at;
    } else {
        at = skip(at, is_dns_char);
        if (at < id.size() && id[at] != ':') return UserIdError{UserIdRule::dns_name, at};
        if (at == begin) return UserIdError{UserIdRule::server, at};
    }

    if (at == id.size()) return std::nullopt;
    if (id[at] != ':') return UserIdError{UserIdRule::port, at};
    std::size_t const port = at + 1;
    at = skip(port, is_digit);
    if (at - port > 5) return UserIdError{UserIdRule::port, port + 5};
    if (at == port || at != id.size()) return UserIdError{UserIdRule::port, at};
    return std::nullopt;
}

/// What is wrong with `id`; nullopt if it is a Matrix user id.   Complexity: linear, at most 255 bytes.
[[nodiscard]] constexpr std::optional<UserIdError> find_user_id_error(std::string_view id) noexcept {
    if (!id.starts_with('@')) return UserIdError{UserIdRule::at_sign, 0};
    if (id.size() > 255) return UserIdError{UserIdRule::length, 255};

    std::size_t at = 1;
    while (at < id.size() && id[at] != ':') {
        if (id[at] == '\0') return UserIdError{UserIdRule::nul, at};
        std::size_t const length = utf8_prefix(id.substr(at));
        if (length == 0) return UserIdError{UserIdRule::utf8, at};
        at += length;
    }
    if (at == id.size()) return UserIdError{UserIdRule::colon, at};
    return find_server_name_error(id, at + 1);
}

} // namespace presence_router::inline v0::detail
