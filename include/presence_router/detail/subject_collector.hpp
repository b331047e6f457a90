// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/build_set.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/sort_by_value.hpp>
#include <presence_router/interested_users.hpp>

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// A sink that turns subjects into a set, built once and in its own order. One who is shown again is not
/// copied again, and not sorted.
template <class Id>
class SubjectCollector {
public:
    void operator()(Id const& subject) { subjects_.assign(subject); }

    /// Complexity: sorting the distinct subjects.
    set_for_t<Id> result() && {
        std::vector<Id> subjects = std::move(subjects_).take();
        set_for_t<Id> result;
        if constexpr (built_in_order<Id>) {
            std::vector<std::uint32_t> order(subjects.size());
            std::iota(order.begin(), order.end(), std::uint32_t{0});
            sort_by_value<Id>(order, [&](std::uint32_t number) -> Id const& { return subjects[number]; });
            for (std::uint32_t const number : order) append<Id>(result, std::move(subjects[number]));
        } else {
            for (Id& subject : subjects) append<Id>(result, std::move(subject));
        }
        return result;
    }

private:
    Numbering<Id> subjects_;
};

} // namespace presence_router::inline v0::detail
