// SPDX-License-Identifier: BSL-1.0
#include <presence_router/delivery/recipient_tracker.hpp>

#include "support/catch.hpp"
#include "support/single_pass.hpp"

#include <presence_router/delivery/servers_of.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;

// Ids of other kinds: with < and no hash; with a hash and no <.
namespace tracked_kinds {

struct Ordered {
    int value = 0;
    friend bool operator<(Ordered a, Ordered b) { return a.value < b.value; }
};
struct Hashed {
    int value = 0;
    friend bool operator==(Hashed, Hashed) = default;
};

} // namespace tracked_kinds

template <>
struct std::hash<tracked_kinds::Hashed> {
    std::size_t operator()(tracked_kinds::Hashed id) const noexcept {
        return static_cast<std::size_t>(id.value % 3);
    }
};

namespace {

using Tracker = BasicRecipientTracker<int>;
using Ints = std::set<int>;

static_assert(std::regular<Tracker> && std::regular<RecipientTracker> &&
              std::regular<ServerRecipientTracker>);
static_assert(std::is_nothrow_move_constructible_v<RecipientTracker> &&
              std::is_nothrow_move_assignable_v<RecipientTracker>);
static_assert(noexcept(std::declval<Tracker&>().forget(1)) &&
              noexcept(std::declval<Tracker&>().forget_recipient(1)) &&
              noexcept(std::declval<Tracker const&>().known(1)) &&
              noexcept(std::declval<Tracker const&>().is_told(1, 1)) &&
              noexcept(std::declval<Tracker const&>().recipients(1)));
static_assert(std::same_as<RecipientTracker::recipient_type, UserId> &&
              std::same_as<ServerRecipientTracker::recipient_type, std::string>);
static_assert(std::is_constructible_v<Tracker, std::map<int, Ints>>);
static_assert(std::is_constructible_v<Tracker, decltype(std::declval<Tracker const&>().entries())>);
static_assert(!std::is_convertible_v<std::map<int, Ints>, Tracker>, "reading back is said");
static_assert(!std::is_constructible_v<Tracker, std::map<int, int>>);
static_assert(!std::is_constructible_v<Tracker, Ints>);

template <class T>
concept TakesTexts = requires(T tracker) { tracker.update(1, std::vector<std::string>{}); };
static_assert(!TakesTexts<Tracker> && TakesTexts<BasicRecipientTracker<int, std::string>>);

/// What a change says, in order.
template <class To>
RecipientChange<To> sorted(RecipientChange<To> change) {
    std::ranges::sort(change.gained);
    std::ranges::sort(change.lost);
    return change;
}

Ints told(Tracker const& tracker, int subject) {
    Ints result;
    for (int const recipient : tracker.recipients(subject)) result.insert(recipient);
    return result;
}

template <class T>
std::string error_of(T const& entries) {
    try {
        Tracker const tracker{entries};
    } catch (InvalidRecipients const& error) {
        return error.what();
    }
    return "no error";
}

} // namespace

TEST_CASE("a tracker tells who was gained and who was lost") {
    Tracker tracker;
    CHECK(sorted(tracker.update(7, Ints{1, 2, 3})) == RecipientChange<int>{{1, 2, 3}, {}, true});
    CHECK(sorted(tracker.update(7, Ints{2, 3, 4, 5})) == RecipientChange<int>{{4, 5}, {1}, false});
    CHECK(tracker.update(7, Ints{2, 3, 4, 5}).empty());
    CHECK(told(tracker, 7) == Ints{2, 3, 4, 5});
    CHECK(sorted(tracker.update(7, Ints{})) == RecipientChange<int>{{}, {2, 3, 4, 5}, false});
    CHECK(tracker.size() == 0);
    CHECK(tracker.subject_count() == 1);
}

TEST_CASE("subjects are tracked apart, and may see themselves") {
    Tracker tracker;
    tracker.update(1, Ints{1, 2});
    CHECK(tracker.update(2, Ints{1, 2}) == RecipientChange<int>{{1, 2}, {}, true});
    CHECK(tracker.is_told(1, 1));
    CHECK(tracker.is_told(2, 1));
    tracker.update(2, Ints{});
    CHECK(tracker.is_told(2, 1));
    CHECK_FALSE(tracker.is_told(1, 2));
}

TEST_CASE("a recipient given twice is one, from whatever range") {
    Tracker tracker;
    CHECK(tracker.update(1, std::vector{3, 3, 2, 3}) == RecipientChange<int>{{3, 2}, {}, true});
    support::SinglePass<int> once{2, 4, 4};
    CHECK(tracker.update(1, once) == RecipientChange<int>{{4}, {3}, false});
    CHECK(once.begun() == 1);
    CHECK(tracker.update(1, std::vector{2, 4, 4, 2, 2}).empty());
    CHECK(tracker.update(1, std::vector{4, 4}) == RecipientChange<int>{{}, {2}, false});
}

