// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/hash_index.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace presence_router::inline v0::detail {

/// Distinct names in the order of their first coming, each with its place as number. To look one up makes no
/// string.
class ServerNames {
public:
    std::uint32_t assign(std::string_view name) {
        std::size_t const hash = std::hash<std::string_view>{}(name);
        std::uint32_t const known =
            index_.find(hash, [&](std::uint32_t number) { return names_[number] == name; });
        if (known != index_.none) return known;
        auto const number = static_cast<std::uint32_t>(names_.size());
        index_.reserve_one();
        names_.emplace_back(name);
        index_.insert(hash, number);
        return number;
    }

    std::string const& operator[](std::size_t number) const noexcept { return names_[number]; }
    std::size_t size() const noexcept { return names_.size(); }
    std::vector<std::string> take() && noexcept { return static_cast<std::vector<std::string>&&>(names_); }

private:
    std::vector<std::string> names_;
    HashIndex index_;
};

} // namespace presence_router::inline v0::detail
