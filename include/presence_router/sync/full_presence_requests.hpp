// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/map_by.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>

namespace presence_router::inline v0 {

/// Who is to be sent all presence anew, as after a grant that no change of presence goes with:
///   requests.request(users, store.current_token()); store.advance();   // and wake the users
///   presence_for(viewer, router, store, requests.since_for(viewer, since))
/// Each device of such a user is then answered in full once: at the first sync whose token is not later than
/// the request. It is not counted who was: a device that repeats its sync is answered the same again.
/// Requires: a Token has <. The store's token goes on after a request, else a device that syncs at it is
/// answered in full until it does.
/// Complexity: constant on average, or logarithmic for ids without a hash.
/// Memory: one entry for each user, however often requested, until they are forgotten.
/// Thread safety: as a container.
/// Source: Synapse's `send_local_online_presence_to` for local users; see local_presence_for for others.
template <class Id, class Token>
class BasicFullPresenceRequests {
public:
    /// Requests it for `users`, at the token that is current now. A request does not undo a later one.
    template <detail::RangeOf<Id> Users>
    void request(Users&& users, Token const& now) {
        for (auto&& user : users) {
            auto const [known, is_new] = requested_.try_emplace(static_cast<Id const&>(user), now);
            if (!is_new && known->second < now) known->second = now;
        }
    }
    void request(std::initializer_list<Id> users, Token const& now) {
        request<std::initializer_list<Id> const&>(users, now);
    }

    /// Whether a device of `user` that syncs since that token is to be answered in full.
    [[nodiscard]] bool is_due(Id const& user, Token const& since) const {
        auto const known = requested_.find(user);
        return known != requested_.end() && !(known->second < since);
    }

    /// What to ask presence_for: `since`, or nullopt, the whole, if that is due.
    [[nodiscard]] std::optional<Token> since_for(Id const& user, std::optional<Token> const& since) const {
        if (!since || is_due(user, *since)) return std::nullopt;
        return since;
    }

    /// Takes the request for `user` back; false if there was none.
    bool forget(Id const& user) { return requested_.erase(user) != 0; }

    /// For how many users there is a request.
    [[nodiscard]] std::size_t size() const noexcept { return requested_.size(); }
    [[nodiscard]] bool empty() const noexcept { return requested_.empty(); }

private:
    detail::map_by_t<Id, Token> requested_;
};

/// The requests of the Matrix vocabulary, with the tokens of a MemoryPresenceStore.
using FullPresenceRequests = BasicFullPresenceRequests<UserId, std::uint64_t>;

} // namespace presence_router::inline v0
