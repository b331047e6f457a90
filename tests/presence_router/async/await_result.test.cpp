// SPDX-License-Identifier: BSL-1.0
#include <presence_router/async/await_result.hpp>

#include "support/catch.hpp"
#include "support/task.hpp"

#include <concepts>
#include <coroutine>
#include <map>
#include <memory>

using namespace presence_router;

namespace host {

struct Awaiter {
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<>);
    std::unique_ptr<int> await_resume();
};
struct ByMember {
    Awaiter operator co_await() &&;
};
struct ByFunction {};
Awaiter operator co_await(ByFunction);
struct ByReference {
    bool await_ready() const;
    void await_suspend(std::coroutine_handle<>);
    int const& await_resume();
};
struct NoAwaiter {
    bool await_ready() const;
};

// Awaitable by the coroutines of its own library alone.
template <class T>
struct Transformed {};
template <class T>
struct Claimed {
    bool await_ready() const;
    int await_resume();
};

} // namespace host

template <class T>
struct presence_router::AwaitResult<host::Transformed<T>> {
    using type = T;
};
template <class T>
struct presence_router::AwaitResult<host::Claimed<T>> {
    using type = T;
};

namespace {

template <class A>
concept IsAwaitable = requires { typename await_result_t<A>; };

static_assert(std::same_as<await_result_t<support::Task<char>>, char>);
static_assert(std::same_as<await_result_t<support::Task<char>&>, char>);
static_assert(std::same_as<await_result_t<host::Awaiter>, std::unique_ptr<int>>);
static_assert(std::same_as<await_result_t<host::ByMember>, std::unique_ptr<int>>);
static_assert(std::same_as<await_result_t<host::ByFunction>, std::unique_ptr<int>>);
static_assert(std::same_as<await_result_t<host::ByReference>, int const&>);
static_assert(std::same_as<await_result_t<std::suspend_always>, void>);

static_assert(!IsAwaitable<void> && !IsAwaitable<int> && !IsAwaitable<std::map<int, int>>);
static_assert(!IsAwaitable<host::NoAwaiter>);

static_assert(std::same_as<await_result_t<host::Transformed<char>>, char>);
static_assert(std::same_as<await_result_t<host::Claimed<char>>, char>, "the user has the last word");

} // namespace

TEST_CASE("what co_await gives is known at compile time", "[async]") {
    CHECK(support::answer_of([]() -> support::Task<int> { co_return 3; }()) == 3);
}
