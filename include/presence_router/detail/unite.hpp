// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

namespace presence_router::inline v0::detail {

/// Adds what is in `from` to the set `into`; one of the library's own is moved over without a copy.
template <class Set>
constexpr void unite(Set& into, Set&& from) {
    if constexpr (requires { into.merge(from); }) {
        if (into.empty()) into = std::move(from);
        else into.merge(from);
    } else {
        for (auto&& value : from) into.insert(std::forward<decltype(value)>(value));
    }
}

} // namespace presence_router::inline v0::detail
