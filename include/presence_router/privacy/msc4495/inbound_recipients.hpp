// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/delivery/recipient_tracker.hpp>
#include <presence_router/privacy/msc4495/inbound_action.hpp>
#include <presence_router/privacy/msc4495/recipient_update.hpp>
#include <presence_router/user_id.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace presence_router::inline v0::msc4495_2026_07_15 {

/// What counts as known of a subject that was never heard of. After the state was lost that is an unknown
/// set: a first update that is delivered again would otherwise be taken for new.
enum class AtStart : unsigned char { nothing_was_heard, state_was_lost };

/// What a server keeps of remote users' recipients: whom of its own users it may show their presence. Nobody
/// is shown a presence whom its sender did not name as recipient of just that one; an update that was lost,
/// that comes twice or in another order makes the set empty and unknown, and then it is asked for. A plain
/// value.
///   switch (inbound.receive(subject, update)) {
///       legacy:              who shares a room with the subject is shown the presence
///       show, init, apply:   `inbound.recipients(subject)` are
///       resync:              nobody is; `if (inbound.start_query(subject))` send the query
///   }
/// That the update came from the subject's server is for the caller to check.
/// Complexity: linear in what it is given, and logarithmic in the subjects.
/// Thread safety: as a container.
/// Source: MSC4495, as of 2026-07-15.
class InboundRecipients {
public:
    /// Keeps recipients on `own_server` alone, whomever the sender names.
    explicit InboundRecipients(std::string own_server, AtStart at_start = AtStart::nothing_was_heard)
        : own_server_{std::move(own_server)}, at_start_{at_start} {}

    /// Takes what stands beside a presence of `subject`, and tells what to do with that presence.
    InboundAction receive(UserId const& subject, RecipientUpdate const& update) {
        KnownStream& known = known_.try_emplace(subject, unheard()).first->second;
        if (auto const query = queries_.find(subject); query != queries_.end())
            query->second.overtake(update.stream_id);
        InboundAction const action = inbound_action(known, update);
        switch (action) {
        case InboundAction::legacy:
            told_.forget(subject);
            known = NoStream{};
            break;
        case InboundAction::show:
            break;
        case InboundAction::init:
            told_.update(subject, own(update.recipients->add));
            known = *update.stream_id;
            break;
        case InboundAction::apply:
            if (told_.apply(subject, update.recipients->remove, own(update.recipients->add)))
                known = *update.stream_id;
            break;
        case InboundAction::resync:
            told_.forget(subject);
            known = UnknownStream{};
            break;
        }
        return action;
    }

    /// Whether a query for the subject's recipients has to be sent now: their set is unknown, and no query is
    /// under way. It then is, until `answer_query` or `fail_query`.
    [[nodiscard]] bool start_query(UserId const& subject) {
        return std::holds_alternative<UnknownStream>(known(subject)) && queries_.try_emplace(subject).second;
    }

    /// Takes the answer to the query, nullopt for 404: the sender has nobody here, and the set stays empty.
    /// False if an update has overtaken the answer, which may name who was removed since: query again.
    [[nodiscard]] bool answer_query(UserId const& subject, std::optional<RecipientSnapshot> const& answer) {
        auto const found = queries_.find(subject);
        if (found == queries_.end()) return true;
        Query const query = found->second;
        queries_.erase(found);
        if (!std::holds_alternative<UnknownStream>(known(subject))) return true; // the sender began anew
        if (!query.is_answered_by(answer)) return false;
        if (!answer) return true;
        KnownStream& known = known_.try_emplace(subject).first->second;
        told_.update(subject, own(answer->recipients));
        known = answer->stream_id;
        return true;
    }

    /// The query failed: the set stays empty and unknown, and `start_query` may begin another.
    void fail_query(UserId const& subject) { queries_.erase(subject); }

    [[nodiscard]] KnownStream known(UserId const& subject) const {
        auto const found = known_.find(subject);
        return found == known_.end() ? unheard() : found->second;
    }

    /// The own users who may be shown the subject's presence, on whatever way they ask, as a random access
    /// view. Where no set is known it is empty: after a legacy update the rooms decide. Lifetime: until this
    /// changes.
    [[nodiscard]] auto recipients(UserId const& subject) const { return told_.recipients(subject); }
    [[nodiscard]] bool shows(UserId const& viewer, UserId const& subject) const {
        return told_.is_told(viewer, subject);
    }

    friend bool operator==(InboundRecipients const&, InboundRecipients const&) = default;

private:
    /// One that is under way, and the updates that came since it began.
    struct Query {
        std::optional<StreamId> update{};
        bool updates_differ = false;

        void overtake(std::optional<StreamId> id) noexcept {
            updates_differ = updates_differ || (update && update != id);
            update = id;
        }
        bool is_answered_by(std::optional<RecipientSnapshot> const& answer) const noexcept {
            return !update || (!updates_differ && answer && answer->stream_id == *update);
        }
        friend bool operator==(Query const&, Query const&) = default;
    };

    KnownStream unheard() const noexcept {
        if (at_start_ == AtStart::state_was_lost) return UnknownStream{};
        return NoStream{};
    }

    std::vector<UserId> own(std::vector<UserId> const& users) const {
        std::vector<UserId> result;
        for (UserId const& user : users)
            if (user.server_name() == own_server_) result.push_back(user);
        return result;
    }

    std::string own_server_;
    AtStart at_start_;
    std::map<UserId, KnownStream> known_;
    RecipientTracker told_; // knows the subjects whose stream has an id
    std::map<UserId, Query> queries_;
};

} // namespace presence_router::inline v0::msc4495_2026_07_15
