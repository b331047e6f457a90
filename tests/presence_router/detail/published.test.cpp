// SPDX-License-Identifier: BSL-1.0
#include <presence_router/detail/published.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <vector>

using presence_router::detail::Published;

namespace {

/// Knows how many of its kind there are, and, to its end, that it is whole.
struct Counted {
    Counted(int value, std::atomic<int>& count) : numbers(8, value), alive{&count} { ++*alive; }
    Counted(Counted const&) = delete;
    Counted& operator=(Counted const&) = delete;
    ~Counted() {
        for (int& number : numbers) number = -1;
        --*alive;
    }
    bool whole() const {
        for (int const number : numbers)
            if (number < 0 || number != numbers.front()) return false;
        return true;
    }
    std::vector<int> numbers;
    std::atomic<int>* alive;
};

struct Fixture {
    std::atomic<int> alive{0};
    Published<Counted> published{std::make_unique<Counted const>(0, alive)};

    void put(int value) {
        published.replace([&](Counted const&) { return std::make_unique<Counted const>(value, alive); });
    }
    int get() const {
        return published.read([](Counted const& now) { return now.numbers.front(); });
    }
};

static_assert(!std::is_copy_constructible_v<Published<int>> && !std::is_move_constructible_v<Published<int>>);

} // namespace

TEST_CASE("what is published is read, and what it replaced is freed at once if nobody reads") {
    std::atomic<int> alive{0};
    {
        Published<Counted> published{std::make_unique<Counted const>(1, alive)};
        CHECK(alive == 1);
        CHECK(published.replace(
            [&](Counted const& now) { return std::make_unique<Counted const>(now.numbers[0] + 1, alive); }));
        CHECK(alive == 1);
        CHECK(published.read([](Counted const& now) { return now.numbers[0]; }) == 2);
        CHECK_FALSE(published.replace([](Counted const&) { return std::unique_ptr<Counted const>{}; }));
        CHECK(published.read([](Counted const& now) { return now.numbers[0]; }) == 2);
        CHECK_THROWS_AS(published.replace([](Counted const&) -> std::unique_ptr<Counted const> {
            throw std::runtime_error{"no replacement"};
        }),
                        std::runtime_error);
        CHECK(published.read([](Counted const& now) { return now.numbers[0]; }) == 2);
    }
    CHECK(alive == 0);
}

TEST_CASE("what a reader has lives until it is done, and is freed by a later replacement or by waiting") {
    Fixture fixture;
    fixture.published.read([&](Counted const& outer) {
        for (int value = 1; value <= 5; ++value) {
            fixture.put(value); // from inside a read
            CHECK(fixture.get() == value);
        }
        fixture.published.read([&](Counted const& inner) {
            fixture.put(6);
            CHECK(inner.whole());
            CHECK(inner.numbers[0] == 5);
        });
        CHECK(outer.whole());
        CHECK(outer.numbers[0] == 0);
        CHECK(fixture.alive > 1);
    });
    CHECK(fixture.alive > 1); // a reader frees nothing
    SECTION("replacing") {
        fixture.put(7);
        CHECK(fixture.alive == 1);
    }
    SECTION("waiting") {
        fixture.published.wait_for_readers();
        CHECK(fixture.alive == 1);
    }
}

TEST_CASE("a reader that throws is done") {
    Fixture fixture;
    CHECK_THROWS_AS(fixture.published.read([](Counted const&) { throw std::runtime_error{"no"}; }),
                    std::runtime_error);
    fixture.put(1);
    CHECK(fixture.alive == 1);
    fixture.published.wait_for_readers();
}

TEST_CASE("waiting ends when those have left who read before", "[threads]") {
    Fixture fixture;
    std::atomic<bool> reading{false}, leave{false}, whole{false};
    std::thread reader{[&] {
        fixture.published.read([&](Counted const& now) {
            reading = true;
            while (!leave) std::this_thread::yield();
            whole = now.whole();
        });
    }};
    while (!reading) std::this_thread::yield();
    fixture.put(1);
    fixture.put(2);
    CHECK(fixture.alive >= 2); // the reader's, too
    CHECK(fixture.get() == 2); // who comes now need not wait
    std::thread releasing{[&] { leave = true; }};
    fixture.published.wait_for_readers();
    CHECK(whole);
    CHECK(fixture.alive == 1);
    releasing.join();
    reader.join();
}

TEST_CASE("waiting ends when what another thread frees is gone", "[threads]") {
    struct Slow {
        std::atomic<int>* state;
        ~Slow() {
            if (!state) return;
            *state = 1;
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
            *state = 2;
        }
    };
    std::atomic<int> state{0};
    Published<Slow> published{std::unique_ptr<Slow const>{new Slow{&state}}};
    std::thread writer{[&] {
        published.replace([](Slow const&) { return std::unique_ptr<Slow const>{new Slow{nullptr}}; });
    }};
    while (state == 0) std::this_thread::yield();
    published.wait_for_readers();
    CHECK(state == 2);
    writer.join();
}

TEST_CASE("readers, replacements and waiting, all at once", "[threads]") {
    Fixture fixture;
    std::atomic<int> mistakes{0}, writers{3};
    std::vector<std::thread> threads;
    for (int reader = 0; reader < 4; ++reader)
        threads.emplace_back([&] {
            for (int last = 0; writers > 0;) {
                fixture.published.read([&](Counted const& outer) {
                    mistakes += !outer.whole();
                    int const now = fixture.get();
                    mistakes += now < outer.numbers[0] || outer.numbers[0] < last;
                    mistakes += !outer.whole();
                    last = outer.numbers[0];
                });
            }
        });
    for (int writer = 0; writer < 3; ++writer)
        threads.emplace_back([&, writer] {
            for (int times = 0; times < 400; ++times) {
                fixture.published.replace([&](Counted const& now) {
                    return std::make_unique<Counted const>(now.numbers[0] + 1, fixture.alive);
                });
                if (writer == 0 && times % 20 == 0) fixture.published.wait_for_readers();
                if (writer == 1) std::this_thread::yield();
            }
            --writers;
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(mistakes == 0);
    CHECK(fixture.get() == 1'200); // no replacement was lost
    fixture.published.wait_for_readers();
    CHECK(fixture.alive == 1);
}
