// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace route_presence {

/// A line on standard error that tells how far a long input is read. Drawn only on a terminal, only after a
/// moment, and gone when it is done.
class Progress {
public:
    /// Without `size`, in bytes, the end is not known, and lines are counted.
    explicit Progress(std::optional<std::uint64_t> size);
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;
    ~Progress() { erase(); }

    void show(std::uint64_t lines, std::uint64_t bytes);

    /// Makes room for other text on standard error; the next `show` draws the line again.
    void erase();

private:
    using Clock = std::chrono::steady_clock;

    std::optional<std::uint64_t> size_;
    bool on_terminal_;
    Clock::time_point next_;
    std::size_t drawn_ = 0; // characters to erase
};

} // namespace route_presence
