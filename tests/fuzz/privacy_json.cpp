// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/json_text.hpp>
#include <presence_router/interop/privacy_json.hpp>

#include "fuzz/fuzz.hpp"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace presence_router;
using fuzz::require;
using nlohmann::json;

namespace {

void check_problems(std::vector<JsonProblem> const& problems, json const& content) {
    for (JsonProblem const& problem : problems) {
        fuzz::require_harmless(problem.reason);
        require(content.contains(json::json_pointer{problem.where}), "a problem is one of what is there");
    }
}

bool is_string_list(json const& content, char const* key) {
    if (!content.contains(key)) return true;
    for (json const& entry : content[key])
        if (!entry.is_string()) return false;
    return content[key].is_array();
}

} // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const document = json_from_text(fuzz::text_of(data, size));
    if (!document.value) return 0;
    json const& content = *document.value;

    auto const config = msc4325_2026_01_23::config_from_json(content);
    require(config.value.has_value() == content.is_object(), "MSC4325: an object is read, all else is not");
    if (content.is_object() &&
        !(is_string_list(content, "allowed_users") && is_string_list(content, "denied_users")))
        require(!config.problems.empty(), "MSC4325: what is wrong is told");
    check_problems(config.problems, content);

    auto const sharing = msc4495_2026_07_15::sharing_from_json(content);
    check_problems(sharing.problems, content);
    require(sharing.value || !sharing.problems.empty(), "MSC4495: what cannot be read is told");
    if (!sharing.value) return 0;
    for (auto const& [user, rule] : sharing.value->users)
        require(content["users"][std::string{user.str()}] ==
                    (rule == msc4495_2026_07_15::UserRule::allow ? "allow" : "deny"),
                "MSC4495: a rule is as it stands there");
    for (std::string const& room : sharing.value->allowed_rooms)
        require(content["rooms"][room] == "allow", "MSC4495: a room is allowed that is allowed there");
    for (std::string const& server : sharing.value->denied_servers)
        require(content["servers"][server] == "deny", "MSC4495: a server is denied that is denied there");
    return 0;
}
