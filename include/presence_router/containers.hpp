// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/keys.hpp>

#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace presence_router::inline v0 {

/// The set that results hold their `T`s in: `std::set` if `T` has `<`, else `std::unordered_set`.
/// Specialise it to have another for a type of yours. Such a set is default constructible, takes `insert(T)`,
/// is an input range, and holds equal values once.
template <class T>
struct SetFor {
    static_assert(
        detail::Ordered<T> || detail::Hashable<T>,
        "presence_router: results are sets, so a user id and a presence state need operator<, or "
        "operator== and std::hash. Give the type one of them, or specialise presence_router::SetFor.");
};

template <detail::Ordered T>
struct SetFor<T> {
    using type = std::set<T>;
};

template <detail::Hashable T>
    requires(!detail::Ordered<T>)
struct SetFor<T> {
    using type = std::unordered_set<T>;
};

/// The map that results key by `Key`: `std::map` if `Key` has `<`, else `std::unordered_map`.
/// Specialise it to have another. Such a map is default constructible, takes `emplace(Key, Value)`, and is an
/// input range of pairs.
template <class Key, class Value>
struct MapFor {
    static_assert(
        detail::Ordered<Key> || detail::Hashable<Key>,
        "presence_router: results are maps, so a user id needs operator<, or operator== and std::hash. "
        "Give the type one of them, or specialise presence_router::MapFor.");
};

template <detail::Ordered Key, class Value>
struct MapFor<Key, Value> {
    using type = std::map<Key, Value>;
};

template <detail::Hashable Key, class Value>
    requires(!detail::Ordered<Key>)
struct MapFor<Key, Value> {
    using type = std::unordered_map<Key, Value>;
};

/// The set that results hold their `T`s in.
template <class T>
using set_for_t = typename SetFor<T>::type;

/// The map that results key by `Key`.
template <class Key, class Value>
using map_for_t = typename MapFor<Key, Value>::type;

} // namespace presence_router::inline v0
