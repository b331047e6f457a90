// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/privacy/msc4495/recipient_update.hpp>

#include <variant>

namespace presence_router::inline v0::msc4495_2026_07_15 {

/// No set of the user's recipients was ever sent, or the last presence came without one.
struct NoStream {
    friend bool operator==(NoStream, NoStream) = default;
};
/// There is a set, but which is not known: it holds nobody, and takes no delta.
struct UnknownStream {
    friend bool operator==(UnknownStream, UnknownStream) = default;
};
/// What a server knows of a remote user's recipients: no set, an unknown one, or that with this id.
using KnownStream = std::variant<NoStream, UnknownStream, StreamId>;

/// What a server does with a presence update from another.
enum class InboundAction : unsigned char {
    legacy, ///< the sender names no recipients: who shares a room is shown it, and the set is dropped
    show,   ///< the stored set is shown it
    init,   ///< the set becomes what is added, and is shown it
    apply,  ///< the delta is applied to the set, which is shown it
    resync, ///< nobody is shown it; the set becomes empty and unknown, and is asked for
};

/// The action for an update, given what is known before it.
/// Source: the table of MSC4495 as of 2026-07-15. What it does not define, a `prev_id` without recipients,
/// is a resync.
[[nodiscard]] constexpr InboundAction inbound_action(KnownStream const& known,
                                                     RecipientUpdate const& update) noexcept {
    using enum InboundAction;
    StreamId const* const id = std::get_if<StreamId>(&known);
    if (!update.stream_id) return legacy;
    if (!update.recipients) return !update.prev_id && id && *id == *update.stream_id ? show : resync;
    if (!update.prev_id) return std::holds_alternative<NoStream>(known) ? init : resync;
    return id && *id == *update.prev_id ? apply : resync;
}

} // namespace presence_router::inline v0::msc4495_2026_07_15
