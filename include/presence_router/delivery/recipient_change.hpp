// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

namespace presence_router::inline v0 {

/// What became of the recipients of one subject: who has to be sent a snapshot, and who saw it before and no
/// longer may. Each stands once, in an arbitrary order.
template <class To>
struct RecipientChange {
    std::vector<To> gained{};
    std::vector<To> lost{};
    /// Nobody knew who had been told before, so all are gained, and who is lost cannot be told: what others
    /// may still show has to be taken back by other means, or left.
    bool was_unknown = false;

    /// Whether there is nothing to do.
    [[nodiscard]] bool empty() const noexcept { return gained.empty() && lost.empty(); }

    friend bool operator==(RecipientChange const&, RecipientChange const&) = default;
};

} // namespace presence_router::inline v0
