// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/keys.hpp>

#include <map>
#include <type_traits>
#include <unordered_map>

namespace presence_router::inline v0::detail {

/// The map to look up values of `Key` in: by their hash, or by their order if they have none.
template <class Key, class Value>
using map_by_t =
    typename std::conditional_t<Hashable<Key>, std::type_identity<std::unordered_map<Key, Value>>,
                                std::type_identity<std::map<Key, Value>>>::type;

} // namespace presence_router::inline v0::detail
