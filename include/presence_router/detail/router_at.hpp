// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_async_router.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/stored.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace presence_router::inline v0::detail {

template <class M>
concept Storable = std::is_object_v<M> && !std::is_abstract_v<M> && std::move_constructible<M>;

/// Refuses at compile time what is no router, or one that waits where it must not, or cannot be held, with
/// the one sentence that tells what to do.
template <class M, bool may_wait = false>
consteval bool check_held() {
    static_assert(
        std::is_object_v<M>,
        "presence_router: a chain holds its routers by value; pass std::ref(router) to refer to one.");
    if constexpr (std::is_object_v<M>) {
        if constexpr (may_wait) check_async_router<unwrapped_t<M>>();
        else check_router<unwrapped_t<M>>();
        constexpr bool storable = Storable<M>; // not the concept, whose parts a compiler would list
        static_assert(storable,
                      "presence_router: this router cannot be moved into place; pass it by std::ref.");
    }
    return true;
}

struct Nothing {}; // is held in place of what was refused, which would add errors of its own

/// The router `M` at the position `At`, counted from 0, of a chain, or below an adaptor. Its name is what a
/// compiler prints around the sentence of a failed check, so it tells where to look.
template <std::size_t At, class M>
class RouterAt : public Stored<At, std::conditional_t<Storable<M>, M, Nothing>> {
    static_assert(check_held<M>());

public:
    using Stored<At, std::conditional_t<Storable<M>, M, Nothing>>::Stored;
};

} // namespace presence_router::inline v0::detail
