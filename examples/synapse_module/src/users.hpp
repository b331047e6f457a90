// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace synapse_module {

/// A user as the chain knows them. A text is looked up once, where it comes in from Python; what the chain
/// then compares, hashes and counts are numbers.
using User = std::uint32_t;

/// An update as the chain knows it: whose it is, and its place among those that Synapse asked about. The
/// state itself stays in Python.
struct Update {
    User user_id = 0;
    std::uint32_t place = 0;
    friend auto operator<=>(Update const&, Update const&) = default;
};

/// The users whom the configuration names, numbered from 0.
class Users {
public:
    /// Stands for everybody whom the configuration does not name: no rule tells them apart.
    static constexpr User stranger = UINT32_MAX;

    User assign(std::string_view name) {
        if (User const known = find(name); known != stranger) return known;
        auto const number = static_cast<User>(names_.size());
        numbers_.emplace(names_.emplace_back(name), number);
        return number;
    }

    User find(std::string_view name) const {
        auto const found = numbers_.find(name);
        return found == numbers_.end() ? stranger : found->second;
    }

    std::deque<std::string> const& names() const noexcept { return names_; }

private:
    std::deque<std::string> names_; // never moves what numbers_ refers to
    std::unordered_map<std::string_view, User> numbers_;
};

} // namespace synapse_module

template <>
struct std::hash<synapse_module::Update> {
    std::size_t operator()(synapse_module::Update const& update) const noexcept { return update.place; }
};
