// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/check_erasable.hpp>
#include <presence_router/detail/erased_router.hpp>
#include <presence_router/detail/erased_sink.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/routes_nobody.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// A router whose type is not known before the program runs: holds any router of its vocabulary, and is one.
/// All six lanes are those of the router it holds, which still streams: neither its answers nor the sink are
/// gathered or copied. It holds by value what it is given, and refers to what is given by `std::ref`. There
/// is no empty one; one that was moved from routes nobody.
/// Complexity: as the router, and an indirect call for each question and for what is shown: for each route,
/// or, as from a RouteTable, for all of an update at once. Routers of up to three pointers that move without
/// throwing, as all do that are empty or a reference, are held in place; others are allocated once.
/// Throws: what the router throws.
/// Thread safety: as its router, when called through const.
template <class Id, class State>
class BasicAnyPresenceRouter {
    using Vocabulary = detail::Vocabulary<Id, State>;
    using Nobody = detail::RoutesNobody<Id, State>;

public:
    using user_id_type = Id;
    using state_type = State;

    /// Requires: `R`, without reference and const, is a router of this vocabulary, and can be moved.
    template <class R>
        requires(!std::same_as<std::remove_cvref_t<R>, BasicAnyPresenceRouter>)
    explicit BasicAnyPresenceRouter(R&& router) {
        using M = std::remove_cvref_t<R>;
        static_assert(detail::check_erasable<M, Vocabulary>());
        if constexpr (!detail::Erasable<M, Vocabulary> || detail::routes_nobody<detail::unwrapped_t<M>>)
            hold(Nobody{}); // an empty chain has no vocabulary to be asked in
        else hold(M(std::forward<R>(router)));
    }

    BasicAnyPresenceRouter(BasicAnyPresenceRouter&& other) noexcept { take(other); }
    BasicAnyPresenceRouter& operator=(BasicAnyPresenceRouter&& other) noexcept {
        BasicAnyPresenceRouter taken{std::move(other)}; // `other` may be held by the router that ends now
        operations_->destroy(router_);
        take(taken);
        return *this;
    }
    ~BasicAnyPresenceRouter() { operations_->destroy(router_); }

    [[nodiscard]] BasicUsersForStates<Id, State> get_users_for_states(Batch<State> batch) const {
        return operations_->get_users_for_states(router_, batch.states());
    }

    [[nodiscard]] BasicInterestedUsers<Id> get_interested_users(Id const& viewer) const {
        return operations_->get_interested_users(router_, viewer);
    }

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, Id, State> gate{sink};
        auto const& open = gate.sink();
        operations_->for_each_route(router_, batch.states(), detail::ErasedSink<Id, State>(open));
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, Id> gate{sink};
        auto const& open = gate.sink();
        return operations_->for_each_subject(router_, viewer, detail::ErasedSink<Id>(open));
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return operations_->states_for_user(router_, viewer, batch.states());
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const& subject) const {
        return operations_->sees(router_, viewer, subject);
    }

    /// As the router that it holds explains itself; see presence_router::explain.
    template <class Inquiry>
    bool explain_sees(Id const& viewer, Id const& subject, Inquiry& inquiry) const {
        return operations_->explain_sees(router_, viewer, subject, inquiry);
    }

    /// The `name` of the router it holds or refers to, as `explain` shows it; empty if that has none.
    [[nodiscard]] std::string name() const { return operations_->name(router_); }

private:
    template <class M>
    void hold(M&& router) {
        detail::ErasedRouter<M>::make(router_, std::move(router));
        operations_ = &detail::ErasedRouter<M>::operations;
    }

    void take(BasicAnyPresenceRouter& other) noexcept {
        operations_ = other.operations_;
        operations_->relocate(other.router_, router_);
        other.hold(Nobody{});
    }

    detail::RouterOperations<Id, State> const* operations_;
    detail::RouterBuffer router_;
};

/// The erased router of the Matrix vocabulary.
using AnyPresenceRouter = BasicAnyPresenceRouter<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
