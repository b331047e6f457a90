// SPDX-License-Identifier: BSL-1.0
#include <presence_router/laws/breach.hpp>

#include "support/catch.hpp"

#include <sstream>

using presence_router::Breach;

TEST_CASE("a breach prints its sentence", "[laws]") {
    std::ostringstream out;
    out << Breach{"a does not see b"};
    CHECK(out.str() == "a does not see b");
}

TEST_CASE("breaches of one sentence are equal", "[laws]") {
    CHECK(Breach{"a"} == Breach{"a"});
    CHECK(Breach{"a"} != Breach{"b"});
}
