// SPDX-License-Identifier: BSL-1.0
#include <presence_router/insight/explanation.hpp>

#include "support/catch.hpp"

#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;

namespace {

struct Unprinted {
    int number = 0;
};

std::string written(auto const& explanation) {
    std::ostringstream out;
    out << explanation;
    return out.str();
}

} // namespace

TEST_CASE("an explanation is a value of its own") {
    STATIC_REQUIRE(std::is_copy_constructible_v<Explanation>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<BasicExplanation<int>>);
    BasicExplanation<int> const yes{1, 2, {{.name = "Table", .grants = true}}, 0};
    CHECK(yes.viewer() == 1);
    CHECK(yes.subject() == 2);
    CHECK(yes.sees());
    REQUIRE(yes.decisive() != nullptr);
    CHECK(yes.decisive()->name == "Table");
    CHECK(yes.denier() == nullptr);
    BasicExplanation<int> const copy = yes;
    CHECK(copy == yes);
    CHECK(copy.decisive() != yes.decisive());
    CHECK(yes != BasicExplanation<int>{1, 3, {{.name = "Table", .grants = true}}, 0});
    CHECK(yes != BasicExplanation<int>{1, 2, {{.name = "Table"}}, std::nullopt});
}

TEST_CASE("an explanation without a grant tells nothing of who decides") {
    BasicExplanation<int> const no{1, 2, {}, std::nullopt};
    CHECK_FALSE(no.sees());
    CHECK(no.decisive() == nullptr);
    CHECK(no.denier() == nullptr);
    CHECK(no.decided_by().empty());
    CHECK(no.text() == "1 does not see 2: no router grants it\n");
}

TEST_CASE("the decisive router is named by the positions that lead to it, and by its name") {
    auto const decided_by = [](std::vector<ExplanationNode> nodes) {
        auto const last = nodes.size() - 1;
        return BasicExplanation<int>{1, 2, std::move(nodes), last}.decided_by();
    };
    CHECK(decided_by({{}}) == "router");
    CHECK(decided_by({{.name = "Table"}}) == "Table");
    CHECK(decided_by({{.adaptor = "chain"}, {.depth = 1, .position = 0}}) == "0");
    CHECK(decided_by({{.adaptor = "chain"}, {.depth = 1, .position = 3, .name = "Table"}}) == "3 Table");
    CHECK(decided_by({{.adaptor = "guarded"},
                      {.depth = 1, .adaptor = "chain"},
                      {.depth = 2, .position = 0, .adaptor = "chain"},
                      {.depth = 3, .position = 7, .name = "Other"},
                      {.depth = 2, .position = 1, .adaptor = "observed"},
                      {.depth = 3, .adaptor = "chain"},
                      {.depth = 4, .position = 0},
                      {.depth = 4, .position = 12, .name = "Table"}}) == "1.12 Table");
}

TEST_CASE("the denier is the outermost filter that denies what a router grants") {
    auto const denier = [](std::vector<ExplanationNode> nodes) -> std::string {
        BasicExplanation<int> const explanation{1, 2, std::move(nodes), std::nullopt};
        return explanation.denier() ? std::string{explanation.denier()->name} : "nobody";
    };
    CHECK(denier({{.adaptor = "only_routes", .name = "p", .denies = true}, {.depth = 1}}) == "nobody");
    CHECK(denier({{.adaptor = "only_routes", .name = "p", .denies = true}, {.depth = 1, .grants = true}}) ==
          "p");
    CHECK(denier({{.adaptor = "only_routes", .name = "p", .denies = true},
                  {.depth = 1, .adaptor = "only_routes", .name = "q", .denies = true},
                  {.depth = 2, .grants = true}}) == "p");
    CHECK(denier({{.adaptor = "chain"},
                  {.depth = 1, .adaptor = "only_routes", .name = "p", .denies = true},
                  {.depth = 2},
                  {.depth = 1, .adaptor = "only_routes", .name = "q", .denies = true},
                  {.depth = 2, .grants = true}}) == "q");
    BasicExplanation<int> const seen{
        1, 2, {{.denies = true}, {.depth = 1, .grants = true}, {.grants = true}}, 2};
    CHECK(seen.denier() == nullptr);
}

TEST_CASE("an explanation reads as sentences") {
    Explanation const yes{"@alice:x"_user,
                          "@bob:x"_user,
                          {{.adaptor = "chain", .grants = true},
                           {.depth = 1, .position = 0, .name = "RouteTable"},
                           {.depth = 1, .position = 1, .grants = true},
                           {.depth = 1, .position = 2, .adaptor = "guarded", .grants = true, .asked = false},
                           {.depth = 2, .name = "Broadcast", .grants = true, .asked = false},
                           {.depth = 1, .position = 3, .adaptor = "only_viewers", .asked = false},
                           {.depth = 2, .name = "Contacts", .asked = false, .failure = "no\n\"database\""}},
                          2};
    CHECK(written(yes) == yes.text());
    CHECK(yes.text() == R"(@alice:x sees @bob:x: 1 grants it
  chain: grants
    0 RouteTable: does not grant
    1 router: grants <- decides
    2 guarded: would grant
      Broadcast: would grant
    3 only_viewers: allows
      Contacts: throws "no\x0A\"database\""
)");
    Explanation const no{"@alice:x"_user,
                         "@bob:x"_user,
                         {{.adaptor = "transformed", .takes_away = true},
                          {.depth = 1, .adaptor = "without_subjects", .name = "hidden", .denies = true},
                          {.depth = 2, .adaptor = "guarded", .asked = false, .failure = "gone"},
                          {.depth = 3, .adaptor = "observed", .grants = true, .asked = false}},
                         std::nullopt};
    CHECK(no.text() == R"(@alice:x does not see @bob:x: without_subjects(hidden) denies it
  transformed: does not grant, takes a blank state away
    without_subjects(hidden): denies
      guarded: would not grant, swallows "gone"
        observed: would grant
)");
}

TEST_CASE("what an explanation names cannot break its lines") {
    BasicExplanation<std::string> const odd{
        "a\nb", "", {{.name = "two\nlines", .grants = true, .failure = "\x1B[31m"}}, 0};
    CHECK(odd.text() == R"("a\x0Ab" sees "": "two\x0Alines" grants it
  "two\x0Alines": grants, throws "\x1B[31m" <- decides
)");
    BasicExplanation<Unprinted> const unprinted{{}, {}, {}, std::nullopt};
    CHECK(unprinted.text() == "the viewer does not see the subject: no router grants it\n");
}
