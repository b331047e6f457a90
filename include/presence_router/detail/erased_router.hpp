// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/detail/erased_sink.hpp>
#include <presence_router/detail/inquiry.hpp>
#include <presence_router/detail/name_of.hpp>
#include <presence_router/detail/unwrap.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/states_for_user.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

/// The room for a router that is held in place: enough for one that refers to another, guarded or filtered.
struct RouterBuffer {
    alignas(void*) std::byte bytes[3 * sizeof(void*)];
};

template <class M>
concept HeldInPlace = sizeof(M) <= sizeof(RouterBuffer) && alignof(M) <= alignof(RouterBuffer) &&
                      std::is_nothrow_move_constructible_v<M>;

/// What can be done with the router in a buffer, by functions in place of virtual ones: that takes no RTTI,
/// and no allocation for a router that fits.
template <class Id, class State>
struct RouterOperations {
    void (*relocate)(RouterBuffer& from, RouterBuffer& to) noexcept;
    void (*destroy)(RouterBuffer&) noexcept;
    BasicUsersForStates<Id, State> (*get_users_for_states)(RouterBuffer const&, std::span<State const>);
    BasicInterestedUsers<Id> (*get_interested_users)(RouterBuffer const&, Id const&);
    void (*for_each_route)(RouterBuffer const&, std::span<State const>, ErasedSink<Id, State> const&);
    std::optional<AllUsers> (*for_each_subject)(RouterBuffer const&, Id const&, ErasedSink<Id> const&);
    set_for_t<State> (*states_for_user)(RouterBuffer const&, Id const&, std::span<State const>);
    bool (*sees)(RouterBuffer const&, Id const&, Id const&);
    bool (*explain_sees)(RouterBuffer const&, Id const&, Id const&, Inquiry&);
    std::string (*name)(RouterBuffer const&);
};

/// The router `M` in a buffer: itself, or a pointer to it.
template <class M>
class ErasedRouter {
    using Id = user_id_t<M>;
    using State = state_t<M>;
    using Held = std::conditional_t<HeldInPlace<M>, M, std::unique_ptr<M>>;

    static Held* held(RouterBuffer& at) noexcept { return reinterpret_cast<Held*>(at.bytes); }
    static M const& router(RouterBuffer const& at) noexcept {
        Held const& held = *reinterpret_cast<Held const*>(at.bytes);
        if constexpr (HeldInPlace<M>) return held;
        else return *held;
    }

public:
    static void make(RouterBuffer& at, M&& router) {
        if constexpr (HeldInPlace<M>) std::construct_at(held(at), std::move(router));
        else std::construct_at(held(at), std::make_unique<M>(std::move(router)));
    }

    static constexpr RouterOperations<Id, State> operations{
        .relocate =
            [](RouterBuffer& from, RouterBuffer& to) noexcept {
                std::construct_at(held(to), std::move(*held(from)));
                std::destroy_at(held(from));
            },
        .destroy = [](RouterBuffer& at) noexcept { std::destroy_at(held(at)); },
        .get_users_for_states =
            [](RouterBuffer const& at, std::span<State const> batch) {
                return presence_router::get_users_for_states(router(at), batch);
            },
        .get_interested_users =
            [](RouterBuffer const& at, Id const& viewer) {
                return presence_router::get_interested_users(router(at), viewer);
            },
        .for_each_route =
            [](RouterBuffer const& at, std::span<State const> batch, ErasedSink<Id, State> const& sink) {
                presence_router::for_each_route(router(at), batch, sink);
            },
        .for_each_subject =
            [](RouterBuffer const& at, Id const& viewer, ErasedSink<Id> const& sink) {
                return presence_router::for_each_subject(router(at), viewer, sink);
            },
        .states_for_user =
            [](RouterBuffer const& at, Id const& viewer, std::span<State const> batch) {
                return presence_router::states_for_user(router(at), viewer, batch);
            },
        .sees = [](RouterBuffer const& at, Id const& viewer,
                   Id const& subject) { return presence_router::sees(router(at), viewer, subject); },
        .explain_sees = [](RouterBuffer const& at, Id const& viewer, Id const& subject,
                           Inquiry& inquiry) { return inquiry.pass_on(router(at), viewer, subject); },
        .name = [](RouterBuffer const& at) { return name_of(unwrap(router(at))); },
    };
};

} // namespace presence_router::inline v0::detail
