// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/nothrow_subject.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/relation.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// Who has to list the other, so that a viewer receives the presence of a subject.
enum class ListedBy {
    subject, ///< the subject lists the viewer: who is listed may look
    viewer,  ///< the viewer lists the subject: who lists follows
    both,    ///< each lists the other
};

/// Contact lists (rosters, buddies) as an audience: `Contacts{rosters, ListedBy::both}`, where the pair
/// (user, contact) of `rosters` says that the user lists the contact. Users who list themselves are not
/// routed to themselves; see OwnPresence. Streaming and `sees` allocate nothing.
/// Complexity: `sees` is constant on average; streaming is linear in the contacts of those it is about, with
/// ListedBy::both in the fewer of those whom they list and of those who list them.
/// Lifetime: `rosters` outlives the router, and may change between calls.
template <class Id, class State>
class BasicContacts : public RouterInterface<BasicContacts<Id, State>> {
    using Rosters = Relation<Id, Id>;
    static constexpr bool nothrow_find =
        detail::nothrow_same_key<Id> && noexcept(std::declval<Rosters const&>().contains(
                                            std::declval<Id const&>(), std::declval<Id const&>()));

public:
    using user_id_type = Id;
    using state_type = State;
    static constexpr std::string_view name = "Contacts";

    BasicContacts(Relation<Id, Id> const& rosters, ListedBy listed_by) noexcept
        : rosters_{&rosters}, listed_by_{listed_by} {}
    BasicContacts(Relation<Id, Id> const&&, ListedBy) = delete; // a temporary would be gone

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const
        noexcept(nothrow_find && detail::NothrowSubject<State, Id> &&
                 noexcept(sink(std::declval<Id const&>(), std::declval<State const&>()))) {
        detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto&& open = gate.sink();
        for (State const& update : batch.states()) {
            Id const& subject = presence_router::subject_of(update);
            auto const show = [&](Id const& viewer) noexcept(noexcept(open(viewer, update))) {
                return open(viewer, update);
            };
            bool const goes_on = listed_by_ == ListedBy::subject  ? for_each_listed(subject, show)
                                 : listed_by_ == ListedBy::viewer ? for_each_listing(subject, show)
                                                                  : for_each_mutual(subject, show);
            if (!goes_on) return;
        }
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const
        noexcept(nothrow_find && noexcept(sink(viewer))) {
        detail::Gate<std::remove_reference_t<Sink>, Id> gate{sink};
        auto&& open = gate.sink();
        if (listed_by_ == ListedBy::subject) for_each_listing(viewer, open);
        else if (listed_by_ == ListedBy::viewer) for_each_listed(viewer, open);
        else for_each_mutual(viewer, open);
        return std::nullopt;
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return detail::states_about(batch.states(), [&](Id const& subject) { return sees(viewer, subject); });
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const& subject) const noexcept(nothrow_find) {
        return (listed_by_ == ListedBy::viewer || rosters_->contains(subject, viewer)) &&
               (listed_by_ == ListedBy::subject || rosters_->contains(viewer, subject)) &&
               !detail::same_key(viewer, subject);
    }

private:
    // Each shows other users to `sink` until it answers false, and tells whether it never did.
    template <class Sink>
    bool for_each_listed(Id const& user, Sink& sink) const {
        for (Id const& other : rosters_->view_to(user))
            if (!detail::same_key(other, user) && !sink(other)) return false;
        return true;
    }
    template <class Sink>
    bool for_each_listing(Id const& user, Sink& sink) const {
        for (Id const& other : rosters_->view_from(user))
            if (!detail::same_key(other, user) && !sink(other)) return false;
        return true;
    }
    template <class Sink>
    bool for_each_mutual(Id const& user, Sink& sink) const {
        if (rosters_->count_to(user) < rosters_->count_from(user)) {
            auto const if_listing = [&](Id const& other) {
                return !rosters_->contains(other, user) || sink(other);
            };
            return for_each_listed(user, if_listing);
        }
        auto const if_listed = [&](Id const& other) {
            return !rosters_->contains(user, other) || sink(other);
        };
        return for_each_listing(user, if_listed);
    }

    Rosters const* rosters_;
    ListedBy listed_by_;
};

/// Contact lists in the Matrix vocabulary.
using Contacts = BasicContacts<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