TEST_CASE("a subject that the tracker was never told of is unknown, not told to nobody") {
    Tracker tracker;
    CHECK_FALSE(tracker.known(1));
    CHECK_FALSE(tracker.is_told(2, 1));
    CHECK(told(tracker, 1).empty());
    CHECK(tracker.apply(1, Ints{}, Ints{2}) == std::nullopt);
    CHECK(tracker == Tracker{});

    CHECK(tracker.update(1, Ints{}) == RecipientChange<int>{{}, {}, true});
    CHECK(tracker.known(1));
    CHECK(tracker.update(1, Ints{}) == RecipientChange<int>{});
    CHECK(tracker != Tracker{});
    CHECK(tracker.apply(1, Ints{}, Ints{2}) == RecipientChange<int>{{2}, {}, false});
}

TEST_CASE("a forgotten subject is unknown again") {
    Tracker tracker;
    tracker.update(1, Ints{2, 3});
    tracker.update(2, Ints{3});
    CHECK(tracker.forget(1));
    CHECK_FALSE(tracker.forget(1));
    CHECK_FALSE(tracker.known(1));
    CHECK_FALSE(tracker.is_told(2, 1));
    CHECK(tracker.is_told(3, 2));
    CHECK(tracker.apply(1, Ints{2}, Ints{4}) == std::nullopt);
    CHECK(tracker.update(1, Ints{2}) == RecipientChange<int>{{2}, {}, true});
}

TEST_CASE("a recipient who is forgotten is gained anew by all") {
    Tracker tracker;
    tracker.update(1, Ints{8, 9});
    tracker.update(2, Ints{9});
    tracker.update(9, Ints{8});
    CHECK(tracker.forget_recipient(9) == 2);
    CHECK(tracker.forget_recipient(9) == 0);
    CHECK(tracker.known(2));
    CHECK(tracker.is_told(8, 9));
    CHECK(tracker.update(1, Ints{8, 9}) == RecipientChange<int>{{9}, {}, false});
    CHECK(tracker.update(2, Ints{}).empty());
}

TEST_CASE("a delta takes away and then adds") {
    Tracker tracker;
    tracker.update(1, Ints{2, 3, 4});
    auto const change = tracker.apply(1, std::vector{2, 2, 3, 7}, std::vector{3, 4, 5, 5});
    REQUIRE(change);
    CHECK(sorted(*change) == RecipientChange<int>{{5}, {2}, false});
    CHECK(told(tracker, 1) == Ints{3, 4, 5});
    CHECK(tracker.apply(1, Ints{9}, Ints{4}) == RecipientChange<int>{});
}

TEST_CASE("to compare changes nothing") {
    Tracker tracker;
    CHECK(tracker.compare(1, Ints{2}) == RecipientChange<int>{{2}, {}, true});
    CHECK(tracker == Tracker{});
    tracker.update(1, Ints{2, 3});
    Tracker const before = tracker;
    CHECK(tracker.compare(1, Ints{3, 4}) == RecipientChange<int>{{4}, {2}, false});
    CHECK(tracker == before);
}

TEST_CASE("a tracker may be fed from its own views") {
    BasicRecipientTracker<std::string> tracker;
    auto const name = [](int number) { return "a user whose name is long: " + std::to_string(number); };
    std::vector<std::string> all;
    for (int number = 0; number < 100; ++number) all.push_back(name(number));
    tracker.update(name(0), std::vector{name(1), name(2)});
    tracker.update(name(1), all);
    tracker.update(tracker.recipients(name(0))[0], tracker.recipients(name(1)));
    tracker.update(name(0), tracker.recipients(name(1)));
    CHECK(tracker.size() >= 200);
    while (tracker.subject_count() != 0) {
        auto const [subject, recipients] = *tracker.entries().begin();
        CHECK(recipients.size() == 100);
        CHECK(tracker.forget(subject));
    }
    CHECK(tracker.size() == 0);
}

TEST_CASE("trackers are values: copies are independent, and equal if they know the same") {
    Tracker one;
    one.update(1, Ints{2, 3});
    one.update(4, Ints{});
    Tracker other = one;
    CHECK(other == one);
    other.update(1, Ints{2});
    CHECK(other != one);
    CHECK(one.is_told(3, 1));
    other.update(1, Ints{3, 2});
    CHECK(other == one); // whatever the order they learnt it in
    other.forget(4);
    CHECK(other != one);
    other.update(5, Ints{});
    CHECK(other != one); // as many, but others
    Tracker swapped;     // the same numbers of subjects and of pairs
    swapped.update(1, Ints{2, 4});
    swapped.update(4, Ints{});
    CHECK(swapped != one);

    Tracker const moved = std::move(other);
    CHECK(moved.is_told(3, 1));
    CHECK(moved.known(5));
    CHECK(other == Tracker{});
    CHECK(other.update(1, Ints{2}).was_unknown);
    other = one;
    CHECK(other == one);
}

