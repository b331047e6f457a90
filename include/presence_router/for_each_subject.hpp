// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/all_users.hpp>
#include <presence_router/detail/answers.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/open_sink.hpp>
#include <presence_router/detail/router_members.hpp>

#include <optional>
#include <type_traits>

namespace presence_router::inline v0 {

namespace detail {

struct for_each_subject_fn {
    template <class R, class Sink>
    constexpr std::optional<AllUsers> operator()(R const& router, user_id_t<R> const& viewer,
                                                 Sink&& sink) const {
        using Asked = unwrapped_t<R>;
        static_assert(check_router<Asked>());
        if constexpr (asks_nobody<Asked>) {
            return std::nullopt;
        } else {
            Gate<std::remove_reference_t<Sink>, user_id_t<R>> gate{sink};
            if constexpr (HasForEachSubject<Asked>)
                return unwrap(router).for_each_subject(viewer, gate.sink());
            else return show_subjects<user_id_t<R>>(unwrap(router).get_interested_users(viewer), gate.sink());
        }
    }
};

} // namespace detail

/// Streams the users whose presence `viewer` receives: calls `sink(subject)` for each, which may stop by
/// answering `false`. The result tells if the answer is all users; subjects shown before it is known are part
/// of them. Uses the router's member of this name, else what its `get_interested_users` answers.
/// A subject may be shown twice.
/// Requires: `sink` returns void or bool.
/// Throws: what the router and the sink throw.
/// Complexity: as the router. Allocates nothing itself.
/// Lifetime: what is shown lives for that call of `sink`.
inline constexpr detail::for_each_subject_fn for_each_subject{};

} // namespace presence_router::inline v0
