// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/notes.hpp"
#include "support/routers.hpp"
#include "support/task.hpp"

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// As Scripted, but it waits for a turn of the loop before it answers. It writes down when it is started.
class Waiting : public SpeaksNotes {
public:
    explicit Waiting(Loop& loop, Routed push, Interest pull = {}, std::string name = {},
                     std::vector<std::string>* started = nullptr)
        : loop_{&loop}, push_{std::move(push)}, pull_{std::move(pull)}, name_{std::move(name)},
          started_{started} {}

    Task<Routed> get_users_for_states(std::span<Note const>) const {
        if (started_) started_->push_back(name_);
        co_await loop_->turn();
        co_return push_;
    }

    Task<Interest> get_interested_users(int) const {
        if (started_) started_->push_back(name_);
        co_await loop_->turn();
        co_return pull_;
    }

private:
    Loop* loop_;
    Routed push_;
    Interest pull_;
    std::string name_;
    std::vector<std::string>* started_;
};

/// As Edge, but its callbacks are coroutines, which are done at once.
template <int viewer, int subject>
struct WaitingEdge : SpeaksNotes {
    Task<std::vector<std::pair<int, Note>>> get_users_for_states(std::span<Note const> batch) const {
        std::vector<std::pair<int, Note>> routes;
        for (Note const& note : batch)
            if (note.user_id == subject) routes.emplace_back(viewer, note);
        co_return routes;
    }
    Task<std::set<int>> get_interested_users(int asking) const {
        if (asking == viewer) co_return std::set<int>{subject};
        co_return std::set<int>{};
    }
};

/// Fails when it goes on, if it waits at all; else at once.
struct WaitingFailing : SpeaksNotes {
    Loop* loop = nullptr;

    WaitingFailing() = default;
    explicit WaitingFailing(Loop& of) : loop{&of} {}

    Task<Routed> get_users_for_states(std::span<Note const>) const {
        if (loop) co_await loop->turn();
        throw Failure{};
    }
    Task<Interest> get_interested_users(int) const {
        if (loop) co_await loop->turn();
        throw Failure{};
    }
};

/// Counts how many of a router's coroutines there are.
struct Alive {
    explicit Alive(int& counter) : count{&counter} { ++*count; }
    Alive(Alive const&) = delete;
    Alive& operator=(Alive const&) = delete;
    ~Alive() { --*count; }
    int* count;
};

} // namespace support
