// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/build_set.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/interested_users.hpp>

#include <algorithm>
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
            std::sort(subjects_.begin(), subjects_.end());
            subjects_.erase(std::unique(subjects_.begin(), subjects_.end(), [](Id const& a, Id const& b) { return same_key(a, b); }),
                            subjects_.end());
        }
        for (Id& subject : subjects_) append<Id>(result, std::move(subject));
        return result;
    }

private:
    std::vector<Id> subjects_;
};

} // namespace presence_router::inline v0::detail