TEST_CASE("what a tracker knows is written out and read back") {
    Tracker tracker;
    tracker.update(1, Ints{2, 3});
    tracker.update(4, Ints{});
    tracker.update(5, Ints{1});

    std::ostringstream out;
    std::map<int, Ints> written;
    for (auto const& [subject, recipients] : tracker.entries()) {
        out << subject << ' ' << recipients.size();
        for (int const recipient : recipients) out << ' ' << recipient;
        out << '\n';
        written.emplace(subject, Ints(recipients.begin(), recipients.end()));
    }
    CHECK(written == std::map<int, Ints>{{1, {2, 3}}, {4, {}}, {5, {1}}});

    std::istringstream in{out.str()};
    std::vector<std::pair<int, std::vector<int>>> read;
    int subject = 0;
    std::size_t count = 0;
    while (in >> subject >> count) {
        std::vector<int> recipients(count);
        for (int& recipient : recipients) in >> recipient;
        read.emplace_back(subject, recipients);
    }
    CHECK(Tracker{read} == tracker);
    CHECK(Tracker{written} == tracker);
    CHECK(Tracker{tracker.entries()} == tracker);
    CHECK(Tracker{Tracker{}.entries()} == Tracker{});
    CHECK(Tracker{written}.apply(4, Ints{}, Ints{1}) == RecipientChange<int>{{1}, {}, false});
}

TEST_CASE("entries that no tracker wrote are refused, by name") {
    using Entries = std::vector<std::pair<int, std::vector<int>>>;
    CHECK(error_of(Entries{{1, {2}}, {3, {}}}) == "no error");
    CHECK(error_of(Entries{{1, {2}}, {3, {}}, {1, {4}}}) ==
          "recipients entry 2 (1): the subject stands in an entry before");
    CHECK(error_of(Entries{{1, {2}}, {3, {4, 5, 4}}}) ==
          "recipients entry 1 (3): recipient 2 (4) stands twice");

    std::string reported;
    auto const report = [&](InvalidRecipients const& error) { reported = error.what(); };
    CHECK(Tracker::restore(Entries{{1, {2}}, {3, {4, 5, 4}}}, report) == std::nullopt);
    CHECK(reported == "recipients entry 1 (3): recipient 2 (4) stands twice");
    reported.clear();
    std::optional<Tracker> const restored = Tracker::restore(Entries{{1, {2}}}, report);
    REQUIRE(restored);
    CHECK(restored->is_told(2, 1));
    CHECK(reported.empty());
}

TEST_CASE("a server is gained with its first viewer and lost with its last") {
    ServerRecipientTracker tracker;
    std::vector<std::string> malformed;
    auto const seen_by = [&](std::vector<std::string> const& viewers) {
        return tracker.update("@bob:own"_user, servers_of(viewers, [&](std::string const& viewer) {
                                  malformed.push_back(viewer);
                              }));
    };
    using Change = RecipientChange<std::string>;
    CHECK(seen_by({"@a:x", "@b:x", "broken", "@c:y"}) == Change{{"x", "y"}, {}, true});
    CHECK(malformed == std::vector<std::string>{"broken"});
    CHECK(seen_by({"@b:x", "@c:y"}).empty());
    CHECK(seen_by({"@c:y", "@d:z"}) == Change{{"z"}, {"x"}, false});
    CHECK(seen_by({}).lost.size() == 2);
}

TEST_CASE("ids of other kinds are tracked", "[kinds]") {
    using tracked_kinds::Hashed;
    using tracked_kinds::Ordered;
    BasicRecipientTracker<Ordered> ordered;
    ordered.update({1}, std::vector<Ordered>{{2}, {3}});
    CHECK(ordered.update({1}, std::vector<Ordered>{{3}}).lost.size() == 1);
    CHECK(BasicRecipientTracker<Ordered>{ordered.entries()} == ordered);
    BasicRecipientTracker<Hashed, Ordered> mixed;
    for (int number = 0; number < 50; ++number) mixed.update({number}, std::vector<Ordered>{{2}, {number}});
    CHECK(mixed.subject_count() == 50);
    CHECK(mixed.is_told({2}, {49}));
    CHECK(BasicRecipientTracker<Hashed, Ordered>{mixed.entries()} == mixed);
    CHECK(mixed.forget_recipient({2}) == 50);
}
