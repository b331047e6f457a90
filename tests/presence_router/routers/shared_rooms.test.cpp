// SPDX-License-Identifier: BSL-1.0
#include <presence_router/routers/shared_rooms.hpp>

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/raw_sink.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/chain.hpp>
#include <presence_router/predicates/at_most.hpp>
#include <presence_router/predicates/direct_chats.hpp>
#include <presence_router/predicates/one_of.hpp>
#include <presence_router/router.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <exception>
#include <forward_list>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <range/v3/view/transform.hpp>
#include <ranges>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Interest;
using support::Note;
using support::Routed;

namespace {

/// Rooms and users are numbers. Answers by reference.
class Guilds {
public:
    using user_id_type = int;
    using state_type = Note;

    void join(int room, std::vector<int> const& users) {
        for (int const user : users) {
            rooms_[user].push_back(room);
            members_[room].push_back(user);
        }
    }
    void empty(int room) {
        for (int const user : members_[room]) std::erase(rooms_[user], room);
        members_[room].clear();
    }

    std::vector<int> const& rooms_of(int user) const noexcept { return of(rooms_, user); }
    std::vector<int> const& members_of(int room) const noexcept { return of(members_, room); }
    bool is_member(int room, int user) const noexcept {
        std::vector<int> const& members = of(members_, room);
        return std::find(members.begin(), members.end(), user) != members.end();
    }
    std::size_t member_count(int room) const noexcept { return of(members_, room).size(); }
    bool is_direct(int room) const noexcept { return room < 0; }

private:
    static std::vector<int> const& of(std::map<int, std::vector<int>> const& lists, int key) noexcept {
        static std::vector<int> const none;
        auto const found = lists.find(key);
        return found == lists.end() ? none : found->second;
    }

    std::map<int, std::vector<int>> rooms_, members_;
};

Guilds overlapping() {
    Guilds guilds;
    guilds.join(10, {1, 2, 3});
    guilds.join(20, {1, 2, 4});
    guilds.join(30, {5, 2, 1});
    guilds.join(-1, {1, 6});
    guilds.join(40, {7});
    return guilds;
}

template <class Router>
std::vector<int> told_of(Router const& router, int subject) {
    std::vector<int> viewers;
    router.for_each_route(Note{subject, 0}, [&](int viewer, Note const& note) {
        CHECK(note.user_id == subject);
        viewers.push_back(viewer);
        return true;
    });
    std::sort(viewers.begin(), viewers.end());
    return viewers;
}

template <class Router>
std::vector<int> shown_to(Router const& router, int viewer) {
    std::vector<int> subjects;
    CHECK_FALSE(router.for_each_subject(viewer, [&](int subject) {
        subjects.push_back(subject);
        return true;
    }));
    std::sort(subjects.begin(), subjects.end());
    return subjects;
}

using Users = std::vector<int>;

} // namespace

static_assert(PresenceRouter<SharedRooms<Guilds>>);
static_assert(std::is_same_v<decltype(SharedRooms{std::declval<Guilds const&>()}),
                             SharedRooms<Guilds, EveryRoom, Note>>);
static_assert(sizeof(SharedRooms<Guilds>) == sizeof(void*));
static_assert(sizeof(SharedRooms{std::declval<Guilds&>(), direct_chats}) == sizeof(void*));
static_assert(std::is_trivially_copyable_v<SharedRooms<Guilds>>);
static_assert(!std::is_constructible_v<SharedRooms<Guilds>, Guilds>);
static_assert(!std::is_constructible_v<SharedRooms<Guilds>, Guilds const>);
static_assert(std::is_constructible_v<SharedRooms<Guilds>, Guilds&>);
static_assert(!std::is_convertible_v<Guilds&, SharedRooms<Guilds>>);
static_assert(noexcept(std::declval<SharedRooms<Guilds> const&>().sees(1, 2)));
static_assert(
    noexcept(std::declval<decltype(SharedRooms{std::declval<Guilds&>(), direct_chats})&>().sees(1, 2)));
static_assert(!noexcept(std::declval<decltype(SharedRooms{std::declval<Guilds&>(), at_most(1)})&>().sees(1,
                                                                                                         2)));

