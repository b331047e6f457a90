// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/adaptors/closure.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/nothrow_lanes.hpp>
#include <presence_router/detail/nothrow_subject.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/points_to.hpp>
#include <presence_router/detail/router_at.hpp>
#include <presence_router/detail/sink_through.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/state_about.hpp>
#include <presence_router/states_for_user.hpp>
#include <presence_router/subject_of.hpp>

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

namespace detail {

/// What a transformation may answer: a state, or what points to one or to nothing, such as a std::optional.
template <class Answer, class State>
concept Transformation = std::convertible_to<Answer, State const&> || PointsTo<Answer, State>;

template <class F, class R>
concept Transforms = requires(F const& f, user_id_t<R> const& viewer, state_t<R> const& state) {
    { f(viewer, state) } -> Transformation<state_t<R>>;
};

template <class Answer, class State>
concept NothrowTransformation = NothrowConvertibleTo<Answer, State const&> || requires(Answer&& answer) {
    { static_cast<bool>(answer) } noexcept;
    { *answer } noexcept -> NothrowConvertibleTo<State const&>;
};

template <class F, class R>
concept NothrowTransforms =
    Transforms<F, R> && requires(F const& f, user_id_t<R> const& viewer, state_t<R> const& state) {
        { f(viewer, state) } noexcept -> NothrowTransformation<state_t<R>>;
    };

/// Refuses at compile time what cannot transform the states of the router `R`.
template <class F, class R>
consteval bool check_transformation() {
    constexpr bool fits = routes_nobody<unwrapped_t<R>> || Transforms<F, R>;
    static_assert(fits,
                  "presence_router: transformed(f) calls f(user_id_type const& viewer, state_type const& "
                  "state) const, which answers the state that this viewer receives instead, or a "
                  "std::optional of it.");
    return true;
}

} // namespace detail

/// The router `R`, whose viewers receive what `F` makes of a state. Made by `router | transformed(f)`.
template <class R, class F>
class Transformed : public RouterInterface<Transformed<R, F>>, detail::RouterAt<0, R>, detail::Stored<1, F> {
    using Asked = detail::unwrapped_t<R>;
    static constexpr bool fits = detail::Transforms<F, R>;
    static_assert(detail::check_transformation<F, R>());

public:
    using user_id_type = user_id_t<R>;
    using state_type = state_t<R>;

    Transformed() = default;
    constexpr Transformed(R router, F f)
        : detail::RouterAt<0, R>(std::move(router)), detail::Stored<1, F>(std::move(f)) {}

    template <class Sink>
    constexpr void for_each_route(Batch<state_type> batch, Sink&& sink) const noexcept(nothrow_routes<Sink>) {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type, state_type> gate{sink};
        presence_router::for_each_route(
            router(), batch.states(),
            detail::sink_through<user_id_type, state_type>(
                gate.sink(), [&](auto const& open, user_id_type const& viewer,
                                 state_type const& state) noexcept(nothrow_routes<Sink>) {
                    bool goes_on = true;
                    transform(viewer, state, [&](state_type const& made) { goes_on = open(viewer, made); });
                    return goes_on;
                }));
    }

    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(user_id_type const& viewer, Sink&& sink) const
        noexcept(detail::NothrowPull<Asked> && std::is_nothrow_invocable_v<Sink&, user_id_type const&>) {
        return presence_router::for_each_subject(router(), viewer, sink);
    }

    [[nodiscard]] constexpr set_for_t<state_type> states_for_user(user_id_type const& viewer,
                                                                  Batch<state_type> batch) const {
        set_for_t<state_type> result;
        for (state_type const& state : presence_router::states_for_user(router(), viewer, batch.states()))
            transform(viewer, state, [&](state_type const& made) { result.insert(made); });
        return result;
    }

    [[nodiscard]] constexpr bool sees(user_id_type const& viewer, user_id_type const& subject) const
        noexcept(noexcept(presence_router::sees(std::declval<R const&>(), viewer, subject))) {
        return presence_router::sees(router(), viewer, subject);
    }

    template <class Inquiry>
    bool explain_sees(user_id_type const& viewer, user_id_type const& subject, Inquiry& inquiry) const {
        inquiry.is_adaptor("transformed");
        if constexpr (detail::Probeable<state_type, user_id_type>)
            inquiry.try_state([&] {
                bool kept = false;
                transform(viewer, presence_router::state_about<state_type>(subject),
                          [&](state_type const&) { kept = true; });
                return kept;
            });
        return inquiry.ask(router(), viewer, subject);
    }

private:
    template <class Sink>
    static constexpr bool nothrow_routes =
        detail::NothrowTransforms<F, R> && detail::NothrowSubject<state_type, user_id_type> &&
        detail::nothrow_same_key<user_id_type> && detail::NothrowPush<Asked> &&
        std::is_nothrow_invocable_v<Sink&, user_id_type const&, state_type const&>;

    /// Calls `take` with what `viewer` receives instead of `state`, if anything.
    template <class Take>
    constexpr void transform(user_id_type const& viewer, state_type const& state, Take const& take) const {
        if constexpr (fits) {
            auto const& f = detail::Stored<1, F>::get(); // named, as what it answers may refer to it
            auto&& answer = f(viewer, state);
            if constexpr (std::convertible_to<decltype(answer), state_type const&>)
                take_if_about_the_same(state, std::forward<decltype(answer)>(answer), take);
            else if (static_cast<bool>(answer)) take_if_about_the_same(state, *answer, take);
        }
    }

    // What is taken is what was looked at: an answer that is converted is so once.
    template <class Take>
    static constexpr void take_if_about_the_same(state_type const& state, state_type const& made,
                                                 Take const& take) {
        if (detail::same_key<user_id_type>(presence_router::subject_of(made),
                                           presence_router::subject_of(state)))
            take(made);
    }

    constexpr decltype(auto) router() const noexcept { return detail::RouterAt<0, R>::get(); }
};

namespace detail {

template <class R, class F>
inline constexpr bool routes_nobody<Transformed<R, F>> = routes_nobody<unwrapped_t<R>>;

} // namespace detail

/// `router | transformed(f)`: whom the router routes a state receives `f(viewer, state)` instead: a state, or
/// a std::optional of one, where nullopt means nothing at all. `sees` and the pull side are those of the
/// router, which know no states; so whoever is routed something sees the subject, and who sees the subject
/// may be routed nothing. What `f` makes of a state about one user and is about another is dropped: it would
/// be presence that `sees` denies.
/// Requires: `f` is called through const, from every thread that asks the router.
/// Throws: what `f` throws.
/// Lifetime: what `f` answers by reference lives for that call of the sink.
template <class F>
[[nodiscard]] constexpr auto transformed(F f) {
    return detail::ClosureWith<Transformed, F>(std::move(f));
}

} // namespace presence_router::inline v0
