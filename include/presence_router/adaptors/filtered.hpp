// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/adaptors/closure.hpp>
#include <presence_router/batch.hpp>
#include <presence_router/detail/build_set.hpp>
#include <presence_router/detail/filter_rule.hpp>
#include <presence_router/detail/nothrow_lanes.hpp>
#include <presence_router/detail/nothrow_subject.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/router_at.hpp>
#include <presence_router/detail/sink_through.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/router_interface.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/states_for_user.hpp>
#include <presence_router/subject_of.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

/// The routes of the router `R` that `Rule` allows; behind all six filters: `router | only_viewers(p)`,
/// `without_viewers`, `only_subjects`, `without_subjects`, `only_routes`, `without_routes`.
/// All lanes are those of `R`, and filtered: nothing is materialised that `R` did not, nothing is asked of
/// `R` about a viewer who is refused. To a viewer whom `R` answers with all users, a filter on viewers
/// answers that or nobody; the others leave it standing, and the push side and `sees` tell.
/// Ensures: what the predicate throws passes to the caller, and shows nothing that it was not asked about.
/// Complexity: as `R`, and one question to the predicate for each route or subject that `R` shows.
template <class R, class Rule>
class Filtered : public RouterInterface<Filtered<R, Rule>>, detail::RouterAt<0, R>, detail::Stored<1, Rule> {
    using Asked = detail::unwrapped_t<R>;
    static_assert(Rule::template check_predicate<R>());

public:
    using user_id_type = user_id_t<R>;
    using state_type = state_t<R>;

    Filtered() = default;
    constexpr Filtered(R router, Rule rule)
        : detail::RouterAt<0, R>(std::move(router)), detail::Stored<1, Rule>(std::move(rule)) {}

    template <class Sink>
    constexpr void for_each_route(Batch<state_type> batch, Sink&& sink) const noexcept(nothrow_routes<Sink>) {
        detail::Gate<std::remove_reference_t<Sink>, user_id_type, state_type> gate{sink};
        decltype(auto) allowing = rule();
        presence_router::for_each_route(
            router(), batch.states(),
            detail::sink_through<user_id_type, state_type>(
                gate.sink(),
                [&](auto const& open, user_id_type const& viewer,
                    state_type const& state) noexcept(nothrow_routes<Sink>) {
                    if (!allowing.allows(viewer, state)) return true;
                    return open(viewer, state);
                },
                [&](user_id_type const& viewer) { return allowing.allows_viewer(viewer); }));
    }

    template <class Sink>
    constexpr std::optional<AllUsers> for_each_subject(user_id_type const& viewer, Sink&& sink) const
        noexcept(nothrow_subjects<Sink>) {
        decltype(auto) allowing = rule();
        if (!allowing.allows_viewer(viewer)) return std::nullopt;
        if constexpr (Rule::of_viewer) {
            return presence_router::for_each_subject(router(), viewer, sink);
        } else {
            detail::Gate<std::remove_reference_t<Sink>, user_id_type> gate{sink};
            return presence_router::for_each_subject(
                router(), viewer,
                detail::sink_through<user_id_type>(
                    gate.sink(),
                    [&](auto const& open, user_id_type const& subject) noexcept(nothrow_subjects<Sink>) {
                        if (!allowing.allows_subject(viewer, subject)) return true;
                        return open(subject);
                    }));
        }
    }

    [[nodiscard]] constexpr set_for_t<state_type> states_for_user(user_id_type const& viewer,
                                                                  Batch<state_type> batch) const {
        if (!rule().allows_viewer(viewer)) return {};
        if constexpr (Rule::of_viewer) {
            return presence_router::states_for_user(router(), viewer, batch.states());
        } else {
            set_for_t<state_type> result;
            for (state_type const& state : presence_router::states_for_user(router(), viewer, batch.states()))
                if (rule().allows(viewer, state)) detail::append<state_type>(result, state);
            return result;
        }
    }

    [[nodiscard]] constexpr bool sees(user_id_type const& viewer, user_id_type const& subject) const
        noexcept(nothrow_rule && noexcept(presence_router::sees(std::declval<R const&>(), viewer, subject))) {
        return rule().allows_viewer(viewer) && rule().allows_subject(viewer, subject) &&
               presence_router::sees(router(), viewer, subject);
    }

    template <class Inquiry>
    bool explain_sees(user_id_type const& viewer, user_id_type const& subject, Inquiry& inquiry) const {
        decltype(auto) allowing = rule();
        inquiry.is_filter(Rule::filter, allowing.predicate());
        bool const allowed = allowing.allows_viewer(viewer) && allowing.allows_subject(viewer, subject);
        if (!allowed) inquiry.deny();
        return inquiry.ask(router(), viewer, subject) && allowed;
    }

private:
    static constexpr bool nothrow_rule = Rule::template nothrow<user_id_type>;

    template <class Sink>
    static constexpr bool nothrow_routes =
        nothrow_rule && detail::NothrowSubject<state_type, user_id_type> && detail::NothrowPush<Asked> &&
        std::is_nothrow_invocable_v<Sink&, user_id_type const&, state_type const&>;
    template <class Sink>
    static constexpr bool nothrow_subjects =
        nothrow_rule && detail::NothrowPull<Asked> && std::is_nothrow_invocable_v<Sink&, user_id_type const&>;

    constexpr decltype(auto) router() const noexcept { return detail::RouterAt<0, R>::get(); }
    constexpr decltype(auto) rule() const noexcept { return detail::Stored<1, Rule>::get(); }
};

namespace detail {

template <class R, class Rule>
inline constexpr bool routes_nobody<Filtered<R, Rule>> = routes_nobody<unwrapped_t<R>>;

} // namespace detail

} // namespace presence_router::inline v0
