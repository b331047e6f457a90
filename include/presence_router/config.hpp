// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <version>

// The one version of the library; both builds and the README are checked against it.
#define PRESENCE_ROUTER_VERSION_MAJOR 0
#define PRESENCE_ROUTER_VERSION_MINOR 1
#define PRESENCE_ROUTER_VERSION_PATCH 0

#if defined(__cpp_exceptions)
#    define PRESENCE_ROUTER_EXCEPTIONS 1
#else
#    define PRESENCE_ROUTER_EXCEPTIONS 0
#endif

#if defined(__cpp_lib_format)
#    define PRESENCE_ROUTER_FORMAT 1
#else
#    define PRESENCE_ROUTER_FORMAT 0
#endif

// What a chain does for each router. Clang would make it a call, and keep a sink's variables in memory for
// that, as soon as several routers of a chain have one type; GCC decides well alone.
#if defined(__clang__)
#    define PRESENCE_ROUTER_ALWAYS_INLINE __attribute__((always_inline))
#else
#    define PRESENCE_ROUTER_ALWAYS_INLINE
#endif

// MSVC ignores the standard spelling to keep its ABI.
#if defined(_MSC_VER)
#    define PRESENCE_ROUTER_NO_UNIQUE_ADDRESS [[msvc::no_unique_address]]
#else
#    define PRESENCE_ROUTER_NO_UNIQUE_ADDRESS [[no_unique_address]]
#endif
