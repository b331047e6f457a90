// SPDX-License-Identifier: BSL-1.0
#include "progress.hpp"

#include <algorithm>
#include <iostream>
#include <string>

#include <unistd.h>

namespace route_presence {

namespace {

constexpr std::chrono::milliseconds period{100};

} // namespace

Progress::Progress(std::optional<std::uint64_t> size)
    : size_{size}, on_terminal_{isatty(STDERR_FILENO) == 1}, next_{Clock::now() + period} {}

void Progress::show(std::uint64_t lines, std::uint64_t bytes) {
    if (!on_terminal_ || Clock::now() < next_) return;
    std::string line = "routing ";
    if (size_) {
        constexpr std::size_t width = 30;
        // A file may grow while it is read, and be empty when it is asked for its size.
        std::uint64_t const size = (std::max)({*size_, bytes, std::uint64_t{1}});
        auto const done = static_cast<std::size_t>(bytes * width / size);
        line += '[' + std::string(done, '#') + std::string(width - done, '.') + "] " +
                std::to_string(bytes * 100 / size) + " %, ";
    }
    line += std::to_string(lines) + " lines";
    std::size_t const size = line.size();
    if (drawn_ > size) line.append(drawn_ - size, ' ');
    std::cerr << '\r' << line << std::flush;
    drawn_ = line.size();
    next_ = Clock::now() + period;
}

void Progress::erase() {
    if (drawn_ == 0) return;
    // Spaces and not an escape sequence: every terminal knows them.
    std::cerr << '\r' << std::string(drawn_, ' ') << '\r' << std::flush;
    drawn_ = 0;
    next_ = Clock::now() + period; // so that many problems in a row do not make it flicker
}

} // namespace route_presence
