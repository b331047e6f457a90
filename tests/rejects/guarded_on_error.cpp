// SPDX-License-Identifier: BSL-1.0
// expect: guarded\(on_error\) calls on_error\(std::exception_ptr\) as a const object
// within: 30
#include <presence_router/presence_router.hpp>

#include "support/routers.hpp"

bool ask(support::Failing const& router) {
    return (router | presence_router::guarded([](int) {})).sees(1, 2);
}
