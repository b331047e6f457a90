// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/router_members.hpp>
#include <presence_router/detail/unwrap.hpp>

namespace presence_router::inline v0::detail {

/// Whether `R`, as in router_members.hpp, can be asked for the states of one viewer without routing for
/// everybody: it has the member, and so have the routers that it is made of.
template <class R>
inline constexpr bool targeted = HasStatesForUser<R>;

template <class Part>
inline constexpr bool targeted_part = true; // a predicate, say
template <class Part>
    requires Answers<unwrapped_t<Part>>
inline constexpr bool targeted_part<Part> = targeted<unwrapped_t<Part>>;

template <template <class...> class R, class... Parts>
inline constexpr bool targeted<R<Parts...>> = HasStatesForUser<R<Parts...>> && (targeted_part<Parts> && ...);
template <template <class...> class R, class... Parts>
inline constexpr bool targeted<R<Parts...> const> =
    HasStatesForUser<R<Parts...> const> && (targeted_part<Parts> && ...);

} // namespace presence_router::inline v0::detail
