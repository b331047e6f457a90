// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>

namespace presence_router::inline v0::detail {

/// Whether there is something to call: what compares with `nullptr`, as std::function, may be null.
template <class F>
constexpr bool is_given(F const& callback) {
    if constexpr (std::constructible_from<F, std::nullptr_t> && requires { callback == nullptr; })
        return !(callback == nullptr);
    else return true;
}

/// A router of two functions, the callbacks.
template <class Id, class State, class Push, class Pull>
class CallbacksRouter {
public:
    using user_id_type = Id;
    using state_type = State;

    CallbacksRouter(Push push, Pull pull) : push_(std::move(push)), pull_(std::move(pull)) {}

    decltype(auto) get_users_for_states(std::span<State const> batch) const
        requires std::invocable<Push const&, std::span<State const>>
    {
        return std::invoke(push_, batch);
    }

    decltype(auto) get_interested_users(Id const& viewer) const
        requires std::invocable<Pull const&, Id const&>
    {
        return std::invoke(pull_, viewer);
    }

private:
    Push push_;
    Pull pull_;
};

} // namespace presence_router::inline v0::detail
