// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/input_range.hpp>
#include <presence_router/detail/value_index.hpp>
#include <presence_router/subject_of.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// Only the last update of each user, in the order in which the users first came: what a batch is reduced to
/// before anything else is done with it. `updates = coalesce(std::move(updates))` uses the memory it has.
/// Complexity: linear on average for ids with a hash, else O(n log n); allocates an index of the users.
/// Source: Synapse's `_update_states`.
template <class State>
[[nodiscard]] constexpr std::vector<State> coalesce(std::vector<State> updates) {
    using Id = std::remove_cvref_t<decltype(::presence_router::subject_of(updates.front()))>;
    detail::ValueIndex<Id> places;
    auto const subject_at = [&](std::size_t place) -> decltype(auto) {
        return ::presence_router::subject_of(std::as_const(updates[place]));
    };
    std::size_t kept = 0;
    for (std::size_t next = 0; next < updates.size(); ++next) {
        std::uint32_t const known = places.find(subject_at(next), subject_at);
        std::size_t const place = known == places.none ? kept : known;
        if (place != next) updates[place] = std::move(updates[next]);
        if (known == places.none) places.insert(subject_at(place), static_cast<std::uint32_t>(kept++));
    }
    updates.erase(updates.begin() + static_cast<std::ptrdiff_t>(kept), updates.end());
    return updates;
}

/// The same of any input range of updates, which are copied.
template <detail::InputRange Updates>
[[nodiscard]] constexpr auto coalesce(Updates&& updates) {
    std::vector<std::remove_cvref_t<detail::reference_t<Updates>>> copies;
    for (auto&& update : updates) copies.push_back(std::forward<decltype(update)>(update));
    return ::presence_router::coalesce(std::move(copies));
}

} // namespace presence_router::inline v0
