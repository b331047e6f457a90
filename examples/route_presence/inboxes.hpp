// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/for_each_route.hpp>
#include <presence_router/router.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <cstdint>
#include <ostream>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace route_presence {

/// What every viewer received, in the order in which it came.
///
/// Filled by streaming, one update at a time. The canonical lane would give the same routes grouped by viewer
/// already, but for the whole input at once: as sets, which are sorted and so forget which update came last,
/// and with a node of some hundred bytes for each route, of which four are kept here.
class Inboxes {
public:
    /// Requires: the router routes updates as they are. (Rewritten ones would need a copy for each route.)
    template <presence_router::PresenceRouter Router>
    void deliver(Router const& router, presence_router::UserPresenceState update) {
        auto const number = static_cast<std::uint32_t>(updates_.size());
        bool anybody = false;
        presence_router::for_each_route(
            router, std::span{&update, 1},
            [&](presence_router::UserId const& viewer, presence_router::UserPresenceState const&) {
                // Two routers of a chain may show the same route; as the batch is one update, it is the last.
                std::vector<std::uint32_t>& inbox = received_[viewer];
                if (inbox.empty() || inbox.back() != number) inbox.push_back(number);
                anybody = true;
            });
        if (anybody) updates_.push_back(std::move(update));
    }

    /// One line for each viewer who received something, `{"viewer": ..., "events": [...]}`: the events as a
    /// client gets them at `now`. Stops when `out` fails.
    void write(std::ostream& out, presence_router::Timestamp now) const;

private:
    std::vector<presence_router::UserPresenceState> updates_; // those that anybody received
    std::unordered_map<presence_router::UserId, std::vector<std::uint32_t>> received_; // places in updates_
};

} // namespace route_presence
