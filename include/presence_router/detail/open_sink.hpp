// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

namespace presence_router::inline v0::detail {

template <class Result>
concept SinkResult = std::is_void_v<Result> || std::convertible_to<Result, bool>;

/// A caller's sink for the length of one call, and whether it still wants more.
template <class Sink>
struct SinkState {
    Sink& sink;
    bool open = true;
};

/// What a router is handed in place of the caller's sink `Sink`: typed, answering `bool`, and free to copy,
/// since it only points. A sink that has answered `false` is not called again, whether the router heeds it or
/// not.
template <class Sink, class... Shown>
class OpenSink {
    using Result = std::invoke_result_t<Sink&, Shown const&...>;
    static_assert(SinkResult<Result>, "presence_router: a sink returns void, or bool where false stops.");

public:
    constexpr explicit OpenSink(SinkState<Sink>& state) noexcept : state_{&state} {}

    constexpr bool operator()(Shown const&... shown) const
        noexcept(std::is_nothrow_invocable_v<Sink&, Shown const&...>) {
        if constexpr (std::is_void_v<Result>) {
            state_->sink(shown...);
            return true;
        } else {
            if (!state_->open) return false;
            state_->open = static_cast<bool>(state_->sink(shown...));
            return state_->open;
        }
    }

    /// A viewer whom a router mapped to no state at all. Only the library's own collectors take note of it.
    template <class Id>
    constexpr void without_state(Id const& viewer) const {
        if constexpr (requires { state_->sink.without_state(viewer); }) {
            if (open()) state_->sink.without_state(viewer);
        }
    }

    [[nodiscard]] constexpr bool open() const noexcept {
        if constexpr (std::is_void_v<Result>) return true;
        else return state_->open;
    }

private:
    SinkState<Sink>* state_;
};

template <class>
inline constexpr bool is_open_sink = false;
template <class Sink, class... Shown>
inline constexpr bool is_open_sink<OpenSink<Sink, Shown...>> = true;

/// Calls `ask` with `sink` as routers want it. A sink that already went through here is passed on as it is.
template <class... Shown, class Sink, class Ask>
constexpr decltype(auto) with_open_sink(Sink& sink, Ask&& ask) {
    if constexpr (is_open_sink<std::remove_const_t<Sink>>) {
        return ask(sink);
    } else {
        SinkState<Sink> state{sink};
        return ask(OpenSink<Sink, Shown...>{state});
    }
}

template <class Id, class State>
struct AnyRouteSink { // stands for the sinks that a router is going to be given when its members are checked
    constexpr bool operator()(Id const&, State const&) const noexcept { return true; }
};

template <class Id>
struct AnySubjectSink {
    constexpr bool operator()(Id const&) const noexcept { return true; }
};

} // namespace presence_router::inline v0::detail
