// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <type_traits>

namespace presence_router::inline v0 {

/// The users who receive all presence, their own included.
/// Complexity: to ask for one viewer is constant on average; streaming is linear in what it shows.
template <class Id, class State>
class BasicBroadcast : public RouterInterface<BasicBroadcast<Id, State>> {
public:
    using user_id_type = Id;
    using state_type = State;
    static constexpr std::string_view name = "Broadcast";

    BasicBroadcast(std::initializer_list<Id> viewers) {
        for (Id const& viewer : viewers) viewers_.assign(viewer);
    }

    template <class Viewers>
        requires(!std::same_as<std::remove_cvref_t<Viewers>, BasicBroadcast>) && detail::RangeOf<Viewers, Id>
    explicit BasicBroadcast(Viewers&& viewers) {
        for (auto&& viewer : viewers) viewers_.assign(viewer);
    }

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const
        noexcept(noexcept(sink(std::declval<Id const&>(), std::declval<State const&>()))) {
        detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto&& open = gate.sink();
        for (State const& update : batch.states())
            for (Id const& viewer : viewers_.values())
                if (!open(viewer, update)) return;
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&&) const noexcept(nothrow_find) {
        return receives_all(viewer) ? std::optional{all_users} : std::nullopt;
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        set_for_t<State> result;
        if (receives_all(viewer))
            for (State const& update : batch.states()) result.insert(update);
        return result;
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const&) const noexcept(nothrow_find) {
        return receives_all(viewer);
    }

private:
    static constexpr bool nothrow_find = detail::ValueIndex<Id>::nothrow_find;

    bool receives_all(Id const& viewer) const noexcept(nothrow_find) {
        return viewers_.find(viewer) != detail::Numbering<Id>::none;
    }

    detail::Numbering<Id> viewers_;
};

/// The broadcast of the Matrix vocabulary.
using Broadcast = BasicBroadcast<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
