// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/detail/input_range.hpp>

#include <concepts>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

// What the two callbacks may answer, and the one place where it is read.
namespace presence_router::inline v0::detail {

template <class Range, class T>
concept RangeOf = InputRange<Range> && std::convertible_to<reference_t<Range>, T const&>;

template <class Answer, class Id>
inline constexpr bool is_pull_answer = RangeOf<Answer, Id>;
template <class Id>
inline constexpr bool is_pull_answer<AllUsers, Id> = true;
template <class... Alternatives, class Id>
inline constexpr bool is_pull_answer<std::variant<Alternatives...>, Id> =
    (is_pull_answer<Alternatives, Id> && ...);

/// `AllUsers`, an input range of ids, or a variant of such.
template <class Answer, class Id>
concept PullAnswer = is_pull_answer<std::remove_cvref_t<Answer>, Id>;

template <class Answer>
inline constexpr bool may_be_all_users = false;
template <>
inline constexpr bool may_be_all_users<AllUsers> = true;
template <class... Alternatives>
inline constexpr bool may_be_all_users<std::variant<Alternatives...>> =
    (may_be_all_users<Alternatives> || ...);

template <class Route>
concept PairLike = std::tuple_size<std::remove_cvref_t<Route>>::value == 2 && requires(Route&& route) {
    std::get<0>(route);
    std::get<1>(route);
};

template <class Route, class Id, class State>
concept RouteAnswer = PairLike<Route> && requires(Route&& route) {
    { std::get<0>(route) } -> std::convertible_to<Id const&>;
} && (requires(Route&& route) {
    { std::get<1>(route) } -> std::convertible_to<State const&>;
} || requires(Route&& route) {
    { std::get<1>(route) } -> RangeOf<State>;
});

/// An input range of pairs: a viewer, and a state or a range of states.
template <class Answer, class Id, class State>
concept PushAnswer = InputRange<Answer> && RouteAnswer<reference_t<Answer>, Id, State>;

/// Shows each user of a pull answer to `sink` until it answers `false`, and tells whether it is all users.
template <class Id, class Answer, class Sink>
constexpr std::optional<AllUsers> show_subjects(Answer&& answer, Sink const& sink) {
    using Bare = std::remove_cvref_t<Answer>;
    if constexpr (std::same_as<Bare, AllUsers>) {
        return all_users;
    } else if constexpr (RangeOf<Bare, Id>) {
        for (auto&& subject : answer)
            if (!sink(static_cast<Id const&>(subject))) break;
        return std::nullopt;
    } else {
        return std::visit([&](auto&& alternative) { return show_subjects<Id>(alternative, sink); }, answer);
    }
}

/// Shows each route of a push answer to `sink` until it answers `false`.
template <class Id, class State, class Answer, class Sink>
constexpr void show_routes(Answer&& answer, Sink const& sink) {
    for (auto&& route : answer) {
        Id const& viewer = std::get<0>(route);
        auto&& given = std::get<1>(route);
        if constexpr (std::convertible_to<decltype(given), State const&>) {
            if (!sink(viewer, given)) return;
        } else {
            bool any = false;
            for (auto&& state : given) {
                any = true;
                if (!sink(viewer, static_cast<State const&>(state))) return;
            }
            if (!any) sink.without_state(viewer);
        }
    }
}

} // namespace presence_router::inline v0::detail
