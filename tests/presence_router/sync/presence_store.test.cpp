// SPDX-License-Identifier: BSL-1.0
#include <presence_router/sync/presence_store.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <presence_router/user_presence_state.hpp>

#include <concepts>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

using namespace presence_router;
using support::Note;

namespace {

/// Has only what the concept demands.
struct Place {
    bool operator==(Place const&) const = default;
};
struct Archetype {
    Place current_token() const { return {}; }
    UserPresenceState const* state_of(UserId const&) const { return nullptr; }
    std::span<UserPresenceState const> changed_since(Place const&) const { return {}; }
    std::vector<UserPresenceState> states() const { return {}; }
};

struct Notes : support::SpeaksNotes {
    std::string const& current_token() const { return token; }
    std::optional<Note> state_of(int) const { return {}; }
    std::list<Note> const& changed_since(std::string const&) const { return notes; }
    std::list<Note> const& states() const { return notes; }
    std::string token;
    std::list<Note> notes;
};

struct Shared : Archetype {
    std::shared_ptr<UserPresenceState const> state_of(UserId const&) const { return {}; }
};

struct NoToken : Archetype {
    void current_token() const {}
};
struct TokenOnce : Archetype {
    std::unique_ptr<int> current_token() const { return {}; }
};
struct Unequal {};
struct UnequalTokens : Archetype {
    Unequal current_token() const { return {}; }
    std::span<UserPresenceState const> changed_since(Unequal) const { return {}; }
};
struct StateByValue : Archetype {
    UserPresenceState state_of(UserId const& user) const { return {.user_id = user}; }
};
struct StateOfAnother : Archetype {
    Note const* state_of(UserId const&) const { return nullptr; }
};
struct UsersSince : Archetype {
    std::span<UserId const> changed_since(Place) const { return {}; }
};
struct SinceAnother : Archetype {
    std::span<UserPresenceState const> changed_since(int) const { return {}; }
};
struct NotConst : Archetype {
    std::vector<UserPresenceState> states() { return {}; }
};

} // namespace

TEST_CASE("a presence store answers states, and which are news") {
    STATIC_REQUIRE(PresenceStore<Archetype>);
    STATIC_REQUIRE(PresenceStore<Notes>);
    STATIC_REQUIRE(PresenceStore<Shared>);
    STATIC_REQUIRE(!PresenceStore<void>);
    STATIC_REQUIRE(!PresenceStore<int>);
    STATIC_REQUIRE(!PresenceStore<NoToken>);
    STATIC_REQUIRE(!PresenceStore<TokenOnce>);
    STATIC_REQUIRE(!PresenceStore<UnequalTokens>);
    STATIC_REQUIRE(!PresenceStore<StateByValue>);
    STATIC_REQUIRE(!PresenceStore<StateOfAnother>);
    STATIC_REQUIRE(!PresenceStore<UsersSince>);
    STATIC_REQUIRE(!PresenceStore<SinceAnother>);
    STATIC_REQUIRE(!PresenceStore<NotConst>);
}

TEST_CASE("the token type is what current_token answers") {
    STATIC_REQUIRE(std::same_as<sync_token_t<Archetype>, Place>);
    STATIC_REQUIRE(std::same_as<sync_token_t<Notes>, std::string>);
}
