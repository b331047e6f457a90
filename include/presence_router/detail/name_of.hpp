// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

template <class T>
concept HasName = requires(T& named) {
    { named.name } -> std::convertible_to<std::string_view>;
};

template <class T>
concept TellsName = requires(T& named) {
    { named.name() } -> std::convertible_to<std::string_view>;
};

/// What a router or a predicate is called: its member `name`, a text or a function that answers one. Without
/// such a member nothing.
template <class T>
std::string name_of(T& named) {
    if constexpr (HasName<T>) return std::string{std::string_view{named.name}};
    else if constexpr (TellsName<T>) return std::string{std::string_view{named.name()}};
    else return {};
}

} // namespace presence_router::inline v0::detail
