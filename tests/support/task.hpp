// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/async/await_cancelled.hpp>

#include <coroutine>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

// A host's coroutines and its event loop, in as few lines as will do: nothing the library does is Asio's.
namespace support {

/// Starts when it is awaited. One that is done at once goes on in place: no transfer that an unoptimised build
/// would pile up on the stack.
template <class T>
class Task {
public:
    struct promise_type {
        std::optional<T> value{};
        std::exception_ptr error{};
        std::coroutine_handle<> awaiting{};
        std::function<void()> on_done{};
        bool suspended = false; // who awaits is suspended, and has to be resumed

        Task get_return_object() { return Task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct Final {
                bool await_ready() noexcept { return false; }
                void await_suspend(std::coroutine_handle<promise_type> done) noexcept {
                    promise_type& promise = done.promise();
                    // Who goes on may destroy the task, and what it holds.
                    auto const tell = std::move(promise.on_done);
                    if (promise.suspended) promise.awaiting.resume();
                    else if (tell) tell();
                }
                void await_resume() noexcept {}
            };
            return Final{};
        }
        template <class U>
        void return_value(U&& result) {
            value.emplace(std::forward<U>(result));
        }
        void unhandled_exception() { error = std::current_exception(); }
    };

    Task(Task&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
    Task& operator=(Task&&) = delete;
    ~Task() {
        if (handle_) handle_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> awaiting) {
        handle_.promise().awaiting = awaiting;
        handle_.resume();
        handle_.promise().suspended = !handle_.done();
        return handle_.promise().suspended;
    }
    T await_resume() {
        if (handle_.promise().error) std::rethrow_exception(handle_.promise().error);
        return std::move(*handle_.promise().value);
    }

    // For who awaits without being a coroutine.
    void start(std::function<void()> on_done = {}) {
        handle_.promise().on_done = std::move(on_done);
        handle_.resume();
    }
    bool done() const { return handle_.done(); }

private:
    explicit Task(std::coroutine_handle<promise_type> handle) : handle_{handle} {}
    std::coroutine_handle<promise_type> handle_;
};

/// What a router that waits throws when this host cancels it.
struct Cancelled {};

/// When what is awaited of the loop goes on.
enum class Turn {
    at_once,
    next,    // in the order in which they came
    reversed // the last that came is the first
};

/// Resumes who waits for a turn.
class Loop {
public:
    explicit Loop(Turn turn = Turn::next) : turn_{turn} {}

    auto turn() {
        struct Awaiter {
            Loop* loop;
            bool await_ready() const noexcept { return loop->turn_ == Turn::at_once; }
            void await_suspend(std::coroutine_handle<> waiting) { loop->waiting_.push_back(waiting); }
            void await_resume() const noexcept {}
        };
        return Awaiter{this};
    }

    /// Resumes all who wait now; false if nobody does.
    bool run_once() {
        std::vector<std::coroutine_handle<>> now = std::exchange(waiting_, {});
        while (!now.empty()) {
            auto const next = turn_ == Turn::reversed ? now.end() - 1 : now.begin();
            std::coroutine_handle<> const waiting = *next;
            now.erase(next);
            waiting.resume();
        }
        return !waiting_.empty();
    }

    std::size_t waiting() const { return waiting_.size(); }

private:
    Turn turn_;
    std::vector<std::coroutine_handle<>> waiting_;
};

/// What `task` answers when the loop has nothing more to do.
template <class T>
T answer_of(Task<T> task, Loop& loop) {
    task.start();
    while (!task.done()) {
        if (loop.waiting() == 0) std::abort(); // it waits for what never comes
        loop.run_once();
    }
    return task.await_resume();
}

template <class T>
T answer_of(Task<T> task) {
    Loop loop;
    return answer_of(std::move(task), loop);
}

} // namespace support

#ifdef __cpp_exceptions
template <class T>
struct presence_router::AwaitCancelled<support::Task<T>> {
    static bool by(std::exception_ptr const& error) {
        try {
            std::rethrow_exception(error);
        } catch (support::Cancelled const&) {
            return true;
        } catch (...) {
            return false;
        }
    }
};
#endif