TEST_CASE("everybody is told of those they share a room with, once however many rooms are shared") {
    Guilds const guilds = overlapping();
    SharedRooms const router{guilds};
    CHECK(told_of(router, 1) == Users{2, 3, 4, 5, 6});
    CHECK(told_of(router, 3) == Users{1, 2});
    CHECK(shown_to(router, 1) == Users{2, 3, 4, 5, 6});
    CHECK(shown_to(router, 6) == Users{1});
    CHECK(router.get_users_for_states({Note{1, 1}, Note{3, 2}}) == Routed{{1, {{3, 2}}},
                                                                          {2, {{1, 1}, {3, 2}}},
                                                                          {3, {{1, 1}}},
                                                                          {4, {{1, 1}}},
                                                                          {5, {{1, 1}}},
                                                                          {6, {{1, 1}}}});
    CHECK(router.get_interested_users(3) == Interest{std::set{1, 2}});
    CHECK(router.states_for_user(3, {Note{1, 1}, Note{4, 1}, Note{2, 9}}) == std::set<Note>{{1, 1}, {2, 9}});
    CHECK(router.sees(1, 5));
    CHECK(router.sees(5, 1));
    CHECK_FALSE(router.sees(3, 4));
    CHECK_FALSE(router.sees(6, 2));
}

TEST_CASE("nobody receives their own presence") {
    Guilds const guilds = overlapping();
    SharedRooms const router{guilds};
    CHECK_FALSE(router.sees(1, 1));
    CHECK(told_of(router, 7).empty()); // alone in a room
    CHECK(shown_to(router, 7).empty());
    CHECK(router.states_for_user(1, {Note{1, 1}}).empty());
}

TEST_CASE("who is in no room, or unknown, has no audience and is in none") {
    Guilds guilds = overlapping();
    SharedRooms const router{guilds};
    CHECK(told_of(router, 99).empty());
    CHECK(shown_to(router, 99).empty());
    CHECK_FALSE(router.sees(99, 1));
    CHECK_FALSE(router.sees(1, 99));
    CHECK_FALSE(router.sees(98, 99));
    CHECK(router.get_users_for_states({}).empty());
}

TEST_CASE("the directory is looked at anew in every call") {
    Guilds guilds = overlapping();
    SharedRooms const router{guilds};
    guilds.empty(20);
    CHECK(told_of(router, 1) == Users{2, 3, 5, 6});
    CHECK_FALSE(router.sees(1, 4));
    guilds.empty(10);
    guilds.empty(30);
    CHECK(told_of(router, 1) == Users{6});
    guilds.empty(-1);
    CHECK(told_of(router, 1).empty());
    guilds.join(50, {4, 1});
    CHECK(told_of(router, 1) == Users{4});
}

TEST_CASE("a room that is not allowed is as if it were not there") {
    Guilds const guilds = overlapping();
    SharedRooms const without{guilds, !one_of(20, -1)};
    CHECK(told_of(without, 1) == Users{2, 3, 5});
    CHECK(shown_to(without, 4).empty());
    CHECK_FALSE(without.sees(1, 4));
    CHECK_FALSE(without.sees(6, 1));
    CHECK(without.sees(1, 2));

    SharedRooms const direct{guilds, direct_chats};
    CHECK(told_of(direct, 1) == Users{6});
    CHECK(shown_to(direct, 6) == Users{1});
    CHECK_FALSE(direct.sees(1, 2));
    CHECK(direct.sees(6, 1));

    SharedRooms const none{guilds, [](int) { return false; }};
    CHECK(told_of(none, 1).empty());
    CHECK_FALSE(none.sees(1, 2));

    SharedRooms const own{guilds,
                          [](Guilds const& directory, int room) { return directory.is_member(room, 5); }};
    CHECK(told_of(own, 1) == Users{2, 5});
}

TEST_CASE("a room of exactly the cap counts, one of one more member does not") {
    Guilds guilds;
    guilds.join(1, {1, 2, 3});
    guilds.join(2, {1, 4, 5, 6});
    SharedRooms const three{guilds, at_most(3)};
    CHECK(told_of(three, 1) == Users{2, 3});
    CHECK(three.sees(3, 1));
    CHECK_FALSE(three.sees(1, 4));
    SharedRooms const two{guilds, at_most(2)};
    CHECK(told_of(two, 1).empty());
    SharedRooms const either{guilds, at_most(3) || one_of(2)};
    CHECK(told_of(either, 1) == Users{2, 3, 4, 5, 6});
    SharedRooms const both{guilds, at_most(4) && !one_of(1)};
    CHECK(told_of(both, 1) == Users{4, 5, 6});
}

