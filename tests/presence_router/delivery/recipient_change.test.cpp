// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/recipient_change.hpp>

#include "support/catch.hpp"

#include <concepts>
#include <string>

using namespace presence_router;

static_assert(std::regular<RecipientChange<int>>);

TEST_CASE("a change of recipients is empty if nobody came and nobody went") {
    CHECK(RecipientChange<int>{}.empty());
    CHECK(RecipientChange<int>{.was_unknown = true}.empty());
    CHECK_FALSE(RecipientChange<int>{.gained = {1}}.empty());
    CHECK_FALSE(RecipientChange<int>{.lost = {1}}.empty());
}

TEST_CASE("changes of recipients are compared in all that they say") {
    RecipientChange<std::string> const change{{"a"}, {"b"}, false};
    CHECK(change == RecipientChange<std::string>{{"a"}, {"b"}, false});
    CHECK(change != RecipientChange<std::string>{{"b"}, {"b"}, false});
    CHECK(change != RecipientChange<std::string>{{"a"}, {"a"}, false});
    CHECK(change != RecipientChange<std::string>{{"a"}, {"b"}, true});
}
