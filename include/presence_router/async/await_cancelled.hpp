// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <exception>

namespace presence_router::inline v0 {

/// Whether awaiting an `A` ended by the host's cancellation: `by(error)` tells it of the exception that came.
/// `guarded` lets such a one pass, since it is no failure of the router's. None is, unless the host
/// specialises this for its awaitables; one that cancels by destroying what waits need not. So a router that
/// cancels what it awaits, as for a time limit of its own, throws something else.
template <class A>
struct AwaitCancelled {
    static bool by(std::exception_ptr const&) noexcept { return false; }
};

} // namespace presence_router::inline v0