TEST_CASE("a sink that answers false is not called again") {
    Guilds const guilds = overlapping();
    SharedRooms const router{guilds};
    std::vector<Note> const batch{{1, 0}, {3, 0}, {2, 0}}; // several rooms, one, several: 5, 2 and 4 viewers
    for (int const enough : {1, 2, 5, 6, 7, 8, 11}) {
        int shown = 0;
        router.for_each_route(batch, support::RawSink([&](int, Note const&) { return ++shown < enough; }));
        CHECK(shown == enough);
    }
    int shown = 0;
    router.for_each_subject(1, support::RawSink([&](int) { return ++shown < 2; }));
    CHECK(shown == 2);
    router.for_each_subject(6, support::RawSink([&](int) { return ++shown < 2; }));
    CHECK(shown == 3);
    shown = 0;
    router.for_each_route(batch, [&](int, Note const&) { ++shown; });
    CHECK(shown == 11);
    router.for_each_subject(1, [&](int) { ++shown; });
    CHECK(shown == 16);
}

TEST_CASE("a predicate that throws grants nothing") {
    Guilds const guilds = overlapping();
    auto const broken = [](int room) -> bool {
        if (room != 10) throw std::runtime_error("no answer");
        return true;
    };
    SharedRooms const router{guilds, broken};
    int shown = 0;
    CHECK_THROWS_AS(router.for_each_route(Note{1, 0}, [&](int, Note const&) { return ++shown > 0; }),
                    std::runtime_error);
    CHECK(shown == 0);
    CHECK_THROWS_AS(router.sees(1, 4), std::runtime_error);
    int errors = 0;
    auto const guarded_router = router | guarded([&](std::exception_ptr const&) { ++errors; });
    CHECK(guarded_router.get_users_for_states({Note{1, 0}}).empty());
    CHECK_FALSE(guarded_router.sees(1, 4));
    CHECK(errors == 2);
}

TEST_CASE("in a chain it is one audience among others") {
    Guilds const guilds = overlapping();
    PresenceRouterChain const chain{SharedRooms{guilds, direct_chats}, SharedRooms{guilds, one_of(10)}};
    CHECK(told_of(chain, 1) == Users{2, 3, 6});
    CHECK(chain.sees(1, 6));
    CHECK_FALSE(chain.sees(1, 5));
}

// --- vocabularies, and ways to answer

namespace {

struct Ordered { // an id without a hash
    int number = 0;
    friend bool operator<(Ordered a, Ordered b) { return a.number < b.number; }
};
struct Hashed { // an id without an order, of few hashes
    int number = 0;
    friend bool operator==(Hashed, Hashed) = default;
};

template <class Id>
struct About {
    Id user_id;
    friend bool operator==(About const&, About const&) = default;
    friend bool operator<(About const& a, About const& b)
        requires(!std::same_as<Id, Hashed>)
    {
        return a.user_id < b.user_id;
    }
};

} // namespace

template <>
struct std::hash<Hashed> {
    std::size_t operator()(Hashed id) const noexcept { return static_cast<std::size_t>(id.number % 5); }
};
template <>
struct std::hash<About<Hashed>> {
    std::size_t operator()(About<Hashed> const& state) const noexcept {
        return std::hash<Hashed>{}(state.user_id);
    }
};

namespace {

template <class Id>
Id user(int number) {
    if constexpr (std::same_as<Id, UserId>) return UserId{"@user_" + std::to_string(number) + ":example.org"};
    else return Id{number};
}

/// Can be read once.
template <class T>
class Once {
public:
    explicit Once(std::vector<T> const& values) : at_{values.data()}, end_{at_ + values.size()} {}
    Once(Once&&) = default;
    Once& operator=(Once&&) = default;

    class Iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using reference = T;
        using pointer = void;

        Iterator() = default;
        explicit Iterator(Once& range) : range_{&range} {}
        T operator*() const { return *range_->at_; }
        Iterator& operator++() {
            ++range_->at_;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(Iterator const& at, std::default_sentinel_t) { return at.range_->done(); }

    private:
        Once* range_ = nullptr;
    };

    Iterator begin() { return Iterator(*this); }
    std::default_sentinel_t end() const { return {}; }

