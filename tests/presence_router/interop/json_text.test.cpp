// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/json_text.hpp>

#include "support/catch.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace presence_router;
using nlohmann::json;
using Problems = std::vector<JsonProblem>;

TEST_CASE("json_from_text reads what nlohmann reads") {
    for (std::string const text :
         {"{}", "[]", "0", "-0", "-1", "18446744073709551615", "18446744073709551616", "0.5", "1e3", "null",
          "true", R"("")", R"("é\u00e9\ud83c\udf70\u0000")", R"([1,[2,{"a":[3,{}]}],"4"])",
          " {\"a\" : [ ] }\r\n\t", R"({"":{"a/b":{"~":[[],{}]}},"z":1})", "\xEF\xBB\xBF{}"}) {
        CAPTURE(text);
        auto const read = json_from_text(text);
        CHECK(read.problems.empty());
        REQUIRE(read.value);
        CHECK(*read.value == json::parse(text));
    }
}

TEST_CASE("json_from_text: what is not JSON is refused, and the reason says where") {
    for (auto const& [text, why] : {
             std::pair<std::string, char const*>{"", "it is empty"},
             {" ", "unexpected end of input; expected '[', '{', or a literal at column 2"},
             {"{", "unexpected end of input; expected string literal at column 2"},
             {"hello", "invalid literal at column 1"},
             {R"({"type" 1})", "unexpected number literal; expected ':' at column 9"},
             {"{} {}", "unexpected '{'; expected end of input at column 4"},
             {"{\n  \"a\": 1,\n}\n", "unexpected '}'; expected string literal at line 3, column 1"},
             {"[1e999]", "number overflow parsing '1e999' at column 6"},
             {"[NaN]", "invalid literal at column 2"},
             {"\"\xff\"", "invalid string: ill-formed UTF-8 byte at column 2"},
             {"\"\xed\xa0\x80\"", "invalid string: ill-formed UTF-8 byte at column 3"},
             {R"("\ud800")",
              "invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF at column 8"},
             {std::string{"{}\0", 3}, "NUL at column 3"},
             {std::string{"\0", 1}, "NUL at column 1"},
             {std::string{"{\n\0}", 4}, "NUL at line 2, column 1"},
         }) {
        CAPTURE(text);
        auto const read = json_from_text(text);
        CHECK_FALSE(read.value);
        CHECK(read.problems == Problems{{"", std::string{"is not JSON: "} + why}});
    }
}

TEST_CASE("json_from_text: 32 levels, and no more") {
    std::string const open(32, '['), close(32, ']');
    CHECK(json_from_text(open + close).value);
    CHECK(json_from_text('[' + open + close + ']').problems ==
          Problems{{"", "is not JSON: nested deeper than 32 levels"}});
    CHECK(json_from_text(std::string(1'000'000, '[')).problems.size() == 1);
    std::string objects;
    for (int level = 0; level < 1'000'000; ++level) objects += "{\"\":";
    CHECK(json_from_text(objects).problems == Problems{{"", "is not JSON: nested deeper than 32 levels"}});
}

TEST_CASE("json_from_text: a number without end is not repeated in full") {
    auto const read = json_from_text(std::string(100'000, '1') + "e99999");
    REQUIRE(read.problems.size() == 1);
    CHECK(read.problems[0].reason.size() < 200);
}

TEST_CASE("json_from_text: keys that an object has twice are told, and the last one counts") {
    auto const read = json_from_text(
        R"({"a": 1, "b": [{"c": 1}, {"c/d": {"e": 1, "e": 2}, "c/d": 3, "": 4}], "a": 5, "a": 6, "c": {"a": 7}})");
    CHECK(read.problems == Problems{{"/b/1/c~1d/e", "is there twice"},
                                    {"/b/1/c~1d", "is there twice"},
                                    {"/a", "is there twice"},
                                    {"/a", "is there twice"}});
    REQUIRE(read.value);
    CHECK(*read.value == json::parse(R"({"a": 6, "b": [{"c": 1}, {"c/d": 3, "": 4}], "c": {"a": 7}})"));
    CHECK(json_from_text("{\"a\":{\"b\":1,\"b\":2}, \"a\":[]}").value == json::parse("{\"a\":[]}"));
}

TEST_CASE("json_from_text: what is told of keys cannot grow with the square of the text") {
    constexpr std::size_t half = 100'000;
    std::string text = "{\"" + std::string(half, 'k') + "\":{\"a\":1";
    for (std::size_t key = 0; key < half / 6; ++key) text += ",\"a\":1";
    auto const read = json_from_text(text + "}}");
    CHECK_FALSE(read.value);
    CHECK(read.problems == Problems{{"", "is not JSON: more repeated keys than can be told"}});
    CHECK(json_from_text(R"({"push":[)" + std::string(R"({"a":1,"a":1})") + "]}").value);
}
