// SPDX-License-Identifier: BSL-1.0
// The JSON headers in a program built with -fno-exceptions -fno-rtti: what is wrong is told, and ends nothing.
#include <presence_router/interop/presence_json.hpp>
#include <presence_router/interop/privacy_json.hpp>

#include "support/expect.hpp"

#include <chrono>
#include <string>
#include <string_view>

using namespace presence_router;
using support::expect;

namespace {} // namespace

int main() {
    constexpr Timestamp now{std::chrono::hours{1}};
    for (std::string_view const text :
         {"", "{", "{} {}", "\"\xFF\"", "[1e999]", "nul", "[]", "{\"push\":1}",
          R"({"push":[{"user_id":"bob"}]})",
          R"({"push":[{"user_id":"@b:x","presence":"online","last_active_ago":18446744073709551615}]})",
          R"({"type":"m.presence","sender":"@b:x","content":{"presence":"online","status_msg":"\ud800"}})"}) {
        auto const read = presence_from_text(text, now);
        expect(read.updates.empty() && read.problems.size() == 1, "what is wrong is one problem");
    }
    auto const read = presence_from_text(R"({"push":[{"user_id":"@b:x","presence":"online"}, 7]})", now);
    expect(read.updates.size() == 1 && read.problems.size() == 1, "what is right is read beside it");

    std::string text;
    append_presence_event(text, {.user_id = UserId{"@b:x"}, .status_msg = "caf\xE9"}, now);
    expect(presence_from_text(text, now).updates.size() == 1, "what is no UTF-8 can be written");

    auto const config = json_from_text(R"({"users": {"bob": "allow", "@b:x": "deny"}})");
    auto const sharing = msc4495_2026_07_15::sharing_from_json(config.value.value());
    expect(sharing.value && sharing.value->users.size() == 1 && sharing.problems.size() == 1, "account data");
    return support::failures == 0 ? 0 : 1;
}
