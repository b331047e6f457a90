// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Numbers in groups, which are numbered as well: group 0 has the first of the numbers, and so on.
class Groups {
public:
    using Numbers = std::span<std::uint32_t const>;

    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    [[nodiscard]] std::size_t number_count() const noexcept { return numbers_.size(); }

    [[nodiscard]] Numbers operator[](std::size_t group) const noexcept {
        std::uint32_t const begin = group == 0 ? 0 : ends_[group - 1];
        return Numbers{numbers_}.subspan(begin, ends_[group] - begin);
    }

    /// Adds a number to the group that is being written, the one after the last.
    void add(std::uint32_t number) { numbers_.push_back(number); }
    void end_group() { ends_.push_back(static_cast<std::uint32_t>(numbers_.size())); }

    /// Of pairs of a group and a number, each below `count`; the numbers of a group stay in their order.
    [[nodiscard]] static Groups of(std::span<std::pair<std::uint32_t, std::uint32_t> const> pairs,
                                   std::size_t count) {
        Groups groups;
        groups.ends_.resize(count + 1); // where each group begins, one place further
        for (auto const& [group, number] : pairs) ++groups.ends_[group + 1];
        std::partial_sum(groups.ends_.begin(), groups.ends_.end(), groups.ends_.begin());
        groups.numbers_.resize(pairs.size());
        for (auto const& [group, number] : pairs) groups.numbers_[groups.ends_[group]++] = number;
        groups.ends_.pop_back(); // by now each begin has become an end
        return groups;
    }

private:
    std::vector<std::uint32_t> ends_;
    std::vector<std::uint32_t> numbers_;
};

/// Calls `visit(group, numbers)` for each group, with its numbers in ascending order, each once.
template <class Visit>
void for_each_distinct(Groups const& groups, Visit const& visit) {
    std::vector<std::uint32_t> distinct;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        Groups::Numbers const numbers = groups[group];
        distinct.assign(numbers.begin(), numbers.end());
        std::sort(distinct.begin(), distinct.end());
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        visit(group, std::as_const(distinct));
    }
}

} // namespace presence_router::inline v0::detail
