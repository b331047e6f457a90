// SPDX-License-Identifier: BSL-1.0
// expect: one_of\(std::ref\(set\)\) refers to a set: it has value_type, and contains\(value\) const -> bool
#include <presence_router/predicates/one_of.hpp>
#include <presence_router/user_id.hpp>

#include <functional>
#include <vector>

int main() {
    std::vector<presence_router::UserId> users;
    presence_router::one_of(std::ref(users));
}
