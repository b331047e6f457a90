// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/invalid_recipients.hpp>

#include "support/catch.hpp"

#include <presence_router/user_id.hpp>

#include <concepts>
#include <stdexcept>
#include <string>

using namespace presence_router;

static_assert(std::derived_from<InvalidRecipients, std::invalid_argument>);

TEST_CASE("invalid recipients name the entry by its place and its subject") {
    InvalidRecipients const error{3, "@bob:x"_user, "the reason"};
    CHECK(error.what() == std::string{"recipients entry 3 (\"@bob:x\"): the reason"});
    CHECK(error.entry() == 3);
    CHECK(InvalidRecipients{0, 17, "the reason"}.what() ==
          std::string{"recipients entry 0 (17): the reason"});
    CHECK(InvalidRecipients{1, std::string{"a\nb"}, "the reason"}.what() ==
          std::string{"recipients entry 1 (\"a\\x0Ab\"): the reason"});
}

TEST_CASE("invalid recipients whose ids have no text are named by their place") {
    struct Opaque {};
    CHECK(InvalidRecipients{1, Opaque{}, "the reason"}.what() ==
          std::string{"recipients entry 1: the reason"});
}
