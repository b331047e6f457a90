// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/json_node.hpp>
#include <presence_router/interop/json_problem.hpp>
#include <presence_router/user_id.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Reads values as what they have to be, and notes what is wrong. What answers bool says whether it could.
class JsonReader {
public:
    std::vector<JsonProblem> problems;

    /// Notes the problem; false.
    bool refuse(JsonNode const& at, std::string reason) {
        problems.push_back({at.pointer(), std::move(reason)});
        return false;
    }
    bool refuse_type(JsonNode const& at, char const* wanted) {
        return refuse(at, std::string{"has to be "} + wanted + ", is " + at.value().type_name());
    }

    bool is_there(JsonNode const& at) { return at || refuse(at, "is missing"); }
    bool is_object(JsonNode const& at) { return at.value().is_object() || refuse_type(at, "an object"); }

    bool read(JsonNode const& at, std::string_view& text) {
        auto const* const string = at.value().get_ptr<std::string const*>();
        if (string == nullptr) return refuse_type(at, "a string");
        text = *string;
        return true;
    }

    bool read(JsonNode const& at, bool& truth) {
        auto const* const boolean = at.value().get_ptr<bool const*>();
        if (boolean == nullptr) return refuse_type(at, "true or false");
        truth = *boolean;
        return true;
    }

    bool read(JsonNode const& at, std::optional<UserId>& user) {
        std::string_view text;
        return read(at, text) && parse(at, text, user);
    }

    /// The id in `text`, which stands at `at`.
    bool parse(JsonNode const& at, std::string_view text, std::optional<UserId>& user) {
        user = UserId::parse(text);
        return user || refuse(at, UserId::error_in(text)->what());
    }
};

} // namespace presence_router::inline v0::detail
