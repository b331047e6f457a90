// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>

namespace presence_router::inline v0::detail {

// A router is asked as a const object, one that changes while it answers through std::reference_wrapper.
template <class M>
constexpr M const& unwrap(M const& router) noexcept {
    return router;
}
template <class R>
constexpr R& unwrap(std::reference_wrapper<R> const& router) noexcept {
    return router;
}

template <class M>
struct Unwrapped {
    using type = M const;
};
template <class R>
struct Unwrapped<std::reference_wrapper<R>> {
    using type = R;
};

/// The type that the callbacks of `M` are called on.
template <class M>
using unwrapped_t = typename Unwrapped<M>::type;

} // namespace presence_router::inline v0::detail
