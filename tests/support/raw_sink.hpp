// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

namespace support {

/// A sink that a router is handed as it is, and not behind one that keeps what comes after the answer `false`: so a
/// test sees whether the router heeds it.
template <class Show>
class RawSink {
public:
    using open_sink_tag = void;

    explicit RawSink(Show show) : show_(std::move(show)) {}

    template <class... Shown>
    bool operator()(Shown const&... shown) const {
        return open_ = show_(shown...);
    }
    template <class Id>
    void without_state(Id const&) const {}
    [[nodiscard]] bool is_open() const { return open_; }

private:
    Show show_;
    mutable bool open_ = true;
};

} // namespace support
