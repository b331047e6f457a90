// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace route_presence {

// What the program tells the shell; the help explains it.
inline constexpr int exit_good = 0;
inline constexpr int exit_skipped = 1;
inline constexpr int exit_no = 1;
inline constexpr int exit_failed = 2;

} // namespace route_presence
