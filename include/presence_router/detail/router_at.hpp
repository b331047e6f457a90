// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/stored.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace presence_router::inline v0::detail {

/// The router `M` at the position `At`, counted from 0, of a chain, or below an adaptor. Its name is what a
/// compiler prints around the sentence of a failed check, so it tells where to look.
template <std::size_t At, class M>
class RouterAt : public Stored<At, M> {
    static_assert(
        std::is_object_v<M>,
        "presence_router: a chain holds its routers by value; pass std::ref(router) to refer to one.");
    static_assert(check_router<unwrapped_t<M>>());
    static_assert(std::move_constructible<M>,
                  "presence_router: this router cannot be moved into place; pass it by std::ref.");

public:
    using Stored<At, M>::Stored;
};

} // namespace presence_router::inline v0::detail
