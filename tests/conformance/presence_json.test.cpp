// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/presence_json.hpp>

#include "conformance/recorded_updates.hpp"
#include "conformance/vocabularies.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

using namespace presence_router;
using namespace conformance;
using nlohmann::json;

namespace {

/// The recorded content as it goes to the wire, where busy has its stable name, and no age is negative.
json on_the_wire(json content) {
    if (content["presence"] == "org.matrix.msc3026.busy") content["presence"] = "busy";
    if (content.contains("last_active_ago"))
        content["last_active_ago"] =
            (std::max)(content["last_active_ago"].get<std::int64_t>(), std::int64_t{0});
    return content;
}

void check_written(UserPresenceState const& state, Timestamp now, json const& expected, bool as_entry) {
    std::string text;
    json value;
    if (as_entry) {
        append_presence_edu(text, std::array{state}, now);
        value = presence_edu_to_json(std::array{state}, now);
        CHECK(value["content"]["push"] == json::array({expected}));
    } else {
        append_presence_event(text, state, now);
        value = presence_event_to_json(state, now);
        CHECK(value["content"] == expected);
    }
    CHECK(json::parse(text) == value);

    auto const read = presence_from_text(text, now);
    CHECK(read.problems.empty());
    REQUIRE(read.updates.size() == 1);
    CHECK(read.updates[0].user_id == state.user_id);
    json again = presence_event_to_json(read.updates[0], now)["content"];
    // An age that leads to the epoch itself reads as "never".
    if (read.updates[0].last_active_ts == Timestamp{} && expected.contains("last_active_ago"))
        again["last_active_ago"] = expected["last_active_ago"];
    if (as_entry) again["user_id"] = state.user_id.str();
    CHECK(again == expected);
}

} // namespace

TEST_CASE("conformance: presence as JSON, written and read", "[conformance]") {
    using Asked = std::pair<recorded::Content const*, UserPresenceState>;
    replay_all<Matrix>(
        "format as JSON", recorded::cases("format", recorded::read_content),
        [](recorded::Content const& content) { return is_matrix_state(content.state); },
        [](recorded::Content const& content) -> std::optional<Asked> {
            auto state = Matrix::state(content.state);
            if (!state) return std::nullopt;
            return Asked{&content, *std::move(state)};
        },
        [](Asked const& asked) {
            auto const& [recorded, state] = asked;
            check_written(state, Matrix::time(recorded->now), on_the_wire(recorded->content),
                          recorded->with_user_id);
        });
}