    bool done() const { return at_ == end_; }

private:
    T const* at_;
    T const* end_;
};

struct ByReference {
    template <class T>
    static std::vector<T> const& answer(std::vector<T> const& list) {
        return list;
    }
};
struct ByValue {
    template <class T>
    static std::vector<T> answer(std::vector<T> const& list) {
        return list;
    }
};
struct ByList {
    template <class T>
    static std::forward_list<T> answer(std::vector<T> const& list) {
        return {list.begin(), list.end()};
    }
};
struct BySpan {
    template <class T>
    static std::span<T const> answer(std::vector<T> const& list) {
        return list;
    }
};
struct ByView {
    template <class T>
    static auto answer(std::vector<T> const& list) {
        return list | std::views::transform([](T const& value) { return value; });
    }
};
struct ByRangeView {
    template <class T>
    static auto answer(std::vector<T> const& list) {
        return list | ranges::views::transform([](T const& value) { return value; });
    }
};
struct ByOnce {
    template <class T>
    static Once<T> answer(std::vector<T> const& list) {
        return Once<T>(list);
    }
};

template <class Id, class By>
struct Town {
    using user_id_type = Id;
    using state_type = About<Id>;

    decltype(auto) rooms_of(Id const& id) const {
        for (std::size_t number = 0; number < rooms.size(); ++number)
            if (detail::same_key(user<Id>(static_cast<int>(number)), id)) return By::answer(rooms[number]);
        return By::answer(nowhere);
    }
    decltype(auto) members_of(std::string const& room) const {
        return By::answer(members[static_cast<std::size_t>(std::stoi(room))]);
    }

    std::vector<std::vector<std::string>> rooms; // by user
    std::vector<std::vector<Id>> members;        // by room
    std::vector<std::string> nowhere;
};

template <class Id, class By>
struct TownWithIndex : Town<Id, By> {
    bool is_member(std::string const& room, Id const& id) const {
        for (auto const& member : this->members[static_cast<std::size_t>(std::stoi(room))])
            if (detail::same_key(member, id)) return true;
        return false;
    }
};

/// The three sides of the relation, on random towns, against the definition.
template <class Directory>
void sides_agree() {
    using Id = typename Directory::user_id_type;
    using State = typename Directory::state_type;
    constexpr int users = 14;
    constexpr std::size_t rooms = 7;
    std::mt19937 random{1};
    auto const dice = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
    for (int round = 0; round < 30; ++round) {
        Directory town;
        town.rooms.resize(users);
        town.members.resize(rooms);
        std::set<std::pair<int, std::size_t>> in;
        for (unsigned joined = dice(60); joined > 0; --joined)
            in.emplace(static_cast<int>(dice(users)), dice(rooms));
        for (auto const& [number, room] : in) {
            town.rooms[static_cast<std::size_t>(number)].push_back(std::to_string(room));
            town.members[room].push_back(user<Id>(number)); // a text of its own in each room
        }
        std::size_t const cap = dice(12);
        SharedRooms const router{town, at_most(cap) && !one_of("3")};

        auto const expected = [&](int viewer, int subject) {
            for (std::size_t room = 0; room < rooms; ++room)
                if (room != 3 && town.members[room].size() <= cap && viewer != subject &&
                    in.contains({viewer, room}) && in.contains({subject, room}))
                    return true;
            return false;
        };
        std::vector<State> batch;
        for (int number = 0; number < users; ++number) batch.push_back({user<Id>(number)});
        std::vector<std::vector<int>> pushed(users, std::vector<int>(users));
        auto const number_of = [&](Id const& id) {
            for (int number = 0; number < users; ++number)
                if (detail::same_key(user<Id>(number), id)) return static_cast<std::size_t>(number);
            FAIL("a stranger was shown");
            return std::size_t{0};
        };
        router.for_each_route(batch, [&](Id const& viewer, State const& state) {
            ++pushed[number_of(viewer)][number_of(state.user_id)];
            return true;
        });
        bool right = true;
        for (int viewer = 0; viewer < users; ++viewer) {
            std::vector<int> pulled(users);
            router.for_each_subject(user<Id>(viewer), [&](Id const& subject) {
                ++pulled[number_of(subject)];
                return true;
            });
            auto const states = router.states_for_user(user<Id>(viewer), batch);
            for (int subject = 0; subject < users; ++subject) {
                bool const sees = expected(viewer, subject);
                auto const at = static_cast<std::size_t>(subject);
                right = right && pushed[static_cast<std::size_t>(viewer)][at] == sees && pulled[at] == sees &&
                        router.sees(user<Id>(viewer), user<Id>(subject)) == sees &&
                        (states.find(batch[at]) != states.end()) == sees;
            }
        }
        CAPTURE(round);
        CHECK(right);
    }
}

template <class Id>
void sides_agree_in_all_ways() {
    sides_agree<Town<Id, ByReference>>();
    sides_agree<Town<Id, ByValue>>();
    sides_agree<Town<Id, ByList>>();
    sides_agree<Town<Id, BySpan>>();
    sides_agree<Town<Id, ByView>>();
    sides_agree<Town<Id, ByRangeView>>();
    sides_agree<Town<Id, ByOnce>>();
    sides_agree<TownWithIndex<Id, ByReference>>();
    sides_agree<TownWithIndex<Id, ByOnce>>();
}

} // namespace

