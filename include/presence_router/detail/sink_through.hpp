// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

namespace presence_router::inline v0::detail {

struct AnyViewer {
    template <class Id>
    constexpr bool operator()(Id const&) const noexcept {
        return true;
    }
};

/// What an adaptor hands to the router below it: an open sink (see OpenSink) in front of the open sink
/// `Sink`, which `show(sink, shown...)` calls or does not, and that answers for it. Viewers without a state
/// go on to it if `passes(viewer)`.
template <class Sink, class Show, class Passes, class... Shown>
class SinkThrough {
public:
    using open_sink_tag = void;

    constexpr SinkThrough(Sink sink, Show show, Passes passes)
        : sink_(std::move(sink)), show_(std::move(show)), passes_(std::move(passes)) {}

    constexpr bool operator()(Shown const&... shown) const
        noexcept(noexcept(std::declval<Show const&>()(std::declval<Sink const&>(), shown...))) {
        return show_(sink_, shown...);
    }

    template <class Id>
    constexpr void without_state(Id const& viewer) const {
        if (passes_(viewer)) sink_.without_state(viewer);
    }

    [[nodiscard]] constexpr bool is_open() const noexcept { return sink_.is_open(); }

private:
    Sink sink_;
    Show show_;
    Passes passes_;
};

template <class... Shown, class Sink, class Show, class Passes = AnyViewer>
[[nodiscard]] constexpr SinkThrough<Sink, Show, Passes, Shown...> sink_through(Sink sink, Show show,
                                                                               Passes passes = {}) {
    return {std::move(sink), std::move(show), std::move(passes)};
}

} // namespace presence_router::inline v0::detail
