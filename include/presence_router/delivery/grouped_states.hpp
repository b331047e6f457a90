// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/groups.hpp>
#include <presence_router/detail/number_grouper.hpp>
#include <presence_router/detail/numbered_list.hpp>
#include <presence_router/detail/numbered_states.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/place_iterator.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace presence_router::inline v0 {

/// States by whom or what they go to: for each user, room or server a list of states. A random access range
/// of entries, `for (auto const& [key, states] : grouped)`, each key once, in the order of their first
/// coming. 4 bytes a state in a list. A copy shares the states that it owns, and nothing that could change.
/// Lifetime: borrows the batch it was made of, and owns the states that routers made themselves. Entries and
/// lists are valid until it is destroyed or assigned to; moving it leaves them valid.
template <class Key, class State>
class GroupedStates {
    using States = detail::NumberedStates<State>;
    struct ConstStates {
        State const& operator[](std::uint32_t number) const noexcept { return (*states)[number]; }
        States const* states = nullptr;
    };

public:
    using key_type = Key;
    using state_type = State;

    /// A random access range of `State const&`.
    using List = detail::NumberedList<ConstStates>;

    struct Entry {
        Key const& key;
        List states;
    };

private:
    struct Entries {
        Entry operator[](std::size_t place) const noexcept { return (*grouped)[place]; }
        GroupedStates const* grouped = nullptr;
    };

public:
    using iterator = detail::PlaceIterator<Entries>;

    GroupedStates() = default;

    /// The keys, with those of `states` whose numbers they were given.
    GroupedStates(detail::NumberGrouper<Key>&& grouper, std::shared_ptr<States const> states)
        : groups_{grouper.groups()}, keys_{std::move(grouper).take_keys()}, states_{std::move(states)} {}

    [[nodiscard]] std::size_t size() const noexcept { return groups_.size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] iterator begin() const noexcept { return {Entries{this}, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {Entries{this}, size()}; }

    /// Requires: `place` is less than `size()`.
    [[nodiscard]] Entry operator[](std::size_t place) const noexcept {
        return {keys_.values()[place], {ConstStates{states_.get()}, groups_[place]}};
    }

    /// Complexity: constant on average for keys with a hash, else logarithmic.
    [[nodiscard]] bool contains(Key const& key) const { return keys_.find(key) != keys_.none; }

    /// The list of `key`, empty if it is not there. Complexity: as above.
    [[nodiscard]] List states_for(Key const& key) const {
        std::uint32_t const place = keys_.find(key);
        return place == keys_.none ? List{} : (*this)[place].states;
    }

    /// The length of all lists together.
    [[nodiscard]] std::size_t state_count() const noexcept { return groups_.number_count(); }

private:
    detail::Groups groups_;
    detail::Numbering<Key> keys_;
    std::shared_ptr<States const> states_;
};

} // namespace presence_router::inline v0
