// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/config.hpp>

#if !PRESENCE_ROUTER_EXCEPTIONS
#    include <cstdio>
#    include <cstdlib>
#endif

namespace presence_router::inline v0::detail {

/// Throws `error`; in a program built without exceptions prints its `what()` and aborts.
template <class Error>
[[noreturn]] void raise(Error const& error) {
#if PRESENCE_ROUTER_EXCEPTIONS
    throw error;
#else
    std::fprintf(stderr, "presence_router: %s\n", error.what());
    std::abort();
#endif
}

} // namespace presence_router::inline v0::detail
