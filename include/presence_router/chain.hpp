// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/config.hpp>
#include <presence_router/detail/chain_vocabulary.hpp>
#include <presence_router/detail/collect.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/router_at.hpp>
#include <presence_router/detail/routers_in_order.hpp>
#include <presence_router/detail/unite.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/states_for_user.hpp>

#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

template <class M, class Id>
concept NothrowSees = routes_nobody<unwrapped_t<M>> || requires(M const& router, Id const& user) {
    { presence_router::sees(router, user, user) } noexcept;
};

} // namespace detail

/// Routers composed at compile time; itself a router, and the union of its routers. Each call asks them in
/// the order written, each at most once, by static dispatch. A router is held by value, or referred to by
/// `std::ref`; one that is empty and trivial takes no room. `PresenceRouterChain{chain}` copies; a chain
/// nests beside another router.
/// Requires: `Ms` are routers of one vocabulary (see ChainableRouters); empty chains fit every vocabulary.
/// Ensures: an exception of a router passes to the caller; the chain has no state to leave changed.
/// Thread safety: as its routers, when called through const.
/// Source: the merging rules are those of Synapse's PresenceRouter.
template <class... Ms>
class PresenceRouterChain {
    using Routers = detail::RoutersInOrder<std::index_sequence_for<Ms...>, Ms...>;
    using Vocabulary = detail::ChainVocabulary<Ms...>;

public:
    using user_id_type = typename Vocabulary::user_id_type;
    using state_type = typename Vocabulary::state_type;

    PresenceRouterChain() = default;
    constexpr explicit(sizeof...(Ms) == 1) PresenceRouterChain(Ms... routers)
        requires(sizeof...(Ms) > 0)
        : routers_(std::move(routers)...) {}

    /// Who receives which of these states: for each viewer the union of what every router routed to them. A
    /// viewer whom a router mapped to no state is in the result, with an empty set.
    /// Complexity: the routers', linear in their routes, and sorting of distinct viewers and states.
    [[nodiscard]] constexpr BasicUsersForStates<user_id_type, state_type>
    get_users_for_states(Batch<state_type> batch) const {
        return detail::collect_routes<user_id_type, state_type>(
            batch.states(), [&](auto const& sink) { for_each_route(batch.states(), sink); });
    }

    /// Whose presence `viewer` receives: the union of the routers' sets, or all users as soon as a router
    /// says so; the routers after it are then not asked.
    /// Complexity: the routers', and sorting of the subjects.
    [[nodiscard]] constexpr BasicInterestedUsers<user_id_type>
    get_interested_users(user_id_type const& viewer) const {
        return detail::collect_subjects<user_id_type>(
            [&](auto const& sink) { return for_each_subject(viewer, sink); });
    }

    /// The routes of all routers, one router after the other; see presence_router::for_each_route.
    template <class Sink>
    constexpr void for_each_route(Batch<state_type> batch, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type, state_type> gate{sink};
        // Captured by value: one reference more, and GCC keeps the sink's own variables in memory.
        routers_.all_of([states = batch.states(), open = gate.sink()](auto const& router)
                            PRESENCE_ROUTER_ALWAYS_INLINE {
                                presence_router::for_each_route(router, states, open);
                                return open.is_open();
                            });
    }

    /// The subjects of all routers up to the first that answers all users; see
    /// presence_router::for_each_subject.
    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(user_id_type const& viewer, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type> gate{sink};
        std::optional<AllUsers> everybody;
        routers_.all_of([&, open = gate.sink()](auto const& router) {
            everybody = presence_router::for_each_subject(router, viewer, open);
            return !everybody && open.is_open();
        });
        return everybody;
    }

    /// What `viewer` receives of these states, asking each router about this viewer only.
    [[nodiscard]] constexpr set_for_t<state_type> states_for_user(user_id_type const& viewer,
                                                                  Batch<state_type> batch) const {
        set_for_t<state_type> result;
        routers_.all_of([&](auto const& router) {
            detail::unite(result, presence_router::states_for_user(router, viewer, batch.states()));
            return true;
        });
        return result;
    }

    /// True if a router grants it; those after the first grant are not asked.
    [[nodiscard]] constexpr bool sees(user_id_type const& viewer, user_id_type const& subject) const
        noexcept((detail::NothrowSees<Ms, user_id_type> && ...)) {
        return !routers_.all_of(
            [&](auto const& router) { return !presence_router::sees(router, viewer, subject); });
    }

    /// Asks each router; see presence_router::explain.
    template <class Inquiry>
    bool explain_sees(user_id_type const& viewer, user_id_type const& subject, Inquiry& inquiry) const {
        inquiry.is_adaptor("chain");
        bool granted = false;
        auto const ask = [&](auto const& router, std::size_t at) {
            if (inquiry.ask(router, viewer, subject, at)) granted = true;
        };
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            (ask(static_cast<detail::RouterAt<At, Ms> const&>(routers_).get(), At), ...);
        }(std::index_sequence_for<Ms...>());
        return granted;
    }

    /// The router at the position `At`, counted from 0. A router that is not stored is given by value.
    template <std::size_t At>
        requires(At < sizeof...(Ms))
    friend constexpr decltype(auto) get(PresenceRouterChain const& chain) noexcept {
        using M = std::tuple_element_t<At, std::tuple<Ms...>>;
        return static_cast<detail::RouterAt<At, M> const&>(chain.routers_).get();
    }

private:
    PRESENCE_ROUTER_NO_UNIQUE_ADDRESS Routers routers_;
};

template <class... Ms>
PresenceRouterChain(Ms...) -> PresenceRouterChain<Ms...>;

namespace detail {

template <class... Ms>
inline constexpr bool routes_nobody<PresenceRouterChain<Ms...>> = (routes_nobody<unwrapped_t<Ms>> && ...);

} // namespace detail

} // namespace presence_router::inline v0
