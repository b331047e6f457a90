// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/glob_on_server.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace presence_router;
using detail::may_match_on_server;

namespace {

TEST_CASE("a glob may match on a server if some user id there matches") {
    CHECK(may_match_on_server("@*:x.org", "x.org"));
    CHECK(may_match_on_server("@alice*:x.org", "x.org"));
    CHECK(may_match_on_server("@*:*", "x.org"));
    CHECK(may_match_on_server("@*", "x.org"));
    CHECK(may_match_on_server("@*org", "x.org"));
    CHECK(may_match_on_server("@?:?.org", "x.org"));
    CHECK(may_match_on_server("@a*:x.org:8448", "x.org:8448"));
    CHECK_FALSE(may_match_on_server("@*:x.org", "x.org:8448"));
    CHECK_FALSE(may_match_on_server("@*:x.org", "y.org"));
    CHECK_FALSE(may_match_on_server("@*:x.org", "xx.org"));
    CHECK_FALSE(may_match_on_server("@a:*:b", "x.org")); // `*` has to end as the server does
    CHECK_FALSE(may_match_on_server("@", "x.org"));
    CHECK_FALSE(may_match_on_server("@a?", "x.org"));
}

TEST_CASE("many stars are as one") { // else this would take minutes
    std::string const stars(300'000, '*');
    CHECK(may_match_on_server('@' + stars, "x.org"));
    CHECK_FALSE(may_match_on_server('@' + stars + 'y', "x.org"));
}

TEST_CASE("it is what trying all short localparts says") {
    std::vector<std::string> localparts{""};
    for (std::size_t at = 0; at < localparts.size(); ++at)
        if (localparts[at].size() < 5)
            for (char const letter : {'a', 's'}) localparts.push_back(localparts[at] + letter);
    std::mt19937 random{7};
    int possible = 0;
    for (int i = 0; i < 5'000; ++i) {
        std::string pattern{"@"};
        for (std::size_t length = random() % 6; length > 0; --length) pattern += "as:*?*:"[random() % 7];
        auto const matches = [&](std::string const& localpart) {
            return glob_matches(pattern, '@' + localpart + ":s");
        };
        bool const wanted = std::any_of(localparts.begin(), localparts.end(), matches);
        if (may_match_on_server(pattern, "s") != wanted) FAIL(pattern << " should give " << wanted);
        possible += wanted;
    }
    CHECK(possible > 500);
    CHECK(possible < 4'500);
}

} // namespace
