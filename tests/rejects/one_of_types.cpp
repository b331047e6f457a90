// SPDX-License-Identifier: BSL-1.0
// expect: one_of\(a, b\) takes values of one type, or one range of them
#include <presence_router/predicates/one_of.hpp>
#include <presence_router/user_id.hpp>

using namespace presence_router;

auto const predicate = one_of("@alice:x"_user, 5);
