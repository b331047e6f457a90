// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdio>

// For programs that are built without exceptions, and so without Catch2.
namespace support {

inline int failures = 0;

inline void expect(bool holds, char const* what) {
    if (holds) return;
    std::printf("wrong: %s\n", what);
    ++failures;
}

} // namespace support
