// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/check_relation.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/detail/stored.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_presence_state.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// The router of two functions, made by `from_relation(viewers_of, subjects_of)`. It streams what they
/// answer; `sees` looks `subject` up in `subjects_of(viewer)`, or, if those are all users, the viewer in
/// `viewers_of(subject)`. Functions without state take no room.
/// Complexity: one call of a function for each question, and linear in what it answers.
template <class State, class ViewersOf, class SubjectsOf>
class FromRelation : public RouterInterface<FromRelation<State, ViewersOf, SubjectsOf>>,
                     detail::Stored<0, ViewersOf>,
                     detail::Stored<1, SubjectsOf> {
    using Id = detail::subject_t<State>;

public:
    using user_id_type = Id;
    using state_type = State;
    static constexpr std::string_view name = "from_relation";

    FromRelation() = default;
    constexpr FromRelation(ViewersOf viewers, SubjectsOf subjects)
        : detail::Stored<0, ViewersOf>(std::move(viewers)),
          detail::Stored<1, SubjectsOf>(std::move(subjects)) {}

    template <class Sink>
    constexpr void for_each_route(Batch<State> batch, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto&& open = gate.sink();
        for (State const& update : batch.states()) {
            Id const& subject = presence_router::subject_of(update); // the range may refer to it
            for (auto&& viewer : viewers_of(subject))
                if (!open(static_cast<Id const&>(viewer), update)) return;
        }
    }

    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, Id> gate{sink};
        return detail::show_subjects<Id>(subjects_of(viewer), gate.sink());
    }

    [[nodiscard]] constexpr set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return detail::states_about(batch.states(),
                                    [&](Id const& subject) { return is_viewer(viewer, subject); });
    }

    [[nodiscard]] constexpr bool sees(Id const& viewer, Id const& subject) const {
        bool found = false;
        std::optional<AllUsers> const everybody =
            detail::show_subjects<Id>(subjects_of(viewer), [&](Id const& shown) {
                found = detail::same_key(shown, subject);
                return !found;
            });
        return everybody ? is_viewer(viewer, subject) : found;
    }

private:
    constexpr decltype(auto) viewers_of(Id const& subject) const {
        return detail::Stored<0, ViewersOf>::get()(subject);
    }
    constexpr decltype(auto) subjects_of(Id const& viewer) const {
        return detail::Stored<1, SubjectsOf>::get()(viewer);
    }

    constexpr bool is_viewer(Id const& user, Id const& subject) const {
        for (auto&& viewer : viewers_of(subject))
            if (detail::same_key(static_cast<Id const&>(viewer), user)) return true;
        return false;
    }
};

/// A router from two functions, each of which tells one side of one relation:
///   viewers_of(subject) const    who receives the subject's presence: an input range of ids
///   subjects_of(viewer) const    whose presence the viewer receives: an input range of ids, `all_users`,
///                                or a variant of these
/// The ids are those of `State`: `from_relation<Status>(f, g)` speaks `Status`.
/// Requires: the two agree: a viewer is among `viewers_of(s)` exactly if `s` is among `subjects_of` the
/// viewer, or those are all users. They are called through const, from every thread that asks the router. A
/// range that is not owned lives for the call.
template <class State = UserPresenceState, class ViewersOf, class SubjectsOf>
[[nodiscard]] constexpr auto from_relation(ViewersOf viewers_of, SubjectsOf subjects_of) {
    if constexpr (detail::check_relation<State, ViewersOf, SubjectsOf>())
        return FromRelation<State, ViewersOf, SubjectsOf>(std::move(viewers_of), std::move(subjects_of));
}

// Refused, with the reason: one side of a relation does not tell the other.
template <class State = UserPresenceState, class OneSide>
void from_relation(OneSide const&) {
    detail::refuse_one_side<State, OneSide>();
}

} // namespace presence_router::inline v0
