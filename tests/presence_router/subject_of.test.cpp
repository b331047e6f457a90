// SPDX-License-Identifier: BSL-1.0
#include <presence_router/subject_of.hpp>

#include "support/catch.hpp"

#include <presence_router/user_presence_state.hpp>

#include <concepts>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace subject_game {

struct Player {
    int number = 0;
    int user_id = -1; // not the subject: the function below is asked first
};
constexpr int subject_of(Player const& player) noexcept { return player.number; }

struct Mail { // makes its subject anew, and may fail at it
    std::string address;
};
std::string subject_of(Mail const& mail) { return "<" + mail.address + ">"; }

struct Boxed {
    std::unique_ptr<int> owner;
};
int const& subject_of(Boxed const& boxed) { return *boxed.owner; }

struct Nobody {
    int id = 0;
};

} // namespace subject_game

using namespace presence_router;

namespace {

struct Plain {
    int user_id = 7;
};

static_assert(presence_router::subject_of(Plain{}) == 7);
static_assert(presence_router::subject_of(subject_game::Player{3, 4}) == 3);

template <class State>
concept HasSubject = requires(State const& state) { presence_router::subject_of(state); };
static_assert(HasSubject<UserPresenceState> && HasSubject<Plain> && HasSubject<subject_game::Boxed>);
static_assert(!HasSubject<subject_game::Nobody> && !HasSubject<int> && !HasSubject<UserId>);

static_assert(std::same_as<decltype(presence_router::subject_of(std::declval<Plain const&>())), int const&>);
static_assert(
    std::same_as<decltype(presence_router::subject_of(std::declval<subject_game::Mail const&>())), std::string>);
static_assert(noexcept(presence_router::subject_of(std::declval<Plain const&>())));
static_assert(noexcept(presence_router::subject_of(std::declval<subject_game::Player const&>())));
static_assert(!noexcept(presence_router::subject_of(std::declval<subject_game::Mail const&>())),
              "what it calls may throw");

// A function object: no argument-dependent lookup finds it, and it can be handed on.
static_assert(std::is_object_v<decltype(presence_router::subject_of)>);

TEST_CASE("the subject of an update is not copied", "[subject_of]") {
    UserPresenceState const update{.user_id = "@bob:x"_user};
    CHECK(&presence_router::subject_of(update) == &update.user_id);
    subject_game::Boxed const boxed{std::make_unique<int>(5)};
    CHECK(&presence_router::subject_of(boxed) == boxed.owner.get());
}

TEST_CASE("a subject may be made when it is asked for", "[subject_of]") {
    CHECK(presence_router::subject_of(subject_game::Mail{"bob"}) == "<bob>");
}

} // namespace
