// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/groups.hpp>
#include <presence_router/detail/numbered_list.hpp>
#include <presence_router/detail/place_iterator.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// The servers that updates go to: a random access range that has, for each update of a batch in its place, a
/// range of names. 4 bytes a name in a list.
/// Lifetime: lists are valid until it is destroyed or assigned to; moving it leaves them valid.
class UpdateServers {
    struct Lists {
        auto operator[](std::size_t update) const noexcept { return (*servers)[update]; }
        UpdateServers const* servers = nullptr;
    };

public:
    /// A random access range of `std::string const&`, each name once.
    using List = detail::NumberedList<std::span<std::string const>>;
    using iterator = detail::PlaceIterator<Lists>;

    UpdateServers() = default;
    /// For each update the numbers of its servers among `names`.
    UpdateServers(detail::Groups servers, std::vector<std::string> names) noexcept
        : servers_{std::move(servers)}, names_{std::move(names)} {}

    [[nodiscard]] std::size_t size() const noexcept { return servers_.size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] iterator begin() const noexcept { return {Lists{this}, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {Lists{this}, size()}; }

    /// Requires: `update` is less than `size()`.
    [[nodiscard]] List operator[](std::size_t update) const noexcept { return {names_, servers_[update]}; }

private:
    detail::Groups servers_;
    std::vector<std::string> names_;
};

} // namespace presence_router::inline v0
