// SPDX-License-Identifier: BSL-1.0
#include <presence_router/presence_content.hpp>
#include <presence_router/updates/should_notify.hpp>

#include "conformance/recorded_updates.hpp"
#include "conformance/vocabularies.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

using namespace presence_router;
using namespace conformance;

namespace {

template <class V>
void replay_changes() {
    using State = typename V::State;
    struct Asked {
        recorded::Change const* recorded;
        State old;
        State now;
    };
    auto const is_matrix = [](recorded::Change const& change) {
        return is_matrix_state(change.old) && is_matrix_state(change.now);
    };
    auto const in_vocabulary = [](recorded::Change const& change) -> std::optional<Asked> {
        auto old = V::state(change.old);
        auto now = V::state(change.now);
        if (!old || !now) return std::nullopt;
        return Asked{&change, *std::move(old), *std::move(now)};
    };
    replay_all<V>("should_notify", recorded::cases("should_notify", recorded::read_change), is_matrix,
                  in_vocabulary, [](Asked const& asked) {
                      auto const granularity = asked.recorded->granularity.value_or(60'000);
                      auto const reason = should_notify(asked.old, asked.now, V::duration(granularity));
                      std::optional<std::string> given;
                      if (reason) given = to_string_view(*reason);
                      CHECK(given == asked.recorded->reason);
                      if constexpr (std::is_same_v<V, Matrix>)
                          if (!asked.recorded->granularity)
                              CHECK(should_notify(asked.old, asked.now) == reason);
                  });
}

std::string text(std::string const& text) { return text; }
std::string text(SharedText const& text) { return std::string(text.str()); }
std::int64_t milliseconds(std::int64_t ms) { return ms; }
std::int64_t milliseconds(std::chrono::milliseconds ms) { return ms.count(); }

/// The name a presence is recorded by, which for busy is the unstable one.
std::string name(std::string const& presence) { return presence; }
std::string name(PresenceState presence) {
    return presence == PresenceState::busy ? "org.matrix.msc3026.busy"
                                           : std::string(to_string_view(presence));
}

template <class V>
void replay_contents() {
    using State = typename V::State;
    using Asked = std::pair<recorded::Content const*, State>;
    auto const is_matrix = [](recorded::Content const& content) { return is_matrix_state(content.state); };
    auto const in_vocabulary = [](recorded::Content const& content) -> std::optional<Asked> {
        auto state = V::state(content.state);
        if (!state) return std::nullopt;
        return Asked{&content, *std::move(state)};
    };
    replay_all<V>("format", recorded::cases("format", recorded::read_content), is_matrix, in_vocabulary,
                  [](Asked const& asked) {
                      auto const& [recorded, state] = asked;
                      auto const content = presence_content(state, V::time(recorded->now));
                      recorded::json given{{"presence", name(content.presence)}};
                      if (recorded->with_user_id) given["user_id"] = V::text(state.user_id);
                      if (content.last_active_ago)
                          given["last_active_ago"] = milliseconds(*content.last_active_ago);
                      if (content.status_msg) given["status_msg"] = text(*content.status_msg);
                      if (content.currently_active) given["currently_active"] = *content.currently_active;
                      CHECK(given == recorded->content);
                  });
}

} // namespace

TEST_CASE("conformance: should_notify with string ids", "[conformance]") { replay_changes<Strings>(); }

TEST_CASE("conformance: should_notify with Matrix ids", "[conformance]") { replay_changes<Matrix>(); }

TEST_CASE("conformance: presence_content with string ids", "[conformance]") { replay_contents<Strings>(); }

TEST_CASE("conformance: presence_content with Matrix ids", "[conformance]") { replay_contents<Matrix>(); }

TEST_CASE("conformance: what a case of a state says and the replay does not know is an error",
          "[conformance]") {
    auto const state = recorded::json::parse(
        R"({"user_id": "a", "state": "online", "last_active_ts": 0, "last_federation_update_ts": 0,
            "last_user_sync_ts": 0, "status_msg": null, "currently_active": true})");
    recorded::json const change{
        {"id", "a"},
        {"tags", {"null_status"}},
        {"in", {{"op", "should_notify"}, {"old", state}, {"new", state}, {"is_mine", true}}},
        {"out", {{"reason", nullptr}, {"result", false}}}};
    recorded::json const content{
        {"id", "a"},
        {"tags", {"null_status"}},
        {"in", {{"op", "format"}, {"state", state}, {"now", 1}, {"include_user_id", false}}},
        {"out", {{"result", {{"presence", "online"}, {"currently_active", true}}}}}};
    auto const read = [](recorded::json line, char const* where = nullptr, recorded::json const& value = {}) {
        if (where) line[recorded::json::json_pointer(where)] = value;
        if (line["in"].contains("old")) recorded::read_change(line, "should_notify");
        else recorded::read_content(line, "format");
    };
    CHECK_NOTHROW(read(change));
    CHECK_THROWS(read(change, "/tags/0", "unheard_of"));
    CHECK_THROWS(read(change, "/in/op", "format"));
    CHECK_THROWS(read(change, "/in/more", 1));
    CHECK_THROWS(read(change, "/in/old/more", 1));
    CHECK_THROWS(read(change, "/in/last_active_granularity", "1"));
    CHECK_THROWS(read(change, "/out/result", true));
    CHECK_THROWS(read(change, "/out/reason", "state_change"));
    CHECK_THROWS(read(change, "/out/more", 1));
    CHECK_NOTHROW(read(content));
    CHECK_THROWS(read(content, "/in/more", 1));
    CHECK_THROWS(read(content, "/in/now", "1"));
    CHECK_THROWS(read(content, "/in/include_user_id", 1));
    CHECK_THROWS(read(content, "/out/more", 1));
    CHECK_THROWS(read(content, "/out/result/more", 1));
}
