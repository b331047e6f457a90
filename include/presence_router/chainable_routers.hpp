// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/chain_vocabulary.hpp>
#include <presence_router/detail/check_router.hpp>

#include <concepts>
#include <type_traits>

namespace presence_router::inline v0 {

/// The routers `Ms...` make a chain: for overloads and SFINAE. PresenceRouterChain itself takes any types and
/// refuses the wrong one with a sentence, which a constraint could not.
template <class... Ms>
concept ChainableRouters = ((std::is_object_v<Ms> && std::move_constructible<Ms> &&
                             detail::router_fault<detail::unwrapped_t<Ms>>() == detail::RouterFault::none) &&
                            ...) &&
                           ((detail::SpeaksUserId<Ms, detail::ChainVocabulary<Ms...>> &&
                             detail::SpeaksState<Ms, detail::ChainVocabulary<Ms...>>) &&
                            ...);

} // namespace presence_router::inline v0
