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
/// transaction was acknowledged, so no removal is lost with a transaction: the next message says it again. A
/// plain value.
///   if (!outbound.update(bob, viewers_of_bob, next_id()).empty() || bob_changed)
///       for (OutboundMessage const& message : outbound.take_messages(bob))
///           send(message, [message] { outbound.acknowledge(message); });
/// Have one message about a subject under way to a server: the next is made when it is acknowledged or given
/// up. (Of two, the server asks for the set, no more.)
/// If the state is lost all begin anew, and the other servers ask for the sets. They show nothing too much if
/// no stream id is given twice, and if those that were sent the subject before are named to `distrust`.
/// Complexity: linear in the recipients of the subject, and `n log n` in the servers that were sent it.
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
        if (!acknowledged_.known(subject)) acknowledged_.update(subject, std::vector<UserId>{});
        RecipientChange<UserId> change = current_.update(subject, remote);
        if (!change.empty()) stream.id = fresh;
        return change;
    }

    /// What to send with a presence of the subject, to each server that has to have it: those of recipients,
    /// and those that may still show somebody who was removed. They count as sent: what comes of them is in
    /// doubt until it is acknowledged. Nothing for a subject that is not known. Strong guarantee.
    [[nodiscard]] std::vector<OutboundMessage> take_messages(UserId const& subject) {
        std::vector<OutboundMessage> result;
        auto const place = streams_.find(subject);
        if (place == streams_.end()) return result;
        auto& [id, servers] = place->second;
        for (auto& [name, side] : sides(subject, servers)) {
            Server const& server = servers.try_emplace(name).first->second;
            std::size_t const acknowledged = side.current + side.delta.remove.size() - side.delta.add.size();
            if (side.current == 0 && acknowledged == 0 && !server.in_doubt()) continue; // it shows nobody
            RecipientUpdate update{.stream_id = id};
            if (server.acknowledged != id) {
                update.prev_id = server.acknowledged;
                update.recipients = std::move(side.delta);
            }
            result.push_back({subject, name, std::move(update)});
        }
        for (OutboundMessage const& message : result) servers.find(message.server)->second.sent = id;
        return result;
    }

    /// The transaction with this message was acknowledged. False, and no change, if the message does not
    /// follow what the server acknowledged last.
    bool acknowledge(OutboundMessage const& message) {
        auto const stream = streams_.find(message.subject);
        if (stream == streams_.end() || !message.update.stream_id) return false;
        auto const place = stream->second.servers.find(message.server);
        if (place == stream->second.servers.end()) return false;
        Server& server = place->second;
        RecipientUpdate const& update = message.update;
        if (!update.recipients) return server.acknowledged == update.stream_id;
        if (server.acknowledged != update.prev_id) return false;
        if (!acknowledged_.apply(message.subject, update.recipients->remove, update.recipients->add))
            return false;
        server.acknowledged = update.stream_id;
        return true;
    }

    /// The answer to `server`, which asks for the recipients on it; nullopt for 404, if it never had any. It
    /// counts as sent.
    [[nodiscard]] std::optional<RecipientSnapshot> answer_query(UserId const& subject,
                                                                std::string_view server) {
        auto const stream = streams_.find(subject);
        if (stream == streams_.end()) return std::nullopt;
        auto& [id, servers] = stream->second;
        RecipientSnapshot result{.stream_id = id};
        for (UserId const& recipient : current_.recipients(subject))
            if (recipient.server_name() == server) result.recipients.push_back(recipient);
        auto const place = servers.find(server);
        if (!result.recipients.empty())
            (place != servers.end() ? place : servers.try_emplace(std::string{server}).first)->second.sent =
                id;
        else if (place == servers.end() || !place->second.sent) return std::nullopt;
        return result;
    }

    /// What `server` knows of the subject is in doubt, as when the state was lost or the server's was: the
    /// next message tells it all, and be it that nobody there sees the subject. Strong guarantee.
    /// Requires: the subject is known by `update`; false if it is not.
    bool distrust(UserId const& subject, std::string_view server) {
        auto const stream = streams_.find(subject);
        if (stream == streams_.end()) return false;
        Server& known = stream->second.servers.try_emplace(std::string{server}).first->second;
        std::vector<UserId> there;
        for (UserId const& recipient : acknowledged_.recipients(subject))
            if (recipient.server_name() == server) there.push_back(recipient);
        static_cast<void>(acknowledged_.apply(subject, there, std::vector<UserId>{}));
        known = {.acknowledged = std::nullopt, .sent = stream->second.id};
        return true;
    }

    /// Drops all about the subject, as when the account ends. Before that, send that nobody sees it.
    void forget(UserId const& subject) {
        current_.forget(subject);
        acknowledged_.forget(subject);
        streams_.erase(subject);
    }

    /// Who sees the subject now, as a random access view. Lifetime: until this changes.
    [[nodiscard]] auto recipients(UserId const& subject) const { return current_.recipients(subject); }

    friend bool operator==(OutboundRecipients const&, OutboundRecipients const&) = default;

private:
    struct Server {
        std::optional<StreamId> acknowledged{};
        std::optional<StreamId> sent{}; // last
        bool in_doubt() const noexcept { return acknowledged != sent; }
        friend bool operator==(Server const&, Server const&) = default;
    };
    using Servers = std::map<std::string, Server, std::less<>>;

    struct Stream {
        StreamId id = 0;
        Servers servers{}; // that may know something

        bool had(StreamId fresh) const {
            return id == fresh || std::any_of(servers.begin(), servers.end(), [&](auto const& server) {
                       return server.second.acknowledged == fresh || server.second.sent == fresh;
                   });
        }
        friend bool operator==(Stream const&, Stream const&) = default;
    };

    /// A subject as one server has to see it.
    struct Side {
        std::size_t current = 0;
        RecipientDelta delta{}; // from what it acknowledged
    };

    static std::invalid_argument given_before(UserId const& subject, StreamId id) {
        return std::invalid_argument{"stream id " + std::to_string(id) + " was given before to a set of " +
                                     std::string{subject.str()} + "'s recipients"};
    }

    std::map<std::string, Side, std::less<>> sides(UserId const& subject, Servers const& servers) const {
        std::map<std::string, Side, std::less<>> result;
        for (auto const& [name, server] : servers) result.try_emplace(name);
        auto const side = [&](UserId const& user) -> Side& {
            auto const place = result.find(user.server_name());
            return place != result.end() ? place->second : result[std::string{user.server_name()}];
        };
        for (UserId const& recipient : current_.recipients(subject)) ++side(recipient).current;
        auto const change = acknowledged_.compare(subject, current_.recipients(subject));
        for (UserId const& recipient : change.gained) side(recipient).delta.add.push_back(recipient);
        for (UserId const& recipient : change.lost) side(recipient).delta.remove.push_back(recipient);
        return result;
    }

    std::string own_server_;
    RecipientTracker current_;
    RecipientTracker acknowledged_; // by all servers together; knows the subjects of streams_
    std::map<UserId, Stream> streams_;
};

} // namespace presence_router::inline v0::msc4495_2026_07_15
