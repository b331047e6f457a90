// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

namespace presence_router::inline v0::detail {

template <class Result>
concept SinkResult = std::is_void_v<Result> || std::convertible_to<Result, bool>;

template <class Sink, class... Shown>
struct SinkAnswer {
    using type = void;
};
template <class Sink, class... Shown>
    requires std::is_invocable_v<Sink&, Shown const&...>
struct SinkAnswer<Sink, Shown...> : std::invoke_result<Sink&, Shown const&...> {};

/// What a router is handed in place of the caller's sink `Sink`: typed, answering `bool`, and free to copy,
/// since it only points. A sink that has answered `false` is not called again, whether the router heeds it or
/// not.
template <class Sink, class... Shown>
class OpenSink {
    using Result = typename SinkAnswer<Sink, Shown...>::type;
    static constexpr bool fits = std::is_invocable_v<Sink&, Shown const&...> && SinkResult<Result>;

public:
    using open_sink_tag = void;

    constexpr OpenSink(Sink& sink, bool& is_open) noexcept : sink_{&sink}, is_open_{&is_open} {}

    constexpr bool operator()(Shown const&... shown) const
        noexcept(std::is_nothrow_invocable_v<Sink&, Shown const&...>) {
        if constexpr (!fits) {
            return false; // refused by Gate, once
        } else if constexpr (std::is_void_v<Result>) {
            (*sink_)(shown...);
            return true;
        } else {
            if (!*is_open_) return false;
            *is_open_ = static_cast<bool>((*sink_)(shown...));
            return *is_open_;
        }
    }

    /// A viewer whom a router mapped to no state at all. Only the library's own collectors take note of it.
    template <class Id>
    constexpr void without_state(Id const& viewer) const {
        if constexpr (requires { sink_->without_state(viewer); })
            if (is_open()) sink_->without_state(viewer);
    }

    [[nodiscard]] constexpr bool is_open() const noexcept {
        if constexpr (std::is_void_v<Result>) return true; // a constant, so that a loop need not ask
        else return *is_open_;
    }

private:
    Sink* sink_;
    bool* is_open_;
};

/// Has for one call the sink that routers are handed: `gate.sink()`, in place of the caller's.
template <class Sink, class... Shown>
class Gate {
public:
    constexpr explicit Gate(Sink& sink) noexcept : sink_{sink} {
        static_assert(
            std::is_invocable_v<Sink&, Shown const&...>,
            "presence_router: a sink is called with a viewer and an update, as (user_id_type const&, "
            "state_type const&), or with a subject, as (user_id_type const&).");
        static_assert(SinkResult<typename SinkAnswer<Sink, Shown...>::type>,
                      "presence_router: a sink returns void, or bool where false stops.");
    }
    [[nodiscard]] constexpr OpenSink<Sink, Shown...> sink() noexcept { return {sink_, is_open_}; }

private:
    Sink& sink_;
    bool is_open_ = true;
};

/// A sink that already is such a one is passed on as it is.
template <class Sink, class... Shown>
    requires requires { typename Sink::open_sink_tag; }
class Gate<Sink, Shown...> {
public:
    constexpr explicit Gate(Sink& sink) noexcept : sink_{sink} {}
    [[nodiscard]] constexpr Sink& sink() noexcept { return sink_; }

private:
    Sink& sink_;
};

// These stand for the sinks that a router is going to be given when its members are checked.
template <class Id, class State>
struct AnyRouteSink {
    constexpr bool operator()(Id const&, State const&) const noexcept { return true; }
};

template <class Id>
struct AnySubjectSink {
    constexpr bool operator()(Id const&) const noexcept { return true; }
};

} // namespace presence_router::inline v0::detail
