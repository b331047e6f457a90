// SPDX-License-Identifier: BSL-1.0
#include <presence_router/async/await_cancelled.hpp>

#include "support/catch.hpp"
#include "support/future.hpp"
#include "support/routers.hpp"
#include "support/task.hpp"
#include "support/waiting.hpp"

#include <presence_router/adaptors/guarded.hpp>
#include <presence_router/adaptors/observed.hpp>
#include <presence_router/adaptors/subjects.hpp>
#include <presence_router/adaptors/viewers.hpp>
#include <presence_router/async/async_chain.hpp>

#include <exception>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

using namespace presence_router;
using support::answer_of;
using support::Cancelled;
using support::Future;
using support::Interest;
using support::Loop;
using support::Note;
using support::Routed;
using support::Task;
using support::Turn;
using support::Waiting;
using support::WaitingFailing;

namespace {

std::vector<Note> const batch{{1, 10}, {2, 20}};

struct Cancelling : support::SpeaksNotes {
    Loop* loop;
    explicit Cancelling(Loop& of) : loop{&of} {}
    Task<Routed> get_users_for_states(std::span<Note const>) const {
        co_await loop->turn();
        throw Cancelled{};
    }
    Task<Interest> get_interested_users(int) const {
        co_await loop->turn();
        throw Cancelled{};
    }
};

auto count(int& failures) {
    return guarded([&failures](std::exception_ptr const&) { ++failures; });
}

bool is_odd(int user) { return user % 2 != 0; }

} // namespace

TEST_CASE("a cancellation passes guarded, and nobody after it is started", "[async]") {
    for (Turn const turn : {Turn::at_once, Turn::next}) {
        Loop loop{turn};
        int failures = 0;
        std::vector<std::string> started;
        auto const chain =
            async_chain<Task>(WaitingFailing{loop} | count(failures), Cancelling{loop} | count(failures),
                              Waiting{loop, {}, {}, "later", &started} | count(failures));
        CHECK_THROWS_AS(answer_of(chain.get_users_for_states(batch), loop), Cancelled);
        CHECK(failures == 1);
        CHECK_THROWS_AS(answer_of(chain.get_interested_users(1), loop), Cancelled);
        CHECK(failures == 2);
        CHECK(started.empty());
    }
}

TEST_CASE("a cancellation passes guarded through whatever stands between", "[async]") {
    Loop loop;
    int failures = 0;
    std::vector<Observation> seen;
    Cancelling const router{loop};
    auto const policy = async_chain<Task>(std::ref(router) | only_viewers(is_odd) | count(failures) |
                                          observed([&](Observation const& call) { seen.push_back(call); }) |
                                          without_subjects(is_odd)) |
                        count(failures);
    CHECK_THROWS_AS(answer_of(policy.get_users_for_states(batch), loop), Cancelled);
    CHECK_THROWS_AS(answer_of(policy.get_interested_users(1), loop), Cancelled);
    CHECK(failures == 0);
    CHECK(seen.size() == 2);
    CHECK(answer_of(policy.get_interested_users(2), loop) == Interest{});
}

TEST_CASE("nobody cancels a router that does not wait: what it throws is for on_error", "[async]") {
    int failures = 0;
    auto const cancels = [](int) -> bool { throw Cancelled{}; };
    auto const plain = support::Everything<1>{} | only_viewers(cancels) | count(failures);
    CHECK(plain.get_users_for_states(batch).empty());
    CHECK(failures == 1);
}

TEST_CASE("no exception is a cancellation where the host says nothing", "[async]") {
    CHECK_FALSE(AwaitCancelled<Future<int>>::by(std::make_exception_ptr(Cancelled{})));
    CHECK(AwaitCancelled<Task<int>>::by(std::make_exception_ptr(Cancelled{})));
    CHECK_FALSE(AwaitCancelled<Task<int>>::by(std::make_exception_ptr(support::Failure{})));

    struct Ends : support::SpeaksNotes {
        Future<Routed> get_users_for_states(std::span<Note const>) const {
            throw Cancelled{};
            co_return Routed{};
        }
        Future<Interest> get_interested_users(int) const {
            throw Cancelled{};
            co_return Interest{};
        }
    };
    int failures = 0;
    Interest answer{all_users};
    auto const router = Ends{} | count(failures);
    router.get_interested_users(1).then([&](Interest interest) { answer = interest; });
    CHECK(answer == Interest{});
    CHECK(failures == 1);
}
