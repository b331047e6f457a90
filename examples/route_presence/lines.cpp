// SPDX-License-Identifier: BSL-1.0
#include "lines.hpp"

#include <algorithm>
#include <array>

namespace route_presence {

bool Lines::next() {
    text_.clear();
    too_long_ = false;
    std::array<char, 8192> piece;
    while (in_.good()) {
        in_.getline(piece.data(), piece.size());
        auto const read = static_cast<std::size_t>(in_.gcount());
        bytes_ += read;
        if (in_.bad() || (read == 0 && text_.empty() && !too_long_)) return false;

        // getline counts the newline that it took out, fails when the piece is full, and at the end takes out
        // none.
        bool const is_full = in_.fail() && !in_.eof();
        std::size_t const size = is_full || in_.eof() ? read : read - 1;
        too_long_ = too_long_ || size > longest - text_.size();
        if (!too_long_) text_.append(piece.data(), size);
        if (!is_full) {
            ++number_;
            return true;
        }
        in_.clear();
    }
    return false;
}

} // namespace route_presence
