// SPDX-License-Identifier: BSL-1.0
#include <presence_router/async/async_presence_router.hpp>

#include "support/catch.hpp"
#include "support/task.hpp"
#include "support/waiting.hpp"

#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <coroutine>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Interest;
using support::Note;
using support::Routed;
using support::SpeaksNotes;
using support::Task;

namespace {

// Has what the concept demands, and nothing else.
struct Archetype : SpeaksNotes {
    Task<Routed> get_users_for_states(std::span<Note const>) const;
    Task<Interest> get_interested_users(int) const;

    Archetype(Archetype const&) = delete;
};
struct OfMatrix {
    Task<UsersForStates> get_users_for_states(std::span<UserPresenceState const>) const;
    Task<InterestedUsers> get_interested_users(UserId) const;
};
struct OtherAnswers : SpeaksNotes {
    Task<std::vector<std::pair<int, Note>>> get_users_for_states(std::span<Note const>) const;
    Task<std::variant<AllUsers, std::vector<int>>> get_interested_users(int) const;
};
struct AllUsersAlone : Archetype {
    Task<AllUsers> get_interested_users(int) const;
};

// No template, and no coroutine.
struct Soon {
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<>);
    Routed const& await_resume();
};
struct AnAwaiter : Archetype {
    Soon get_users_for_states(std::span<Note const>) const;
};

static_assert(AsyncPresenceRouter<Archetype> && AsyncPresenceRouter<Archetype const>);
static_assert(AsyncPresenceRouter<OfMatrix> && AsyncPresenceRouter<OtherAnswers>);
static_assert(AsyncPresenceRouter<AllUsersAlone> && AsyncPresenceRouter<AnAwaiter>);
static_assert(AsyncPresenceRouter<support::Waiting> && AsyncPresenceRouter<support::WaitingEdge<1, 2>>);
static_assert(!PresenceRouter<Archetype> && !PresenceRouter<OfMatrix>);

// One that need not wait.
static_assert(AsyncPresenceRouter<support::Edge<1, 2>> && AsyncPresenceRouter<support::Scripted>);

// One defect each.
struct NoPush : SpeaksNotes {
    Task<Interest> get_interested_users(int) const;
};
struct NoPull : SpeaksNotes {
    Task<Routed> get_users_for_states(std::span<Note const>) const;
};
struct PushAlone : Archetype {
    Interest get_interested_users(int) const;
};
struct PullAlone : Archetype {
    Routed get_users_for_states(std::span<Note const>) const;
};
struct PushForNothing : Archetype {
    Task<int> get_users_for_states(std::span<Note const>) const;
};
struct PullForNothing : Archetype {
    Task<int> get_interested_users(int) const;
};
struct PushNotConst : Archetype {
    Task<Routed> get_users_for_states(std::span<Note const>);
};
struct PullNotConst : Archetype {
    Task<Interest> get_interested_users(int);
};
struct TwiceAwaited : Archetype {
    Task<Task<Routed>> get_users_for_states(std::span<Note const>) const;
};
struct OtherStates : Archetype {
    using state_type = UserPresenceState;
};
static_assert(!AsyncPresenceRouter<NoPush> && !AsyncPresenceRouter<NoPull>);
static_assert(!AsyncPresenceRouter<PushAlone> && !AsyncPresenceRouter<PullAlone>);
static_assert(!AsyncPresenceRouter<PushForNothing> && !AsyncPresenceRouter<PullForNothing>);
static_assert(!AsyncPresenceRouter<PushNotConst> && !AsyncPresenceRouter<PullNotConst>);
static_assert(!AsyncPresenceRouter<TwiceAwaited> && !AsyncPresenceRouter<OtherStates>);

// No router at all.
struct Incomplete;
static_assert(!AsyncPresenceRouter<void> && !AsyncPresenceRouter<int> && !AsyncPresenceRouter<Archetype&>);
static_assert(!AsyncPresenceRouter<Archetype*> && !AsyncPresenceRouter<Task<Routed>>);
static_assert(!AsyncPresenceRouter<std::reference_wrapper<Archetype>>);

} // namespace

TEST_CASE("a router that waits is asked as any other, and awaited", "[async]") {
    support::WaitingEdge<1, 2> const router;
    std::vector<Note> const batch{{2, 20}, {3, 30}};
    CHECK(support::answer_of(router.get_users_for_states(batch)) ==
          std::vector<std::pair<int, Note>>{{1, {2, 20}}});
    CHECK(support::answer_of(router.get_interested_users(1)) == std::set<int>{2});
}
