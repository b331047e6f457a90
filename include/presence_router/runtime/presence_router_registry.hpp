// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/callbacks_router.hpp>
#include <presence_router/detail/published.hpp>
#include <presence_router/detail/raise.hpp>
#include <presence_router/detail/registered_routers.hpp>
#include <presence_router/runtime/any_presence_router.hpp>
#include <presence_router/runtime/registered_router.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// Routers that come and go while others ask: a router itself, and the union of those that are registered, in
/// the order of their registration, under the rules of PresenceRouterChain. Each call is answered by one list
/// of routers, whole: what is registered or removed meanwhile counts from the next call on. A chain or an
/// adaptor refers to a registry by `std::ref`.
///
/// Exceptions of routers reach the caller. Where one module must not cost the others theirs, register
/// `router | guarded(on_error)`.
/// Thread safety: all members may be called from any thread at any time, the changing ones too, and from the
/// routers and sinks of a call, but for `wait_for_readers`; the routers are called from many threads at once.
/// Who asks never waits, neither for a change nor for others who ask; changes wait for each other only.
/// Lifetime: a router that was removed may be in use by calls that began before. It is destroyed when it is
/// not, by a later change or by `wait_for_readers`, and never by who asks. A router's destructor may use the
/// registry, but not call `wait_for_readers`, and not when the registry itself is destroyed.
/// Complexity: a call costs two additions in a cache line of few threads, and one indirect call to each
/// router, beyond what the routers cost; it allocates nothing. A change copies the list.
/// Source of register_presence_router_callbacks: Synapse.
template <class Id, class State>
class BasicPresenceRouterRegistry {
    using Router = BasicAnyPresenceRouter<Id, State>;
    using Routers = detail::RegisteredRouters<Id, State>;
    using Entry = typename Routers::Entry;
    using Entries = std::vector<Entry>;

public:
    using user_id_type = Id;
    using state_type = State;

    BasicPresenceRouterRegistry() : routers_(std::make_unique<Routers const>()) {}
    BasicPresenceRouterRegistry(BasicPresenceRouterRegistry const&) = delete;
    BasicPresenceRouterRegistry& operator=(BasicPresenceRouterRegistry const&) = delete;
    /// Requires: no call is in progress.
    ~BasicPresenceRouterRegistry() = default;

    /// Adds a router at the end: anything that a BasicAnyPresenceRouter is made of, or one. Strong guarantee.
    template <class R>
    RegisteredRouter register_router(R&& router) {
        Entry added = entry(Router(std::forward<R>(router)));
        RegisteredRouter id{};
        change([&](Entries& entries) {
            added.id = id = next_id();
            entries.push_back(std::move(added)); // kept nowhere else: it may be removed at once
            return true;
        });
        return id;
    }

    /// Adds a router of the two callbacks get_users_for_states and get_interested_users, which answer as
    /// PresenceRouter says. One that is not given is `nullptr`, or a null std::function or pointer. With
    /// neither nothing is registered. Strong guarantee.
    /// Throws: std::invalid_argument, which names the missing one, if only one is given.
    template <class Push = std::nullptr_t, class Pull = std::nullptr_t>
    std::optional<RegisteredRouter> register_presence_router_callbacks(Push push = nullptr,
                                                                       Pull pull = nullptr) {
        bool const has_push = detail::is_given(push);
        bool const has_pull = detail::is_given(pull);
        if (has_push && !has_pull)
            detail::raise(std::invalid_argument{
                "presence_router: get_interested_users is missing: get_users_for_states alone would route "
                "presence that nobody may ask for. Register both callbacks, or neither."});
        if (has_pull && !has_push)
            detail::raise(std::invalid_argument{
                "presence_router: get_users_for_states is missing: get_interested_users alone would show "
                "presence that nobody is told of. Register both callbacks, or neither."});
        if constexpr (!std::is_null_pointer_v<Push> && !std::is_null_pointer_v<Pull>)
            if (has_push)
                return register_router(
                    detail::CallbacksRouter<Id, State, Push, Pull>{std::move(push), std::move(pull)});
        return std::nullopt;
    }

    /// Removes a router; false if it is not registered any more. Strong guarantee.
    bool remove(RegisteredRouter router) {
        return change([&](Entries& entries) {
            return std::erase_if(entries, [&](Entry const& one) { return one.id == router; }) > 0;
        });
    }

