// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/containers.hpp>
#include <presence_router/detail/keys.hpp>

#include <cstddef>
#include <set>
#include <utility>

namespace presence_router::inline v0::detail {

/// True where `set_for_t<T>` is built in its own order, each value at its end.
template <class T>
inline constexpr bool built_in_order = Ordered<T> && std::same_as<set_for_t<T>, std::set<T>>;

/// Adds `value` to `set`. If the set is built in order: requires that it is greater than all in it; constant.
template <class T, class Value>
constexpr void append(set_for_t<T>& set, Value&& value) {
    if constexpr (built_in_order<T>) set.emplace_hint(set.end(), std::forward<Value>(value));
    else set.insert(std::forward<Value>(value));
}

} // namespace presence_router::inline v0::detail
