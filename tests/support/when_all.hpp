// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/task.hpp"

#include <coroutine>
#include <cstddef>
#include <tuple>
#include <utility>

namespace support {

/// Starts all tasks, in their order, and answers when all are done.
struct WhenAll {
    template <class... T>
    auto operator()(Task<T>... tasks) const {
        return Joined<T...>{{std::move(tasks)...}, {}};
    }

private:
    template <class... T>
    struct Joined {
        std::tuple<Task<T>...> tasks;
        std::coroutine_handle<> awaiting;
        std::size_t left = sizeof...(T);

        bool await_ready() const noexcept { return false; }
        bool await_suspend(std::coroutine_handle<> handle) {
            // Those that are done before this returns need not resume.
            ++left;
            std::apply([this](auto&... task) { (task.start([this] { done(); }), ...); }, tasks);
            awaiting = handle;
            return --left != 0;
        }
        std::tuple<T...> await_resume() {
            return std::apply([](auto&... task) { return std::tuple<T...>{task.await_resume()...}; }, tasks);
        }
        void done() {
            if (--left == 0) awaiting.resume();
        }
    };
};

} // namespace support
