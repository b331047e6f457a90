// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/answers.hpp>
#include <presence_router/interested_users.hpp>
#include <presence_router/users_for_states.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <span>
#include <utility>

namespace presence_router::inline v0::detail {

/// The answer that a waiting router gave, or the exception, as a router that need not wait: what adaptors are
/// put on. It gives the answer away, so it is asked once, and the question that was awaited.
template <class Id, class State, class Answer>
class AwaitedRouter {
public:
    using user_id_type = Id;
    using state_type = State;

    template <class Given>
    void set_answer(Given&& given) {
        answer_.emplace(std::forward<Given>(given));
    }
    void set_error(std::exception_ptr error, bool is_cancellation) noexcept {
        error_ = std::move(error);
        is_cancelled_ = is_cancellation;
    }

    /// Whether what it throws is how the host cancels, and so is not for `guarded` to keep.
    bool is_cancelled() const noexcept { return is_cancelled_; }

    /// When the wait began: what `observed` reports is how long it took, and not how long the answer took to
    /// read.
    std::chrono::steady_clock::time_point asked_at() const noexcept { return asked_at_; }

    decltype(auto) get_users_for_states(std::span<State const>) {
        if constexpr (PushAnswer<Answer, Id, State>) return take();
        else return BasicUsersForStates<Id, State>{};
    }

    decltype(auto) get_interested_users(Id const&) {
        if constexpr (PullAnswer<Answer, Id>) return take();
        else return BasicInterestedUsers<Id>{};
    }

private:
    Answer&& take() {
        if (error_) std::rethrow_exception(error_);
        return std::move(*answer_);
    }

    std::chrono::steady_clock::time_point asked_at_ = std::chrono::steady_clock::now();
    std::optional<Answer> answer_;
    std::exception_ptr error_;
    bool is_cancelled_ = false;
};

template <class R>
inline constexpr bool is_awaited = false;
template <class Id, class State, class Answer>
inline constexpr bool is_awaited<AwaitedRouter<Id, State, Answer>> = true;

} // namespace presence_router::inline v0::detail
