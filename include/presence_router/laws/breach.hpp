// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace presence_router::inline v0 {

/// A law that a router breaks, told in one sentence that names the users and the states.
struct Breach {
    std::string sentence;

    friend bool operator==(Breach const&, Breach const&) = default;

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        Breach const& breach) {
        return out << std::basic_string_view<char, Traits>{breach.sentence.data(), breach.sentence.size()};
    }
};

} // namespace presence_router::inline v0
