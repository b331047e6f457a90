// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/adaptors/closure.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/config.hpp>
#include <presence_router/detail/awaited_router.hpp>
#include <presence_router/detail/nothrow_lanes.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/route_buffer.hpp>
#include <presence_router/detail/router_at.hpp>
#include <presence_router/detail/unwrap.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/states_for_user.hpp>

#include <concepts>
#include <exception>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

namespace detail {

/// Refuses at compile time what cannot be told of an exception.
template <class OnError>
consteval bool check_on_error() {
    constexpr bool fits = std::invocable<OnError const&, std::exception_ptr>;
    static_assert(fits,
                  "presence_router: guarded(on_error) calls on_error(std::exception_ptr) as a const object.");
    return true;
}

} // namespace detail

/// The router `R`, contributing nothing to a call in which it throws. Made by `router | guarded(on_error)`.
/// Models: PresenceRouter; streaming buffers the answer of `R`, unless its members are noexcept.
template <class R, class OnError>
class Guarded : detail::RouterAt<0, R>, detail::Stored<1, OnError> {
    using Asked = detail::unwrapped_t<R>;
    static_assert(detail::check_on_error<OnError>());

public:
    using user_id_type = user_id_t<R>;
    using state_type = state_t<R>;

    Guarded() = default;
    constexpr Guarded(R router, OnError on_error)
        : detail::RouterAt<0, R>(std::move(router)), detail::Stored<1, OnError>(std::move(on_error)) {}

    [[nodiscard]] constexpr users_for_states_t<R> get_users_for_states(Batch<state_type> batch) const {
        users_for_states_t<R> result;
        attempt([&] { result = presence_router::get_users_for_states(router(), batch.states()); });
        return result;
    }

    [[nodiscard]] constexpr interested_users_t<R> get_interested_users(user_id_type const& viewer) const {
        interested_users_t<R> result;
        attempt([&] { result = presence_router::get_interested_users(router(), viewer); });
        return result;
    }

    template <class Sink>
    constexpr void for_each_route(Batch<state_type> batch, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type, state_type> gate{sink};
        if constexpr (detail::NothrowPush<Asked>) {
            presence_router::for_each_route(router(), batch.states(), gate.sink());
        } else {
            detail::RouteBuffer<user_id_type, state_type> buffer{batch.states()};
            // The caller's sink is out of reach of the handler: what it throws is not the router's.
            if (attempt([&] { presence_router::for_each_route(router(), batch.states(), buffer); }))
                buffer.replay(gate.sink());
        }
    }

    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(user_id_type const& viewer, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type> gate{sink};
        if constexpr (detail::NothrowPull<Asked>) {
            return presence_router::for_each_subject(router(), viewer, gate.sink());
        } else {
            std::vector<user_id_type> subjects;
            std::optional<AllUsers> everybody;
            if (!attempt([&] {
                    everybody = presence_router::for_each_subject(
                        router(), viewer, [&](user_id_type const& subject) { subjects.push_back(subject); });
                }))
                return std::nullopt;
            for (user_id_type const& subject : subjects)
                if (!gate.sink()(subject)) break;
            return everybody;
        }
    }

    [[nodiscard]] constexpr set_for_t<state_type> states_for_user(user_id_type const& viewer,
                                                                  Batch<state_type> batch) const {
        set_for_t<state_type> result;
        attempt([&] { result = presence_router::states_for_user(router(), viewer, batch.states()); });
        return result;
    }

    [[nodiscard]] constexpr bool sees(user_id_type const& viewer, user_id_type const& subject) const
        noexcept(noexcept(presence_router::sees(std::declval<R const&>(), viewer, subject))) {
        if constexpr (noexcept(presence_router::sees(std::declval<R const&>(), viewer, subject))) {
            return presence_router::sees(router(), viewer, subject);
        } else {
            bool granted = false;
            attempt([&] { granted = presence_router::sees(router(), viewer, subject); });
            return granted;
        }
    }

    template <class Inquiry>
    bool explain_sees(user_id_type const& viewer, user_id_type const& subject, Inquiry& inquiry) const {
        inquiry.is_adaptor("guarded");
        bool granted = false;
        if (!attempt([&] { granted = inquiry.ask(router(), viewer, subject); })) inquiry.swallow();
        return granted;
    }

private:
    constexpr decltype(auto) router() const noexcept { return detail::RouterAt<0, R>::get(); }

    /// Whether `ask()` ran to its end.
    template <class Ask>
    constexpr bool attempt(Ask const& ask) const {
#if PRESENCE_ROUTER_EXCEPTIONS
        try {
            ask();
            return true;
        } catch (...) {
            if constexpr (detail::is_awaited<Asked>)
                if (detail::unwrap(router()).is_cancelled()) throw;
            if constexpr (std::invocable<OnError const&, std::exception_ptr>) // else refused above
                std::invoke(detail::Stored<1, OnError>::get(), std::current_exception());
            return false;
        }
#else
        ask();
        return true;
#endif
    }
};

namespace detail {

template <class R, class OnError>
inline constexpr bool routes_nobody<Guarded<R, OnError>> = routes_nobody<unwrapped_t<R>>;

} // namespace detail

/// `router | guarded(on_error)`: Synapse's isolation of failing modules. When the router throws, `on_error`
/// is called with the exception inside the handler, and the router contributes nothing to that call, on any
/// lane: no half of its routes, no grant. What the caller's sink throws is the caller's. In a program built
/// without exceptions the router is left as it is. When the host cancels a router that waits, by an exception
/// that AwaitCancelled knows, this is no failure: it passes, and `on_error` is not called.
/// Requires: `on_error` is called through const, from every thread that asks the router.
/// Throws: what `on_error` throws, so it may rethrow; and a cancellation.
template <class OnError>
[[nodiscard]] constexpr auto guarded(OnError on_error) {
    return detail::ClosureWith<Guarded, OnError>(std::move(on_error));
}

} // namespace presence_router::inline v0
