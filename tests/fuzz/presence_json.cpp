// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/presence_json.hpp>

#include "fuzz/fuzz.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

using namespace presence_router;
using fuzz::require;
using nlohmann::json;

namespace {

void check_problems(PresenceUpdates const& read) {
    for (JsonProblem const& problem : read.problems) {
        require(!problem.reason.empty(), "a problem has a reason");
        fuzz::require_harmless(problem.reason);
        static_cast<void>(json::json_pointer{problem.where}); // throws if it is none
    }
}

/// As many updates and problems together as there is presence in the text, or one problem with all of it.
void check_count(PresenceUpdates const& read, FromJson<json> const& document) {
    std::size_t const count = read.updates.size() + read.problems.size();
    if (count == 1) return;
    require(document.value.has_value(), "what is no JSON is one problem");
    json const& value = *document.value;
    json const& push = value.contains("edu_type") ? value["content"]["push"] : value["push"];
    require(push.is_array() && push.size() == count, "each entry is an update or a problem, and not both");
    for (JsonProblem const& problem : read.problems)
        require(problem.where.find("/push/") != std::string::npos, "a problem is one of an entry");
}

void check_document(FromJson<json> const& document, std::string_view text) {
    json const plain = json::parse(text, nullptr, false);
    if (document.value) require(plain == *document.value, "what is read is what nlohmann reads");
    else
        require(document.problems.size() == 1 && document.problems[0].where.empty(),
                "what is no JSON is one problem");
}

void check_written(PresenceUpdates const& read, Timestamp now) {
    std::string text, again;
    append_presence_edu(text, read.updates, now);
    auto const reread = presence_from_text(text, now);
    require(reread.problems.empty() && reread.updates.size() == read.updates.size(),
            "what is written is read");
    for (std::size_t at = 0; at < read.updates.size(); ++at) {
        UserPresenceState const &first = read.updates[at], &second = reread.updates[at];
        require(first.user_id == second.user_id &&
                    presence_content(first, now) == presence_content(second, now),
                "what is written reads back");
    }
    append_presence_edu(again, reread.updates, now);
    require(text == again, "what reads back is written the same");
    require(presence_edu_to_json(read.updates, now) == json::parse(text), "value and text say the same");
    for (UserPresenceState const& update : read.updates) {
        text.clear();
        append_presence_event(text, update, now);
        require(presence_event_from_json(json::parse(text), now).value.has_value(), "an event is read");
    }
}

void check_origin(PresenceUpdates const& read, std::string_view text, Timestamp now) {
    if (read.updates.empty()) return;
    std::string_view const origin = read.updates[0].user_id.server_name();
    auto const own = presence_from_text(text, now, origin);
    require(own.updates.size() + own.problems.size() == read.updates.size() + read.problems.size(),
            "an origin makes updates into problems");
    require(!own.updates.empty() && own.updates[0] == read.updates[0], "an origin speaks for its users");
    for (UserPresenceState const& update : own.updates)
        require(update.user_id.server_name() == origin, "an origin speaks for nobody else");
}

} // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text = fuzz::text_of(data, size);
    // Time that has just begun is the one in which ages are too long.
    Timestamp const now = size % 2 == 0 ? (Timestamp::min)() + std::chrono::milliseconds{1000}
                                        : Timestamp{std::chrono::milliseconds{1'700'000'000'000}};
    FromJson<json> const document = json_from_text(text);
    PresenceUpdates const read = presence_from_text(text, now);
    check_document(document, text);
    check_problems(read);
    check_count(read, document);
    check_written(read, now);
    check_origin(read, text, now);
    return 0;
}
