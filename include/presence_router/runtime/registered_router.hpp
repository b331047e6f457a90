// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace presence_router::inline v0 {

/// What a BasicPresenceRouterRegistry calls a router by that is registered with it; it never calls another
/// so.
enum class RegisteredRouter : std::uint64_t {};

} // namespace presence_router::inline v0
