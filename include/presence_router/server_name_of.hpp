// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>

namespace presence_router::inline v0 {

namespace detail {

void server_name_of() = delete; // hides the function object below, so that only ADL finds a user's overload

/// What a name is answered as: a text made for the call would dangle.
template <class Text>
concept BorrowedName =
    std::convertible_to<Text, std::optional<std::string_view>> &&
    (std::same_as<std::remove_cvref_t<Text>, std::optional<std::string_view>> ||
     std::ranges::borrowed_range<Text> || std::is_lvalue_reference_v<Text> || std::is_pointer_v<Text>);

template <class Text>
inline constexpr bool nothrow_name = std::is_nothrow_convertible_v<Text, std::string_view> ||
                                     std::is_nothrow_convertible_v<Text, std::optional<std::string_view>>;

/// A function that answers with what would dangle is refused, and not passed over.
template <class Id>
concept HasServerNameOf = requires(Id const& id) { server_name_of(id); };

template <class Id>
concept HasServerName = requires(Id const& id) {
    { id.server_name() } -> BorrowedName;
};

template <class Id>
concept OnServers =
    (HasServerNameOf<Id> && requires(Id const& id) {
        { server_name_of(id) } -> BorrowedName;
    }) || (!HasServerNameOf<Id> && (HasServerName<Id> || std::convertible_to<Id const&, std::string_view>));

struct server_name_of_fn {
    template <OnServers Id>
    [[nodiscard]] constexpr std::optional<std::string_view> operator()(Id const& id) const
        noexcept(nothrow<Id>) {
        if constexpr (HasServerNameOf<Id>) {
            return server_name_of(id);
        } else if constexpr (HasServerName<Id>) {
            return id.server_name();
        } else {
            std::string_view const text = id;
            auto const colon = text.find(':');
            if (colon == text.npos) return std::nullopt;
            return text.substr(colon + 1);
        }
    }

private:
    template <class Id>
    static constexpr bool nothrow = [] {
        if constexpr (HasServerNameOf<Id>)
            return requires(Id const& id) {
                { server_name_of(id) } noexcept;
                requires nothrow_name<decltype(server_name_of(id))>;
            };
        else if constexpr (HasServerName<Id>)
            return requires(Id const& id) {
                { id.server_name() } noexcept;
                requires nothrow_name<decltype(id.server_name())>;
            };
        else return std::is_nothrow_convertible_v<Id const&, std::string_view>;
    }();
};

} // namespace detail

/// The name of the server that the user `id` lives on, port included; nullopt for an id that names none. A
/// customisation point: a function `server_name_of(id)` found by argument-dependent lookup, else the member
/// `id.server_name()`, else, of an id that is a text, what follows its first ':'.
/// Lifetime: that of the text which `id` shows.
/// Source: Synapse's `get_domain_from_id`.
inline constexpr detail::server_name_of_fn server_name_of{};

} // namespace presence_router::inline v0