TEST_CASE("v is routed s if and only if v sees s, and s is pulled, whatever ids and answers are") {
    sides_agree_in_all_ways<int>();
    sides_agree_in_all_ways<Ordered>();
    sides_agree_in_all_ways<Hashed>();
}

TEST_CASE("so it is with Matrix ids, whose texts may be shared or not") {
    sides_agree<Town<UserId, ByReference>>();
    sides_agree<Town<UserId, ByValue>>();
    sides_agree<TownWithIndex<UserId, ByOnce>>();
}

namespace {

struct Plain {
    std::vector<int> rooms_of(UserId const&) const { return {1}; }
    std::vector<UserId> members_of(int) const { return {"@a:x"_user, "@b:x"_user}; }
};
struct Typing {
    UserId user_id;
    friend auto operator<=>(Typing const&, Typing const&) = default;
};

} // namespace

TEST_CASE("the states may be named where the directory does not") {
    Plain const plain;
    SharedRooms<Plain, EveryRoom, Typing> const router{plain};
    CHECK(router.states_for_user("@a:x"_user, {Typing{"@b:x"_user}}).size() == 1);
    STATIC_REQUIRE(std::same_as<state_t<decltype(SharedRooms{plain})>, UserPresenceState>);
    CHECK(SharedRooms{plain}.sees("@a:x"_user, "@b:x"_user));
}

TEST_CASE("sees asks for the rooms of the one who is in fewer") {
    struct Counting : Guilds {
        bool is_member(int room, int user) const noexcept {
            ++asked;
            return Guilds::is_member(room, user);
        }
        mutable int asked = 0;
    };
    Counting counting;
    for (int room = 0; room < 100; ++room) counting.join(room, {1});
    counting.join(200, {1, 2});
    SharedRooms const router{counting};
    CHECK(router.sees(1, 2));
    CHECK(router.sees(2, 1));
    CHECK(counting.asked == 2);

    struct Viewing : Counting { // as RoomDirectory, whose views are counted at no cost either
        auto rooms_of(int user) const noexcept { return std::views::all(Guilds::rooms_of(user)); }
    };
    Viewing viewing;
    for (int room = 0; room < 100; ++room) viewing.join(room, {1});
    viewing.join(200, {1, 2});
    SharedRooms const of_views{viewing};
    CHECK(of_views.sees(1, 2));
    CHECK(of_views.sees(2, 1));
    CHECK(viewing.asked == 2);
}

TEST_CASE("one router serves many threads", "[threads]") {
    Guilds guilds;
    for (int room = 0; room < 20; ++room) {
        Users members{0};
        for (int user = 1; user < 500; ++user)
            if (user % (room + 2) != 0) members.push_back(user);
        guilds.join(room, members);
    }
    SharedRooms const router{guilds, at_most(1'000)};
    std::array<std::size_t, 4> shown{};
    std::array<std::thread, 4> threads;
    for (std::size_t at = 0; at < threads.size(); ++at)
        threads[at] = std::thread{[&, at] {
            for (int round = 0; round < 20; ++round) {
                router.for_each_route(Note{0, round}, [&](int, Note const&) { return ++shown[at] > 0; });
                router.for_each_subject(round + 1, [&](int) { return ++shown[at] > 0; });
                shown[at] += router.sees(round + 1, round + 2);
            }
        }};
    for (std::thread& thread : threads) thread.join();
    CHECK(shown[0] > 20U * 499U);
    CHECK(std::all_of(shown.begin(), shown.end(), [&](std::size_t one) { return one == shown[0]; }));
}
