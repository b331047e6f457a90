// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/adaptors/closure.hpp>
#include <presence_router/adaptors/observation.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/config.hpp>
#include <presence_router/detail/awaited_router.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/router_at.hpp>
#include <presence_router/detail/sink_through.hpp>
#include <presence_router/detail/unwrap.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/states_for_user.hpp>

#include <chrono>
#include <concepts>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace presence_router::inline v0 {

namespace detail {

/// Refuses at compile time what cannot be told of a call.
template <class Observer>
consteval bool check_observer() {
    constexpr bool fits = std::invocable<Observer const&, Observation const&>;
    static_assert(
        fits, "presence_router: observed(observer) calls observer(Observation const&) as a const object.");
    return true;
}

} // namespace detail

/// The router `R`, each call of which is reported to `Observer`. Made by `router | observed(observer)`.
template <class R, class Observer>
class Observed : detail::RouterAt<0, R>, detail::Stored<1, Observer> {
    static_assert(detail::check_observer<Observer>());

public:
    using user_id_type = user_id_t<R>;
    using state_type = state_t<R>;

    Observed() = default;
    constexpr Observed(R router, Observer observer)
        : detail::RouterAt<0, R>(std::move(router)), detail::Stored<1, Observer>(std::move(observer)) {}

    [[nodiscard]] constexpr users_for_states_t<R> get_users_for_states(Batch<state_type> batch) const {
        return observe(Lane::canonical_push, [&](Call& call) {
            auto result = presence_router::get_users_for_states(router(), batch.states());
            for (auto const& [viewer, states] : result) call.report.shown += states.size();
            return result;
        });
    }

    [[nodiscard]] constexpr interested_users_t<R> get_interested_users(user_id_type const& viewer) const {
        return observe(Lane::canonical_pull, [&](Call& call) {
            auto result = presence_router::get_interested_users(router(), viewer);
            if (auto const* const users = std::get_if<0>(&result)) call.report.shown = users->size();
            else call.report.all_users = true;
            return result;
        });
    }

    template <class Sink>
    constexpr void for_each_route(Batch<state_type> batch, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type, state_type> gate{sink};
        observe(Lane::streaming_push, [&](Call& call) {
            presence_router::for_each_route(
                router(), batch.states(),
                detail::sink_through<user_id_type, state_type>(gate.sink(), Counting{&call}));
        });
    }

    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(user_id_type const& viewer, Sink&& sink) const {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type> gate{sink};
        return observe(Lane::streaming_pull, [&](Call& call) {
            auto const everybody = presence_router::for_each_subject(
                router(), viewer, detail::sink_through<user_id_type>(gate.sink(), Counting{&call}));
            call.report.all_users = everybody.has_value();
            return everybody;
        });
    }

    [[nodiscard]] constexpr set_for_t<state_type> states_for_user(user_id_type const& viewer,
                                                                  Batch<state_type> batch) const {
        return observe(Lane::pointwise_push, [&](Call& call) {
            auto result = presence_router::states_for_user(router(), viewer, batch.states());
            call.report.shown = result.size();
            return result;
        });
    }

    [[nodiscard]] constexpr bool sees(user_id_type const& viewer, user_id_type const& subject) const
        noexcept(noexcept(presence_router::sees(std::declval<R const&>(), viewer, subject)) &&
                 std::is_nothrow_invocable_v<Observer const&, Observation const&>) {
        return observe(Lane::pointwise_pull, [&](Call& call) {
            bool const granted = presence_router::sees(router(), viewer, subject);
            call.report.shown = granted ? 1 : 0;
            return granted;
        });
    }

    /// The observer is told nothing of it.
    template <class Inquiry>
    bool explain_sees(user_id_type const& viewer, user_id_type const& subject, Inquiry& inquiry) const {
        inquiry.is_adaptor("observed");
        return inquiry.ask(router(), viewer, subject);
    }

private:
    using Clock = std::chrono::steady_clock;

    struct Call {
        Observation report;
        bool in_sink = false; // what is thrown meanwhile is the caller's
    };

    struct Counting {
        Call* call;
        template <class Sink, class... Shown>
        constexpr bool operator()(Sink const& sink, Shown const&... shown) const {
            ++call->report.shown;
            call->in_sink = true;
            bool const goes_on = sink(shown...);
            call->in_sink = false;
            return goes_on;
        }
    };

    Clock::time_point asked_at() const {
        if constexpr (detail::is_awaited<detail::unwrapped_t<R>>)
            return detail::unwrap(router()).asked_at(); // it was awaited, and the wait counts
        else return Clock::now();
    }

    template <class Ask>
    constexpr auto observe(Lane lane, Ask const& ask) const {
        Call call{{.lane = lane}};
        if (std::is_constant_evaluated()) return ask(call); // there is neither clock nor observer
        auto const began = asked_at();
        auto const report = [&] {
            call.report.duration = Clock::now() - began;
            if constexpr (std::invocable<Observer const&, Observation const&>) // else refused above
                std::invoke(detail::Stored<1, Observer>::get(), std::as_const(call.report));
        };
#if PRESENCE_ROUTER_EXCEPTIONS
        auto const asked = [&] {
            try {
                return ask(call);
            } catch (...) {
                call.report.failed = !call.in_sink;
                report();
                throw;
            }
        };
#else
        auto const& asked = [&] { return ask(call); };
#endif
        if constexpr (std::is_void_v<decltype(asked())>) {
            asked();
            report();
        } else {
            auto result = asked();
            report();
            return result;
        }
    }

    constexpr decltype(auto) router() const noexcept { return detail::RouterAt<0, R>::get(); }
};

namespace detail {

template <class R, class Observer>
inline constexpr bool routes_nobody<Observed<R, Observer>> = routes_nobody<unwrapped_t<R>>;

} // namespace detail

/// `router | observed(observer)`: after each call of the router, `observer(Observation const&)` is told which
/// question it was, how many routes or subjects it showed, how long it took, and whether it failed; the
/// exception goes on. Place it below `guarded` to see the failures, and around each router of a chain to tell
/// them apart. A failure of the caller's sink is not the router's. In constant expressions nothing is
/// observed.
/// Requires: `observer` is called through const, from every thread that asks the router.
/// Throws: what the router and the observer throw.
/// Complexity: as the router, and two readings of the clock a call.
template <class Observer>
[[nodiscard]] constexpr auto observed(Observer observer) {
    return detail::ClosureWith<Observed, Observer>(std::move(observer));
}

} // namespace presence_router::inline v0
