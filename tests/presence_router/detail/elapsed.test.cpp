// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/elapsed.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <limits>

using presence_router::detail::elapsed;
using namespace std::chrono_literals;

TEST_CASE("elapsed is the difference, held within its type") {
    // Every pair of the smallest numbers there are, against arithmetic that cannot overflow.
    for (int from = -128; from < 128; ++from) {
        for (int to = -128; to < 128; ++to) {
            int const exact = to - from;
            int const held = exact < -128 ? -128 : exact > 127 ? 127 : exact;
            if (elapsed(static_cast<std::int8_t>(from), static_cast<std::int8_t>(to)) != held)
                FAIL(from << " to " << to);
        }
    }
    static_assert(elapsed(3U, 5U) == 2U && elapsed(5U, 3U) == 0U);
    static_assert(elapsed(1.5, 1.0) == -0.5);
    using Limits = std::numeric_limits<std::int64_t>;
    static_assert(elapsed((Limits::min)(), (Limits::max)()) == (Limits::max)());
    static_assert(elapsed((Limits::max)(), (Limits::min)()) == (Limits::min)());
    static_assert(elapsed((Limits::min)(), (Limits::min)()) == 0);
    using Time = std::chrono::sys_time<std::chrono::milliseconds>;
    static_assert(elapsed(Time{1s}, Time{3s}) == 2s);
    static_assert(elapsed(Time::max(), Time::min()) == std::chrono::milliseconds::min());
    CHECK(elapsed(Time{3s}, Time{1s}) == -2s);
}
