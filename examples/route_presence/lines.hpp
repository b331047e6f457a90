// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>

namespace route_presence {

/// The lines of a stream, one at a time, in one buffer that never gets larger than `longest`.
class Lines {
public:
    static constexpr std::size_t longest = std::size_t{16} << 20; // an EDU of some 100,000 users

    explicit Lines(std::istream& in) : in_{in} {}

    /// Goes to the next line; false at the end, and when the stream cannot be read.
    bool next();

    std::string const& text() const { return text_; }
    bool is_too_long() const { return too_long_; } // `text` is then only its beginning
    std::uint64_t number() const { return number_; }
    std::uint64_t bytes() const { return bytes_; } // read so far

private:
    std::istream& in_;
    std::string text_;
    bool too_long_ = false;
    std::uint64_t number_ = 0;
    std::uint64_t bytes_ = 0;
};

} // namespace route_presence
