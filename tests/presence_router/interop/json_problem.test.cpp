// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/json_problem.hpp>

#include "support/catch.hpp"

#include <sstream>
#include <string>

using namespace presence_router;

namespace {

std::string line(JsonProblem const& problem) {
    std::ostringstream out;
    out << problem;
    return out.str();
}

} // namespace

TEST_CASE("JsonProblem is printed as one line") {
    CHECK(line({"/content/presence", "is missing"}) == "/content/presence: is missing");
    CHECK(line({"", "is not JSON: it is empty"}) == "is not JSON: it is empty");
}

TEST_CASE("JsonProblem: a pointer made of a stranger's keys can neither move a cursor nor fill the log") {
    CHECK(line({"/a\x1b[31m\n\"", "is there twice"}) == "/a\\x1B[31m\\x0A\\\": is there twice");
    CHECK(line({std::string(100'000, '/'), "is there twice"}) ==
          std::string(300, '/') + "\xE2\x80\xA6: is there twice");
}

TEST_CASE("JsonProblem: equal when place and reason are") {
    CHECK(JsonProblem{"/a", "b"} == JsonProblem{"/a", "b"});
    CHECK_FALSE(JsonProblem{"/a", "b"} == JsonProblem{"/a", "c"});
    CHECK_FALSE(JsonProblem{"/a", "b"} == JsonProblem{"", "b"});
}
