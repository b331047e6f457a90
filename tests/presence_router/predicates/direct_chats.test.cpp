// SPDX-License-Identifier: BSL-1.0
#include <presence_router/predicates/direct_chats.hpp>

#include "support/catch.hpp"

#include <presence_router/predicates/at_most.hpp>

#include <type_traits>
#include <vector>

using namespace presence_router;

namespace {

struct Chats {
    using user_id_type = int;
    std::vector<int> rooms_of(int) const { return {}; }
    std::vector<int> members_of(int) const { return {}; }
    bool is_direct(int room) const noexcept { return room < 0; }
};

} // namespace

TEST_CASE("the directory says which rooms are direct chats") {
    CHECK(direct_chats(Chats{}, -1));
    CHECK_FALSE(direct_chats(Chats{}, 1));
    CHECK((!direct_chats)(Chats{}, 1));
    CHECK((direct_chats || at_most(2))(Chats{}, 1));
    STATIC_REQUIRE(noexcept(direct_chats(Chats{}, 1)));
    STATIC_REQUIRE(std::is_empty_v<std::remove_cvref_t<decltype(direct_chats)>>);
}
