// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_id.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace presence_router::inline v0::msc4495_2026_07_15 {

/// Names one set of recipients of one user; unique among all that the user ever had, and in no order.
using StreamId = std::uint64_t;

/// How the recipients on one server change: `recipients` of an update. `remove` is `delete` on the wire.
struct RecipientDelta {
    std::vector<UserId> add{};
    std::vector<UserId> remove{};

    friend bool operator==(RecipientDelta const&, RecipientDelta const&) = default;
};

/// What stands beside a user's presence in the EDU to one server: who on it may be shown the presence.
/// Source: MSC4495, as of 2026-07-15.
struct RecipientUpdate {
    std::optional<StreamId> stream_id{};
    std::optional<StreamId> prev_id{};
    std::optional<RecipientDelta> recipients{};

    friend bool operator==(RecipientUpdate const&, RecipientUpdate const&) = default;
};

/// The answer to a server that asks for all of a user's recipients on it.
struct RecipientSnapshot {
    StreamId stream_id = 0;
    std::vector<UserId> recipients{};

    friend bool operator==(RecipientSnapshot const&, RecipientSnapshot const&) = default;
};

} // namespace presence_router::inline v0::msc4495_2026_07_15
