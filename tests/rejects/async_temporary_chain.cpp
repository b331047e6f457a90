// SPDX-License-Identifier: BSL-1.0
// expect: (use of|call to|invokes a) deleted
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/waiting.hpp"

using namespace presence_router;

auto ask() { return async_chain<support::Task>(support::WaitingEdge<1, 2>{}).get_interested_users(1); }
