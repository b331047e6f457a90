// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/nothrow_subject.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// All users receive their own presence. The ready-made default audiences route nobody to themselves: a
/// server that wants it, as Synapse does, says so with this router. Without state: a chain does not store it.
/// Complexity: constant for each update; to ask, one comparison of ids.
template <class Id, class State>
class BasicOwnPresence : public RouterInterface<BasicOwnPresence<Id, State>> {
public:
    using user_id_type = Id;
    using state_type = State;
    static constexpr std::string_view name = "OwnPresence";

    template <class Sink>
    constexpr void for_each_route(Batch<State> batch, Sink&& sink) const
        noexcept(detail::NothrowSubject<State, Id> &&
                 noexcept(sink(std::declval<Id const&>(), std::declval<State const&>()))) {
        detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto&& open = gate.sink();
        for (State const& update : batch.states())
            if (!open(presence_router::subject_of(update), update)) return;
    }

    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const
        noexcept(noexcept(sink(viewer))) {
        sink(viewer);
        return std::nullopt;
    }

    [[nodiscard]] constexpr set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return detail::states_about(batch.states(), [&](Id const& subject) { return sees(viewer, subject); });
    }

    [[nodiscard]] constexpr bool sees(Id const& viewer, Id const& subject) const
        noexcept(detail::nothrow_same_key<Id>) {
        return detail::same_key(viewer, subject);
    }
};

/// Own presence in the Matrix vocabulary.
using OwnPresence = BasicOwnPresence<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
