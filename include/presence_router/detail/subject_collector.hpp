// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/build_set.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/sort_by_value.hpp>
#include <presence_router/interested_users.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// A sink that turns subjects into a set, built once and in its own order.
template <class Id>
class SubjectCollector {
public:
    void operator()(Id const& subject) { subjects_.push_back(subject); }

    /// Complexity: sorting the subjects.
    set_for_t<Id> result() && {
        set_for_t<Id> result;
        if constexpr (built_in_order<Id>) {
            std::vector<std::uint32_t> order(subjects_.size());
            std::iota(order.begin(), order.end(), std::uint32_t{0});
            sort_by_value<Id>(order, [this](std::uint32_t number) -> Id const& { return subjects_[number]; });
            auto const end =
                std::unique(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
                    return same_key(subjects_[a], subjects_[b]);
                });
            for (auto number = order.begin(); number != end; ++number)
                append<Id>(result, std::move(subjects_[*number]));
        } else {
            for (Id& subject : subjects_) append<Id>(result, std::move(subject));
        }
        return result;
    }

private:
    std::vector<Id> subjects_;
};

} // namespace presence_router::inline v0::detail
