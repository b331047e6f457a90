// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/async/async_adapted.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

template <class Self>
class RouterAdaptorClosure;

namespace detail {

template <class T>
concept AdaptorClosure =
    std::derived_from<std::remove_cvref_t<T>, RouterAdaptorClosure<std::remove_cvref_t<T>>>;

template <class First, class Second>
class ComposedClosure;

} // namespace detail

/// Base of what stands right of the bar in `router | closure`, in the manner of
/// `std::ranges::range_adaptor_closure`: `Self` derives from `RouterAdaptorClosure<Self>` and is called with
/// a router, by value, for the adapted one. `router | closure` is `closure(router)`; `closure | closure` is
/// the closure that does the one and then the other. A router that is an lvalue is copied;
/// `std::ref(router) | closure` refers to it.
template <class Self>
class RouterAdaptorClosure {
    template <class R, detail::AdaptorClosure Closure>
        requires std::same_as<std::remove_cvref_t<Closure>, Self> && (!detail::AdaptorClosure<R>)
    friend constexpr auto operator|(R&& router, Closure&& closure) {
        return std::forward<Closure>(closure)(std::remove_cvref_t<R>(std::forward<R>(router)));
    }

    template <detail::AdaptorClosure First, detail::AdaptorClosure Closure>
        requires std::same_as<std::remove_cvref_t<Closure>, Self>
    friend constexpr auto operator|(First&& first, Closure&& second) {
        return detail::ComposedClosure<std::remove_cvref_t<First>, std::remove_cvref_t<Closure>>{
            std::forward<First>(first), std::forward<Closure>(second)};
    }
};

namespace detail {

template <class First, class Second>
class ComposedClosure : public RouterAdaptorClosure<ComposedClosure<First, Second>> {
public:
    constexpr ComposedClosure(First first, Second second)
        : first_(std::move(first)), second_(std::move(second)) {}

    template <class R>
    constexpr auto operator()(R router) const& {
        return second_(first_(std::move(router)));
    }
    template <class R>
    constexpr auto operator()(R router) && {
        return std::move(second_)(std::move(first_)(std::move(router)));
    }

private:
    First first_;
    Second second_;
};

/// The closure that makes an `Adaptor<R, Argument>` of a router `R`, one that waits if `R` does.
template <template <class, class> class Adaptor, class Argument>
class ClosureWith : public RouterAdaptorClosure<ClosureWith<Adaptor, Argument>> {
public:
    constexpr explicit ClosureWith(Argument argument) : argument_(std::move(argument)) {}

    template <class R>
    constexpr adapted_t<Adaptor, R, Argument> operator()(R router) const& {
        return {std::move(router), argument_};
    }
    template <class R>
    constexpr adapted_t<Adaptor, R, Argument> operator()(R router) && {
        return {std::move(router), std::move(argument_)};
    }

private:
    Argument argument_;
};

} // namespace detail

} // namespace presence_router::inline v0
