// SPDX-License-Identifier: BSL-1.0
#include <presence_router/adaptors/guarded.hpp>

#include "support/catch.hpp"
#include "support/routers.hpp"

#include <presence_router/chain.hpp>
#include <presence_router/router.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace presence_router;
using support::Edge;
using support::Everything;
using support::Failing;
using support::Failure;
using support::Interest;
using support::Note;
using support::Routed;

namespace {

using Notes = std::span<Note const>;

std::vector<Note> const batch{{1, 10}, {2, 20}, {3, 30}};

struct Ignore {
    void operator()(std::exception_ptr const&) const {}
};

std::string text_of(std::exception_ptr const& error) {
    try {
        std::rethrow_exception(error);
    } catch (std::exception const& exception) {
        return exception.what();
    } catch (...) {
        return "not a std::exception";
    }
}

// Nothing to store, nothing stored.
static_assert(sizeof(Guarded<Edge<1, 2>, Ignore>) == 1);
static_assert(std::is_trivially_copyable_v<Guarded<Edge<1, 2>, Ignore>>);
static_assert(std::is_trivially_default_constructible_v<Guarded<Edge<1, 2>, Ignore>>);
static_assert(PresenceRouter<Guarded<Edge<1, 2>, Ignore>> && PresenceRouter<Guarded<Failing, Ignore>>);
static_assert(std::same_as<Guarded<Failing, Ignore>::user_id_type, int>);
static_assert(std::same_as<Guarded<Failing, Ignore>::state_type, Note>);

// --- the router fails

TEST_CASE("a router that fails contributes nothing, on any lane", "[guarded]") {
    int failures = 0;
    auto const router = Failing{} | guarded([&](std::exception_ptr const&) { ++failures; });
    CHECK(router.get_users_for_states(batch).empty());
    CHECK(router.get_interested_users(7) == Interest{});
    CHECK(failures == 2);
    router.for_each_route(batch, [](int, Note const&) { CHECK(false); });
    CHECK(failures == 3);
    CHECK(router.for_each_subject(7, [](int) { CHECK(false); }) == std::nullopt);
    CHECK(failures == 4);
    CHECK(router.states_for_user(7, batch).empty());
    CHECK(failures == 5);
    CHECK_FALSE(router.sees(7, 2));
    CHECK(failures == 6);
}

TEST_CASE("the other routers' results stay, on any lane", "[guarded]") {
    PresenceRouterChain const chain{Edge<7, 1>{}, Failing{} | guarded(Ignore{}), Edge<7, 2>{}};
    CHECK(chain.get_users_for_states(batch) == Routed{{7, {{1, 10}, {2, 20}}}});
    CHECK(chain.get_interested_users(7) == Interest{std::set{1, 2}});
    CHECK(chain.states_for_user(7, batch) == std::set<Note>{{1, 10}, {2, 20}});
    CHECK(chain.sees(7, 2));
    CHECK_FALSE(chain.sees(7, 3));
    std::vector<int> told;
    chain.for_each_route(batch,
                         [&](int viewer, Note const& note) { told.push_back(10 * viewer + note.user_id); });
    CHECK(told == std::vector{71, 72});
    std::vector<int> subjects;
    chain.for_each_subject(7, [&](int subject) { subjects.push_back(subject); });
    CHECK(subjects == std::vector{1, 2});
}

struct HalfThenFails
    : support::SpeaksNotes { // fails in the middle of a lazy answer, after the callback came back
    auto get_users_for_states(Notes notes) const {
        return notes | std::views::transform([](Note const& note) {
                   if (note.user_id == 2) throw Failure{};
                   return std::pair{7, note};
               });
    }
    auto get_interested_users(int) const noexcept { // noexcept, and yet reading its answer throws
        return std::views::iota(1, 5) | std::views::transform([](int subject) {
                   if (subject == 3) throw Failure{};
                   return subject;
               });
    }
};

TEST_CASE("an answer that fails while it is read is no half answer", "[guarded]") {
    int failures = 0;
    auto const router = HalfThenFails{} | guarded([&](std::exception_ptr const&) { ++failures; });
    CHECK(router.get_users_for_states(batch).empty());
    CHECK(router.get_interested_users(7) == Interest{});
    router.for_each_route(batch, [](int, Note const&) { CHECK(false); });
    router.for_each_subject(7, [](int) { CHECK(false); });
    CHECK(router.states_for_user(7, batch).empty());
    CHECK_FALSE(router.sees(7, 1));
    CHECK(failures == 6);
    CHECK(router.get_users_for_states({{1, 10}}) == Routed{{7, {{1, 10}}}}); // nothing goes wrong here
    CHECK(failures == 6);
}

struct NoexceptPush : support::SpeaksNotes { // likewise on the push side
    auto get_users_for_states(Notes notes) const noexcept {
        return notes | std::views::transform([](Note const& note) -> std::pair<int, Note> {
                   if (note.user_id == 2) throw Failure{};
                   return {7, note};
               });
    }
    std::set<int> get_interested_users(int) const noexcept { return {1}; }
};

TEST_CASE("a lazy answer of a noexcept callback is guarded too", "[guarded]") {
    auto const router = NoexceptPush{} | guarded(Ignore{});
    std::vector<int> told;
    router.for_each_route(batch, [&](int viewer, Note const&) { told.push_back(viewer); });
    CHECK(told.empty());
    CHECK(router.get_interested_users(7) == Interest{std::set{1}});
}

struct AllThenFails : support::SpeaksNotes {
    AllUsers get_interested_users(int) const { return all_users; }
    Routed get_users_for_states(Notes) const { throw Failure{}; }
};

TEST_CASE("sees fails closed when the push side that was to decide fails", "[guarded]") {
    auto const router = AllThenFails{} | guarded(Ignore{});
    CHECK(router.get_interested_users(7) == Interest{all_users});
    CHECK_FALSE(router.sees(7, 2));
    CHECK_FALSE(presence_router::sees(router, 7, 7));
}

// --- on_error

TEST_CASE("on_error is called inside the handler", "[guarded]") {
    bool handling = false;
    std::string text;
    auto const router = Failing{} | guarded([&](std::exception_ptr const& error) {
                            handling =
                                std::current_exception() != nullptr && std::current_exception() == error;
                            text = text_of(error);
                        });
    CHECK_FALSE(router.sees(7, 2));
    CHECK(handling);
    CHECK(text == "this router is broken");
    CHECK(std::current_exception() == nullptr);
}

struct Cancelled {};

TEST_CASE("what on_error throws passes: so does a cancellation", "[guarded]") {
    auto const cancels = support::pulling([](int) -> std::set<int> { throw Cancelled{}; });
    auto const but_not_cancellation = [](std::exception_ptr const& error) {
        try {
            std::rethrow_exception(error);
        } catch (Cancelled const&) {
            throw;
        } catch (...) {
        }
    };
    CHECK_THROWS_AS((cancels | guarded(but_not_cancellation)).get_interested_users(7), Cancelled);
    CHECK((Failing{} | guarded(but_not_cancellation)).get_interested_users(7) == Interest{});

    auto const rethrows = Failing{} | guarded([](std::exception_ptr const&) { throw; });
    CHECK_THROWS_AS(rethrows.get_users_for_states(batch), Failure);
    CHECK_THROWS_AS(rethrows.get_interested_users(7), Failure);
    CHECK_THROWS_AS(rethrows.for_each_route(batch, [](int, Note const&) {}), Failure);
    CHECK_THROWS_AS(rethrows.for_each_subject(7, [](int) {}), Failure);
    CHECK_THROWS_AS(rethrows.states_for_user(7, batch), Failure);
    CHECK_THROWS_AS(rethrows.sees(7, 2), Failure);
    auto const other = Failing{} | guarded([](std::exception_ptr const&) { throw 5; });
    CHECK_THROWS_AS(other.sees(7, 2), int);
}

TEST_CASE("anything can be thrown", "[guarded]") {
    std::string text;
    auto const throws_int = support::pulling([](int) -> std::set<int> { throw 42; });
    auto const router = throws_int | guarded([&](std::exception_ptr const& error) { text = text_of(error); });
    CHECK(router.get_interested_users(7) == Interest{});
    CHECK(text == "not a std::exception");
}

int failures_counted = 0;
void count_failure(std::exception_ptr) { ++failures_counted; }
struct Reporter {
    void report(std::exception_ptr const&) const { ++failures_counted; }
};

TEST_CASE("on_error may be any callable", "[guarded]") {
    failures_counted = 0;
    CHECK_FALSE((Failing{} | guarded(count_failure)).sees(7, 2));
    CHECK_FALSE((Failing{} | guarded(std::function<void(std::exception_ptr)>{count_failure})).sees(7, 2));
    Reporter const reporter;
    CHECK_FALSE((Failing{} | guarded(std::bind_front(&Reporter::report, &reporter))).sees(7, 2));
    CHECK(failures_counted == 3);
}

TEST_CASE("on_error may be one that can only be moved", "[guarded]") {
    auto count = std::make_unique<int>(0);
    int const& counted = *count;
    auto const router =
        Failing{} | guarded([owned = std::move(count)](std::exception_ptr const&) { ++*owned; });
    CHECK_FALSE(router.sees(7, 2));
    CHECK(counted == 1);

    auto ignore = [owned = std::make_unique<int>(0)](std::exception_ptr const&) {};
    CHECK_FALSE((Failing{} | (guarded(std::move(ignore)) | guarded(Ignore{}))).sees(7, 2));
}

// --- the caller's sink fails

template <class Router>
void a_failing_sink_is_the_callers(Router const& router) {
    int asked = 0;
    CHECK_THROWS_AS(router.for_each_route(batch,
                                          [&](int, Note const&) {
                                              ++asked;
                                              throw Cancelled{};
                                          }),
                    Cancelled);
    CHECK(asked == 1);
    CHECK_THROWS_AS(router.for_each_subject(7, [](int) { throw Cancelled{}; }), Cancelled);
}

TEST_CASE("what the caller's sink throws is never taken for the router's", "[guarded]") {
    int failures = 0;
    auto const isolate = guarded([&](std::exception_ptr const&) { ++failures; });
    a_failing_sink_is_the_callers(support::Scripted{{{7, {{1, 10}, {2, 20}}}}, std::set{1, 2}} | isolate);
    a_failing_sink_is_the_callers(Edge<7, 1>{} | isolate); // which is noexcept, if its sink is: no buffer
    a_failing_sink_is_the_callers(Edge<7, 1>{} | isolate | isolate);
    a_failing_sink_is_the_callers(PresenceRouterChain{Edge<7, 1>{} | isolate, Edge<7, 2>{}} | isolate);
    CHECK(failures == 0);
}

TEST_CASE("a buffered answer stops when the sink says so", "[guarded]") {
    auto const router =
        support::Scripted{{{7, {{1, 10}, {2, 20}}}, {8, {{1, 10}}}}, std::set{1, 2, 3}} | guarded(Ignore{});
    int shown = 0;
    router.for_each_route(batch, [&](int, Note const&) { return ++shown < 2; });
    CHECK(shown == 2);
    shown = 0;
    router.for_each_subject(7, [&](int) { return ++shown < 2; });
    CHECK(shown == 2);
}

TEST_CASE("states of the batch are shown as they lie there, others as copies that live for the call",
          "[guarded]") {
    auto const mixed = support::pushing([](Notes notes) {
                           return std::vector<std::pair<int, std::vector<Note>>>{{7, {notes[0], Note{1, 0}}}};
                       }) |
                       guarded(Ignore{});
    auto const lent =
        support::pushing([](Notes notes) { return std::vector{std::pair{7, notes}}; }) | guarded(Ignore{});
    std::vector<Note> shown;
    mixed.for_each_route(batch, [&](int, Note const& note) { shown.push_back(note); });
    CHECK(shown == std::vector<Note>{{1, 10}, {1, 0}});
    std::vector<Note const*> addresses;
    lent.for_each_route(batch, [&](int, Note const& note) { addresses.push_back(&note); });
    CHECK(addresses == std::vector<Note const*>{&batch[0], &batch[1], &batch[2]});
}

// --- nothing fails

TEST_CASE("a guard changes nothing where nothing fails", "[guarded]") {
    support::Scripted const inner{{{7, {{1, 10}}}, {8, {}}}, std::set{1}};
    auto const router = inner | guarded(Ignore{});
    CHECK(router.get_users_for_states(batch) == inner.get_users_for_states(batch));
    CHECK(router.get_interested_users(7) == inner.get_interested_users(7));
    CHECK(router.states_for_user(7, batch) == std::set<Note>{{1, 10}});
    CHECK(router.sees(7, 1));
    auto const all = Everything<7>{} | guarded(Ignore{});
    CHECK(all.get_interested_users(7) == Interest{all_users});
    CHECK(all.for_each_subject(7, [](int) {}) == all_users);
}

TEST_CASE("a guarded router may be referred to, and guarded again", "[guarded]") {
    Edge<7, 1> const edge;
    auto const router = std::cref(edge) | guarded(Ignore{}) | guarded(Ignore{});
    CHECK(router.get_interested_users(7) == Interest{std::set{1}});
    auto const both = guarded(Ignore{}) | guarded(Ignore{});
    CHECK((Failing{} | both).get_interested_users(7) == Interest{});
}

static_assert(noexcept(std::declval<Guarded<Edge<1, 2>, Ignore> const&>().sees(1, 2)));
static_assert(!noexcept(std::declval<Guarded<Failing, Ignore> const&>().sees(1, 2)), "on_error may throw");

// A router that cannot fail is streamed through the guard, without a buffer: also at compile time.
constexpr auto guarded_constant = Edge<7, 1>{} | guarded(Ignore{});
constexpr std::array constant_batch{Note{1, 10}, Note{2, 20}, Note{1, 3}};
constexpr int sum_of_moods() {
    int sum = 0;
    guarded_constant.for_each_route(constant_batch,
                                    [&](int, Note const& note) noexcept { sum += note.mood; });
    return sum;
}
static_assert(sum_of_moods() == 13);
static_assert(guarded_constant.sees(7, 1) && !guarded_constant.sees(7, 2));
static_assert(!guarded_constant.for_each_subject(7, [](int) noexcept {}));

} // namespace
