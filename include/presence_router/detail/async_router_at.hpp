// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/check_async_router.hpp>
#include <presence_router/detail/router_at.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

/// As Stored, but never made anew: what is awaited outlives the call that asks for it.
template <std::size_t At, class T>
class Kept {
public:
    Kept() = default;
    constexpr explicit Kept(T&& value) : value_(std::move(value)) {}
    constexpr T const& get() const noexcept { return value_; }

private:
    T value_;
};

template <std::size_t At, class M>
using HeldAt = std::conditional_t<!Storable<M>, Stored<At, Nothing>,
                                  std::conditional_t<Waits<unwrapped_t<M>>, Kept<At, M>, Stored<At, M>>>;

/// As RouterAt, for a router `M` that may wait.
template <std::size_t At, class M>
class AsyncRouterAt : public HeldAt<At, M> {
    using Base = HeldAt<At, M>;
    static_assert(check_held<M, true>());

public:
    using Base::Base;
};

} // namespace presence_router::inline v0::detail
