// SPDX-License-Identifier: BSL-1.0
#include <presence_router/state_about.hpp>

#include "support/catch.hpp"

#include <presence_router/user_presence_state.hpp>

#include <string>
#include <type_traits>

namespace about_game {

struct Id {
    int value = 0;
};
struct Status { // could be made in each of the three ways
    Id user_id{};
    int made_by_function = 0;
};
constexpr Status state_about(Id id) { return {id, 1}; }

struct Lent {                                            // what the function answers need only convert
    Lent(Status status) : value{status.user_id.value} {} // NOLINT
    int value;
};

} // namespace about_game

using namespace presence_router;

namespace {

struct Aggregate {
    int mood = 5;
    int user_id = 0;
};
class Constructed {
public:
    explicit constexpr Constructed(int id) : id_{id} {}
    constexpr int id() const { return id_; }

private:
    int id_;
};
struct Secret {
    Secret() = default;
    std::string text{};
};
struct Narrow { // not from an int: that would lose part of it
    char user_id = 0;
};

template <class State, class Id>
concept CanProbe = requires(Id const& id) { presence_router::state_about<State>(id); };
static_assert(CanProbe<UserPresenceState, UserId>);
static_assert(CanProbe<Aggregate, int>);
static_assert(CanProbe<Constructed, int>);
static_assert(CanProbe<about_game::Status, about_game::Id>);
static_assert(CanProbe<about_game::Lent, about_game::Id>);
static_assert(!CanProbe<Secret, int>);
static_assert(!CanProbe<Narrow, int>);
static_assert(!CanProbe<UserPresenceState, int>);

static_assert(state_about<about_game::Status>(about_game::Id{3}).made_by_function == 1, "the function is asked first");
static_assert(state_about<about_game::Status>(about_game::Id{3}).user_id.value == 3);
static_assert(state_about<Aggregate>(4).user_id == 4, "not the first member, but the one of that name");
static_assert(state_about<Aggregate>(4).mood == 5, "the others keep their defaults");
static_assert(state_about<Constructed>(9).id() == 9);

TEST_CASE("a Matrix state about somebody says that they are offline", "[state_about]") {
    UserPresenceState const probe = presence_router::state_about<UserPresenceState>("@bob:x"_user);
    CHECK(probe == UserPresenceState{.user_id = "@bob:x"_user});
    CHECK(presence_router::state_about<about_game::Lent>(about_game::Id{8}).value == 8);
}

} // namespace
