// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/config.hpp>
#include <presence_router/detail/nothrow_subject.hpp>
#include <presence_router/detail/numbered_values.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/states_about.hpp>
#include <presence_router/relation.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// Explicit routes: this viewer receives the presence of that subject. Indexed from both sides, which cannot
/// disagree. All lanes are native; streaming and `sees` allocate nothing and throw nothing that the sink, the
/// hash and the equality of the ids do not.
/// Complexity: `add`, `remove` and `sees` are constant on average, whatever the number of a user's routes;
/// streaming is linear in what it shows. (With ids that have `<` and no hash each is logarithmic in the users
/// besides.)
/// Memory: some 10 to 30 bytes a route, and 140 a user.
/// Thread safety: as a container. To change it while it routes is a data race.
template <class Id, class State>
class BasicRouteTable : public RouterInterface<BasicRouteTable<Id, State>> {
    using Routes = Relation<Id, Id>; // from a viewer to a subject
    static constexpr bool nothrow_find = noexcept(
        std::declval<Routes const&>().contains(std::declval<Id const&>(), std::declval<Id const&>()));

public:
    using user_id_type = Id;
    using state_type = State;
    static constexpr std::string_view name = "RouteTable";

    /// Routes the presence of `subject` to `viewer`; false if it was routed already. Strong guarantee.
    bool add(Id const& viewer, Id const& subject) { return routes_.add(viewer, subject); }

    /// Takes the route away; false if there was none.
    bool remove(Id const& viewer, Id const& subject) noexcept(nothrow_find) {
        return routes_.remove(viewer, subject);
    }

    /// Takes away all routes to and from `user`, and tells how many there were. Complexity: linear in them.
    std::size_t erase(Id const& user) noexcept(nothrow_find) {
        std::size_t const as_viewer = routes_.erase_from(user);
        return as_viewer + routes_.erase_to(user);
    }

    /// How many routes there are.
    [[nodiscard]] std::size_t size() const noexcept { return routes_.size(); }
    [[nodiscard]] bool empty() const noexcept { return routes_.empty(); }

    template <class Sink>
    PRESENCE_ROUTER_ALWAYS_INLINE void for_each_route(Batch<State> batch, Sink&& sink) const
        noexcept(nothrow_find && detail::NothrowSubject<State, Id> &&
                 noexcept(sink(std::declval<Id const&>(), std::declval<State const&>()))) {
        detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto&& open = gate.sink();
        for (State const& update : batch.states())
            if (!detail::show_each(open, routes_.view_from(presence_router::subject_of(update)), update))
                return;
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const
        noexcept(nothrow_find && noexcept(sink(viewer))) {
        detail::Gate<std::remove_reference_t<Sink>, Id> gate{sink};
        routes_.for_each_to(viewer, gate.sink());
        return std::nullopt;
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return detail::states_about(batch.states(), [&](Id const& subject) { return sees(viewer, subject); });
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const& subject) const noexcept(nothrow_find) {
        return routes_.contains(viewer, subject);
    }

private:
    Routes routes_;
};

/// The route table of the Matrix vocabulary.
using RouteTable = BasicRouteTable<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
