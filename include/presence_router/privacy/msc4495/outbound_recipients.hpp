// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/recipient_change.hpp>
#include <presence_router/delivery/recipient_tracker.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/raise.hpp>
#include <presence_router/privacy/msc4495/recipient_update.hpp>
#include <presence_router/user_id.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0::msc4495_2026_07_15 {

/// What goes to one server with a presence of the subject.
struct OutboundMessage {
    UserId subject;
    std::string server;
    RecipientUpdate update{};

    friend bool operator==(OutboundMessage const&, OutboundMessage const&) = default;
};

/// What a server keeps of its own users' recipients on others: the set that each user has now, and for each
/// server what it has acknowledged of it. A message says what changed since; it counts only when its
/// transaction was acknowledged, so no removal is lost with a transaction: the next message says it again.
/// A plain value. If it is lost all begin anew, the other servers ask for the sets, and nobody is shown too
/// much, as long as no stream id is given twice.
///   if (!outbound.update(bob, viewers_of_bob, next_id()).empty() || bob_changed)
///       for (OutboundMessage const& message : outbound.messages(bob))
///           send(message, [message] { outbound.acknowledge(message); });
/// Send one message about a subject to a server at a time: the next is made when this one is acknowledged or
/// given up. (If two are under way the server asks for the set, no more.)
/// Complexity: linear in the recipients and servers of the subject.
/// Thread safety: as a container.
/// Source: MSC4495, as of 2026-07-15.
class OutboundRecipients {
public:
    /// `own_server` is where nothing is sent to: viewers there are shown what they see by itself.
    explicit OutboundRecipients(std::string own_server) : own_server_{std::move(own_server)} {}

    /// These see `subject` now; tells how the recipients on other servers change. If they do, or the subject
    /// is new here, the set gets the stream id `fresh`.
    /// Requires: the subject never had `fresh` before, not even before a state that was lost: take it from a
    /// database, or the clock. Throws: std::invalid_argument if it is seen to have had it.
    template <detail::RangeOf<UserId> Viewers>
    RecipientChange<UserId> update(UserId const& subject, Viewers&& viewers, StreamId fresh) {
        std::vector<UserId> remote;
        for (auto&& element : viewers) {
            UserId const& viewer = element;
            if (viewer.server_name() != own_server_) remote.push_back(viewer);
        }
        auto const [place, is_new] = streams_.try_emplace(subject, Stream{fresh, {}});
        Stream& stream = place->second;
        if (!is_new && stream.had(fresh)) detail::raise(given_before(subject, fresh));
        if (!confirmed_.known(subject)) confirmed_.update(subject, std::vector<UserId>{});
        RecipientChange<UserId> change = current_.update(subject, remote);
        if (!change.empty()) stream.id = fresh;
        return change;
    }

    /// What to send with the subject's presence, to each server that has to have it: those of the recipients,
    /// and those whose last recipient is to be removed. Nothing for a subject that is not known.
    [[nodiscard]] std::vector<OutboundMessage> messages(UserId const& subject) const {
        std::vector<OutboundMessage> result;
        auto const stream = streams_.find(subject);
        if (stream == streams_.end()) return result;
        for (auto& [server, side] : sides(subject, stream->second)) {
            std::size_t const acknowledged = side.current + side.delta.remove.size() - side.delta.add.size();
            if (side.current == 0 && acknowledged == 0) continue; // nobody there, and told so
            RecipientUpdate update{.stream_id = stream->second.id};
            if (side.confirmed != stream->second.id) {
                update.prev_id = side.confirmed;
                update.recipients = std::move(side.delta);
            }
            result.push_back({subject, std::string{server}, std::move(update)});
        }
        return result;
    }

    /// The transaction with this message was acknowledged. False, and no change, if it is not the one that
    /// follows what the server acknowledged last: then that counts on.
    bool acknowledge(OutboundMessage const& message) {
        auto const stream = streams_.find(message.subject);
        if (stream == streams_.end() || !message.update.stream_id) return false;
        RecipientUpdate const& update = message.update;
        Servers& servers = stream->second.confirmed;
        auto const place = servers.find(message.server);
        std::optional<StreamId> const confirmed =
            place == servers.end() ? std::nullopt : std::optional{place->second};
        if (!update.recipients) return confirmed == update.stream_id;
        if (confirmed != update.prev_id) return false;
        Servers entry; // made before anything changes
        if (!confirmed) entry.try_emplace(message.server, *update.stream_id);
        if (!confirmed_.apply(message.subject, update.recipients->remove, update.recipients->add))
            return false;
        if (confirmed) place->second = *update.stream_id;
        else servers.merge(entry);
        return true;
    }

    /// The answer to `server`, which asks for the recipients on it; nullopt for 404, if it never had any.
    [[nodiscard]] std::optional<RecipientSnapshot> snapshot(UserId const& subject,
                                                            std::string_view server) const {
        auto const stream = streams_.find(subject);
        if (stream == streams_.end()) return std::nullopt;
        RecipientSnapshot result{.stream_id = stream->second.id};
        for (UserId const& recipient : current_.recipients(subject))
            if (recipient.server_name() == server) result.recipients.push_back(recipient);
        if (result.recipients.empty() && !stream->second.confirmed.contains(server)) return std::nullopt;
        return result;
    }

    /// Drops all about the subject, as when the account ends. Before that, send that nobody sees it.
    void forget(UserId const& subject) {
        current_.forget(subject);
        confirmed_.forget(subject);
        streams_.erase(subject);
    }

    /// Who sees the subject now, as a random access view. Lifetime: until this changes.
    [[nodiscard]] auto recipients(UserId const& subject) const { return current_.recipients(subject); }

    friend bool operator==(OutboundRecipients const&, OutboundRecipients const&) = default;

private:
    using Servers = std::map<std::string, StreamId, std::less<>>;

    struct Stream {
        StreamId id = 0;
        Servers confirmed{}; // the id that each server acknowledged

        bool had(StreamId fresh) const {
            return id == fresh || std::any_of(confirmed.begin(), confirmed.end(),
                                              [&](auto const& server) { return server.second == fresh; });
        }
        friend bool operator==(Stream const&, Stream const&) = default;
    };

    /// A subject as one server has to see it.
    struct Side {
        std::optional<StreamId> confirmed{};
        std::size_t current = 0;
        RecipientDelta delta{}; // from what it acknowledged
    };

    static std::invalid_argument given_before(UserId const& subject, StreamId id) {
        return std::invalid_argument{"stream id " + std::to_string(id) + " was given before to a set of " +
                                     std::string{subject.str()} + "'s recipients"};
    }

    std::map<std::string_view, Side> sides(UserId const& subject, Stream const& stream) const {
        std::map<std::string_view, Side> result;
        for (auto const& [server, id] : stream.confirmed) result[server].confirmed = id;
        for (UserId const& recipient : current_.recipients(subject))
            ++result[recipient.server_name()].current;
        auto const change = confirmed_.compare(subject, current_.recipients(subject));
        for (UserId const& recipient : change.gained)
            result[recipient.server_name()].delta.add.push_back(recipient);
        for (UserId const& recipient : change.lost)
            result[recipient.server_name()].delta.remove.push_back(recipient);
        return result;
    }

    std::string own_server_;
    RecipientTracker current_;
    RecipientTracker confirmed_; // what all servers together acknowledged
    std::map<UserId, Stream> streams_;
};

} // namespace presence_router::inline v0::msc4495_2026_07_15
