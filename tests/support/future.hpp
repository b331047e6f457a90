// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace support {

/// What a host of callbacks has: something that is known later, and `then`. It can be awaited and be what a
/// coroutine returns, so this is all that such a host needs. A coroutine starts at once, unlike a Task.
template <class T>
class Future {
    struct State {
        std::optional<T> value;
        std::exception_ptr error;
        std::function<void()> on_known;

        bool known() const { return value || error; }
        void tell() {
            if (auto const on = std::exchange(on_known, {})) on();
        }
    };

public:
    struct promise_type {
        std::shared_ptr<State> state = std::make_shared<State>();

        Future get_return_object() { return Future{state}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_value(T value) {
            state->value = std::move(value);
            state->tell();
        }
        void unhandled_exception() {
            state->error = std::current_exception();
            state->tell();
        }
    };

    /// One that is known when `set` is called.
    Future() : state_{std::make_shared<State>()} {}
    void set(T value) {
        state_->value = std::move(value);
        state_->tell();
    }

    void then(std::function<void(T)> on_value) {
        auto const tell = [state = state_.get(), on_value = std::move(on_value)] {
            if (state->value) on_value(*state->value);
        };
        if (state_->known()) tell();
        else state_->on_known = tell;
    }

    bool await_ready() const { return state_->known(); }
    void await_suspend(std::coroutine_handle<> awaiting) {
        state_->on_known = [awaiting] { awaiting.resume(); };
    }
    T await_resume() {
        if (state_->error) std::rethrow_exception(state_->error);
        return *state_->value;
    }

private:
    explicit Future(std::shared_ptr<State> state) : state_{std::move(state)} {}
    std::shared_ptr<State> state_;
};

} // namespace support
