// SPDX-License-Identifier: BSL-1.0
#include <presence_router/router.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

using namespace presence_router;
using support::Note;

namespace {

using States = std::span<UserPresenceState const>;

// Has what the concept demands, and nothing else: not even a constructor.
struct Archetype {
    UsersForStates get_users_for_states(States) const;
    InterestedUsers get_interested_users(UserId const&) const;

    Archetype() = delete;
    Archetype(Archetype const&) = delete;
    Archetype& operator=(Archetype const&) = delete;
};
static_assert(PresenceRouter<Archetype>);
static_assert(PresenceRouter<Archetype const>);

// --- no class type
struct Incomplete;
union Union {
    UsersForStates get_users_for_states(States) const;
    InterestedUsers get_interested_users(UserId const&) const;
};
static_assert(!PresenceRouter<void>);
static_assert(!PresenceRouter<void const>);
static_assert(!PresenceRouter<int>);
static_assert(!PresenceRouter<std::nullptr_t>);
static_assert(!PresenceRouter<Archetype*>);
static_assert(!PresenceRouter<Incomplete*>);
static_assert(!PresenceRouter<Archetype&>);
static_assert(!PresenceRouter<Archetype&&>);
static_assert(!PresenceRouter<Archetype[2]>);
static_assert(!PresenceRouter<Archetype()>);
static_assert(!PresenceRouter<int Archetype::*>);
static_assert(!PresenceRouter<std::unique_ptr<Archetype>>);
static_assert(!PresenceRouter<std::reference_wrapper<Archetype>>,
              "no router itself; what takes routers unwraps it");

// --- one callback, or none
struct Neither {};
struct NoPush {
    InterestedUsers get_interested_users(UserId const&) const;
};
struct NoPull {
    UsersForStates get_users_for_states(States) const;
};
static_assert(!PresenceRouter<Neither>);
static_assert(!PresenceRouter<NoPush>);
static_assert(!PresenceRouter<NoPull>);

// --- a callback that does not fit. Each struct has exactly the one defect.
struct GoodPush {
    UsersForStates get_users_for_states(States) const;
};
struct GoodPull {
    InterestedUsers get_interested_users(UserId const&) const;
};
static_assert(!PresenceRouter<GoodPush> && !PresenceRouter<GoodPull>);
struct BothInherited : GoodPush, GoodPull {};
static_assert(PresenceRouter<BothInherited>);

template <class Answer>
struct PushAnswers : GoodPull {
    Answer get_users_for_states(States) const;
};
template <class Answer>
struct PullAnswers : GoodPush {
    Answer get_interested_users(UserId const&) const;
};
static_assert(PresenceRouter<PushAnswers<UsersForStates>>);
static_assert(PresenceRouter<PushAnswers<UsersForStates const&>>);
static_assert(PresenceRouter<PushAnswers<std::vector<std::pair<UserId, UserPresenceState>>>>);
static_assert(PresenceRouter<PushAnswers<std::vector<std::tuple<UserId, std::vector<UserPresenceState>>>>>);
static_assert(!PresenceRouter<PushAnswers<void>>);
static_assert(!PresenceRouter<PushAnswers<int>>);
static_assert(!PresenceRouter<PushAnswers<UsersForStates*>>);
static_assert(!PresenceRouter<PushAnswers<std::optional<UsersForStates>>>);
static_assert(!PresenceRouter<PushAnswers<AllUsers>>);
static_assert(!PresenceRouter<PushAnswers<std::vector<UserId>>>, "no pairs");
static_assert(!PresenceRouter<PushAnswers<std::vector<UserPresenceState>>>, "no pairs");
static_assert(!PresenceRouter<PushAnswers<std::vector<std::tuple<UserId, UserPresenceState, int>>>>);
static_assert(!PresenceRouter<PushAnswers<std::map<std::string, std::set<UserPresenceState>>>>, "no id");
static_assert(!PresenceRouter<PushAnswers<std::map<UserId, std::set<UserId>>>>, "no states");
static_assert(!PresenceRouter<PushAnswers<std::map<UserId, std::set<Note>>>>, "states of another vocabulary");
static_assert(!PresenceRouter<PushAnswers<std::vector<std::pair<UserPresenceState, UserId>>>>,
              "the wrong way round");

static_assert(PresenceRouter<PullAnswers<InterestedUsers const&>>);
static_assert(PresenceRouter<PullAnswers<AllUsers>>);
static_assert(PresenceRouter<PullAnswers<std::vector<UserId>>>);
static_assert(PresenceRouter<PullAnswers<std::span<UserId const>>>);
static_assert(PresenceRouter<PullAnswers<std::variant<AllUsers, std::vector<UserId>, std::set<UserId>>>>);
static_assert(!PresenceRouter<PullAnswers<void>>);
static_assert(!PresenceRouter<PullAnswers<bool>>);
static_assert(!PresenceRouter<PullAnswers<UserId>>);
static_assert(!PresenceRouter<PullAnswers<std::set<int>>>);
static_assert(!PresenceRouter<PullAnswers<std::vector<std::string>>>, "a string is an id only explicitly");
static_assert(!PresenceRouter<PullAnswers<std::optional<std::set<UserId>>>>,
              "nullopt could mean nobody or everybody");
static_assert(!PresenceRouter<PullAnswers<std::variant<std::set<UserId>, std::monostate>>>);
static_assert(!PresenceRouter<PullAnswers<std::set<UserId>*>>);

struct PushNotConst : GoodPull {
    UsersForStates get_users_for_states(States);
};
struct PushOfVector : GoodPull {
    UsersForStates get_users_for_states(std::vector<UserPresenceState> const&) const;
};
struct PushOfMutableSpan : GoodPull {
    UsersForStates get_users_for_states(std::span<UserPresenceState>) const;
};
struct PushOfTwo : GoodPull {
    UsersForStates get_users_for_states(States, int) const;
};
struct PushDeleted : GoodPull {
    UsersForStates get_users_for_states(States) const = delete;
};
class PushPrivate : public GoodPull {
    UsersForStates get_users_for_states(States) const;
};
struct PullNotConst : GoodPush {
    InterestedUsers get_interested_users(UserId const&);
};
struct PullOfMutableId : GoodPush {
    InterestedUsers get_interested_users(UserId&) const;
};
struct PullOfString : GoodPush {
    InterestedUsers get_interested_users(std::string const&) const;
};
static_assert(!PresenceRouter<PushNotConst>);
static_assert(!PresenceRouter<PushOfVector>);
static_assert(!PresenceRouter<PushOfMutableSpan>);
static_assert(!PresenceRouter<PushOfTwo>);
static_assert(!PresenceRouter<PushDeleted>);
static_assert(!PresenceRouter<PushPrivate>);
static_assert(!PresenceRouter<PullNotConst>);
static_assert(!PresenceRouter<PullOfMutableId>);
static_assert(!PresenceRouter<PullOfString>);

// --- what a callback may be besides: whatever can be called
struct PushOverloaded : BothInherited {
    using GoodPush::get_users_for_states;
    int get_users_for_states(std::string const&) const;
    int get_users_for_states(States);
};
struct Templates {
    template <class B>
    UsersForStates get_users_for_states(B const&) const;
    InterestedUsers get_interested_users(auto const&) const;
};
struct Defaults {
    static UsersForStates get_users_for_states(States, int = 0);
    InterestedUsers get_interested_users(UserId, bool = false) const noexcept;
};
struct Members { // function objects as members
    std::function<UsersForStates(States)> get_users_for_states;
    std::function<AllUsers(UserId const&)> get_interested_users;
};
static_assert(PresenceRouter<PushOverloaded const>);
static_assert(PresenceRouter<Templates>);
static_assert(PresenceRouter<Defaults>);
static_assert(PresenceRouter<Members>);

// --- interfaces, final classes, unusual destructors
struct Interface {
    virtual ~Interface() = default;
    virtual UsersForStates get_users_for_states(States) const = 0;
    virtual InterestedUsers get_interested_users(UserId const&) const = 0;
};
struct Implementation final : Interface {
    UsersForStates get_users_for_states(States) const final { return {}; }
    InterestedUsers get_interested_users(UserId const&) const final { return {}; }
};
struct VirtualBase : virtual BothInherited {
    virtual ~VirtualBase() = default;
};
struct Final final : BothInherited {};
class PrivatelyDestroyed : public BothInherited {
    ~PrivatelyDestroyed();
};
static_assert(PresenceRouter<Interface>);
static_assert(PresenceRouter<Implementation>);
static_assert(PresenceRouter<VirtualBase>);
static_assert(PresenceRouter<Final>);
static_assert(PresenceRouter<PrivatelyDestroyed>);

// --- another vocabulary
struct Generic : support::SpeaksNotes {
    support::Routed get_users_for_states(std::span<Note const>) const;
    support::Interest get_interested_users(int const&) const;
};
struct HalfGeneric : support::SpeaksNotes {
    UsersForStates get_users_for_states(States) const;
    InterestedUsers get_interested_users(UserId const&) const;
};
static_assert(PresenceRouter<Generic>);
static_assert(!PresenceRouter<HalfGeneric>, "it says that it speaks of notes");

// --- a member that is there and cannot be called as the library calls it: it is not passed over
struct Complete : BothInherited {
    template <class Sink>
    void for_each_route(States, Sink&&) const;
    template <class Sink>
    std::optional<AllUsers> for_each_subject(UserId const&, Sink&&) const;
    std::set<UserPresenceState> states_for_user(UserId const&, States) const;
    bool sees(UserId const&, UserId const&) const;
};
static_assert(PresenceRouter<Complete>);

struct RouteWithoutSink : BothInherited {
    void for_each_route(States) const;
};
struct RouteOfVector : BothInherited {
    template <class Sink>
    void for_each_route(std::vector<UserPresenceState> const&, Sink&&) const;
};
struct RouteNotConst : BothInherited {
    template <class Sink>
    void for_each_route(States, Sink&&);
};
struct RouteOverloadedWrong : BothInherited {
    void for_each_route(int) const;
    void for_each_route(States, int) const;
};
struct RouteOfAnotherSink : BothInherited {
    void for_each_route(States, std::function<bool(UserPresenceState const&, UserId const&)> const&) const;
};
struct RouteData : BothInherited {
    int for_each_route = 0;
};
class RoutePrivate : public BothInherited {
    template <class Sink>
    void for_each_route(States, Sink&&) const;
};
struct RouteInherited : RouteNotConst {};
struct RouteFinal final : BothInherited {
    void for_each_route(States) const;
};
static_assert(!PresenceRouter<RouteWithoutSink>);
static_assert(!PresenceRouter<RouteOfVector>);
static_assert(!PresenceRouter<RouteNotConst>);
static_assert(!PresenceRouter<RouteOverloadedWrong>);
static_assert(!PresenceRouter<RouteOfAnotherSink>);
static_assert(!PresenceRouter<RouteData>);
static_assert(!PresenceRouter<RoutePrivate>);
static_assert(!PresenceRouter<RouteInherited>);
static_assert(!PresenceRouter<RouteFinal>);

struct RouteOfFunction : BothInherited { // a sink need not be a template: so streaming can be virtual
    virtual ~RouteOfFunction() = default;
    virtual void for_each_route(States,
                                std::function<bool(UserId const&, UserPresenceState const&)> const&) const {}
};
static_assert(PresenceRouter<RouteOfFunction>);

template <class Answer>
struct SubjectsAnswer : BothInherited {
    template <class Sink>
    Answer for_each_subject(UserId const&, Sink&&) const;
};
struct SubjectNotConst : BothInherited {
    template <class Sink>
    std::optional<AllUsers> for_each_subject(UserId const&, Sink&&);
};
struct SubjectWithoutViewer : BothInherited {
    template <class Sink>
    std::optional<AllUsers> for_each_subject(Sink&&) const;
};
static_assert(PresenceRouter<SubjectsAnswer<std::optional<AllUsers>>>);
static_assert(!PresenceRouter<SubjectsAnswer<void>>,
              "it would be forgotten that the answer may be all users");
static_assert(!PresenceRouter<SubjectsAnswer<bool>>);
static_assert(!PresenceRouter<SubjectsAnswer<InterestedUsers>>);
static_assert(!PresenceRouter<SubjectNotConst>);
static_assert(!PresenceRouter<SubjectWithoutViewer>);

template <class Answer>
struct StatesAnswer : BothInherited {
    Answer states_for_user(UserId const&, States) const;
};
struct StatesSwapped : BothInherited {
    std::set<UserPresenceState> states_for_user(States, UserId const&) const;
};
static_assert(PresenceRouter<StatesAnswer<std::set<UserPresenceState>>>);
static_assert(!PresenceRouter<StatesAnswer<void>>);
static_assert(!PresenceRouter<StatesAnswer<std::vector<UserPresenceState>>>);
static_assert(!PresenceRouter<StatesAnswer<std::set<UserId>>>);
static_assert(!PresenceRouter<StatesSwapped>);

template <class Answer>
struct SeesAnswers : BothInherited {
    Answer sees(UserId const&, UserId const&) const;
};
struct SeesOfOne : BothInherited {
    bool sees(UserId const&) const;
};
struct SeesOfState : BothInherited {
    bool sees(UserId const&, UserPresenceState const&) const;
};
struct SeesNotConst : BothInherited {
    bool sees(UserId const&, UserId const&);
};
static_assert(PresenceRouter<SeesAnswers<bool>>);
static_assert(!PresenceRouter<SeesAnswers<void>>);
static_assert(!PresenceRouter<SeesAnswers<std::optional<bool>>>);
static_assert(!PresenceRouter<SeesAnswers<std::string>>);
static_assert(!PresenceRouter<SeesOfOne>);
static_assert(!PresenceRouter<SeesOfState>);
static_assert(!PresenceRouter<SeesNotConst>);

struct SeesTemplateAndOverload : BothInherited {
    template <class Id>
        requires std::same_as<Id, UserId>
    bool sees(Id const&, Id const&) const;
    bool sees(std::string const&) const;
};
static_assert(PresenceRouter<SeesTemplateAndOverload>);

TEST_CASE("the concept can be asked at run time's side too", "[router]") {
    Implementation const implementation;
    Interface const& router = implementation;
    auto const accepts = []<class R>(R const&) { return PresenceRouter<R>; };
    CHECK(accepts(router));
    CHECK(accepts(implementation));
    CHECK_FALSE(accepts(42));
}

} // namespace
