// SPDX-License-Identifier: BSL-1.0
#include <presence_router/privacy/msc4495/recipient_update.hpp>

#include "support/catch.hpp"

#include <concepts>

using namespace presence_router;
using namespace presence_router::msc4495_2026_07_15;

static_assert(std::regular<RecipientUpdate> && std::regular<RecipientDelta> &&
              std::regular<RecipientSnapshot>);

TEST_CASE("absent and empty recipients are not the same update") {
    RecipientUpdate const unchanged{.stream_id = 1};
    RecipientUpdate const elsewhere{.stream_id = 1, .recipients = RecipientDelta{}};
    CHECK(unchanged != elsewhere);
    CHECK(RecipientUpdate{} != unchanged);
    CHECK(RecipientDelta{.add = {"@a:x"_user}} != RecipientDelta{.remove = {"@a:x"_user}});
    CHECK(RecipientSnapshot{1, {}} != RecipientSnapshot{2, {}});
}