    /// Has these routers, in this order, in the place of all others, by one change. Answers what they are
    /// called by. Strong guarantee.
    std::vector<RegisteredRouter> replace_all(std::vector<Router> routers) {
        Entries replacement;
        for (Router& router : routers) replacement.push_back(entry(std::move(router)));
        std::vector<RegisteredRouter> ids(replacement.size());
        change([&](Entries& entries) {
            for (std::size_t at = 0; at < ids.size(); ++at) ids[at] = replacement[at].id = next_id();
            entries = std::move(replacement);
            return true;
        });
        return ids;
    }

    /// The same, for routers of any types. Without any the registry is empty then.
    template <class... Rs>
    std::vector<RegisteredRouter> replace_all(Rs&&... routers) {
        std::vector<Router> erased;
        erased.reserve(sizeof...(Rs));
        (erased.emplace_back(std::forward<Rs>(routers)), ...);
        return replace_all(std::move(erased));
    }

    /// Waits until the calls are done that began before, and what was removed before is destroyed, so that
    /// what it refers to is not used any more.
    /// Requires: no router, no sink of a call and no destructor of a router calls it; it would wait for
    /// itself.
    void wait_for_readers() { routers_.wait_for_readers(); }

    /// How many are registered.
    [[nodiscard]] std::size_t size() const {
        return routers_.read([](Routers const& routers) { return routers.entries().size(); });
    }

    /// Calls `visit(id, router)` for each, in order, with `RegisteredRouter` and `BasicAnyPresenceRouter
    /// const&`, all of one list. Lifetime: that of the call of `visit`.
    template <class Visit>
    void for_each_router(Visit const& visit) const {
        routers_.read([&](Routers const& routers) {
            for (Entry const& one : routers.entries()) visit(one.id, *one.router);
        });
    }

    [[nodiscard]] BasicUsersForStates<Id, State> get_users_for_states(Batch<State> batch) const {
        return routers_.read([&](Routers const& routers) { return routers.get_users_for_states(batch); });
    }

    [[nodiscard]] BasicInterestedUsers<Id> get_interested_users(Id const& viewer) const {
        return routers_.read([&](Routers const& routers) { return routers.get_interested_users(viewer); });
    }

    template <class Sink>
    void for_each_route(Batch<State> batch, Sink&& sink) const {
        routers_.read([&](Routers const& routers) { routers.for_each_route(batch, sink); });
    }

    template <class Sink>
    std::optional<AllUsers> for_each_subject(Id const& viewer, Sink&& sink) const {
        return routers_.read([&](Routers const& routers) { return routers.for_each_subject(viewer, sink); });
    }

    [[nodiscard]] set_for_t<State> states_for_user(Id const& viewer, Batch<State> batch) const {
        return routers_.read([&](Routers const& routers) { return routers.states_for_user(viewer, batch); });
    }

    [[nodiscard]] bool sees(Id const& viewer, Id const& subject) const {
        return routers_.read([&](Routers const& routers) { return routers.sees(viewer, subject); });
    }

    /// Asks each router, all of one list; see presence_router::explain.
    template <class Inquiry>
    bool explain_sees(Id const& viewer, Id const& subject, Inquiry& inquiry) const {
        inquiry.is_adaptor("registry");
        return routers_.read([&](Routers const& routers) {
            bool granted = false;
            std::size_t position = 0;
            for (Entry const& one : routers.entries())
                if (inquiry.ask(*one.router, viewer, subject, position++)) granted = true;
            return granted;
        });
    }

private:
    static Entry entry(Router&& router) {
        return {RegisteredRouter{}, std::make_shared<Router const>(std::move(router))};
    }

    RegisteredRouter next_id() noexcept { return RegisteredRouter{++last_id_}; }

    /// Publishes what `make(entries)` makes of a copy of the list, if it answers true, and tells that.
    template <class Make>
    bool change(Make const& make) {
        return routers_.replace([&](Routers const& routers) -> std::unique_ptr<Routers const> {
            // Allocated first: a router that `make` has moved in must not end here, under the lock.
            auto changed = std::make_unique<Routers>();
            Entries entries = routers.entries();
            if (!make(entries)) return nullptr;
            *changed = Routers(std::move(entries));
            return changed;
        });
    }

    detail::Published<Routers> routers_;
    std::uint64_t last_id_ = 0; // changes inside `change` only: one at a time
};

/// The registry of the Matrix vocabulary.
using PresenceRouterRegistry = BasicPresenceRouterRegistry<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
