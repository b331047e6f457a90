// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/router_interface.hpp>

#include "support/notes.hpp"

#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace support {

/// One route, written in the program: streams, is empty and trivial, and works in constant expressions.
template <int viewer, int subject>
struct Edge : presence_router::RouterInterface<Edge<viewer, subject>>, SpeaksNotes {
    template <class Sink>
    constexpr void for_each_route(std::span<Note const> batch, Sink&& sink) const
        noexcept(noexcept(sink(0, Note{}))) {
        for (Note const& note : batch)
            if (note.user_id == subject && !sink(viewer, note)) return;
    }

    template <class Sink>
    constexpr std::optional<presence_router::AllUsers> for_each_subject(int asking, Sink&& sink) const
        noexcept(noexcept(sink(0))) {
        if (asking == viewer) sink(subject);
        return std::nullopt;
    }

    constexpr bool sees(int asking, int about) const noexcept { return asking == viewer && about == subject; }
};

/// Routes everything to one viewer, in the same manner.
template <int viewer>
struct Everything : presence_router::RouterInterface<Everything<viewer>>, SpeaksNotes {
    template <class Sink>
    constexpr void for_each_route(std::span<Note const> batch, Sink&& sink) const
        noexcept(noexcept(sink(0, Note{}))) {
        for (Note const& note : batch)
            if (!sink(viewer, note)) return;
    }

    template <class Sink>
    constexpr std::optional<presence_router::AllUsers> for_each_subject(int asking, Sink&&) const noexcept {
        return asking == viewer ? std::optional{presence_router::all_users} : std::nullopt;
    }

    constexpr bool sees(int asking, int) const noexcept { return asking == viewer; }
};

/// A router of the two callbacks only, whose answers are told to it. It writes down when it is asked.
class Scripted : public SpeaksNotes {
public:
    explicit Scripted(Routed push, Interest pull = {}, std::string name = {},
                      std::vector<std::string>* asked = nullptr)
        : push_{std::move(push)}, pull_{std::move(pull)}, name_{std::move(name)}, asked_{asked} {}

    Routed get_users_for_states(std::span<Note const>) const {
        if (asked_) asked_->push_back(name_);
        return push_;
    }

    Interest get_interested_users(int const&) const {
        if (asked_) asked_->push_back(name_);
        return pull_;
    }

private:
    Routed push_;
    Interest pull_;
    std::string name_;
    std::vector<std::string>* asked_;
};

/// A router of the two callbacks only, that answers whatever the two functions make.
template <class Push, class Pull>
struct Answering : SpeaksNotes {
    constexpr Answering(Push push_side, Pull pull_side)
        : push{std::move(push_side)}, pull{std::move(pull_side)} {}

    constexpr decltype(auto) get_users_for_states(std::span<Note const> batch) const { return push(batch); }
    constexpr decltype(auto) get_interested_users(int const& viewer) const { return pull(viewer); }

    Push push;
    Pull pull;
};

template <class Push>
constexpr auto pushing(Push push) {
    return Answering{std::move(push), [](int) { return std::set<int>{}; }};
}

template <class Pull>
constexpr auto pulling(Pull pull) {
    return Answering{[](std::span<Note const>) { return Routed{}; }, std::move(pull)};
}

struct Failure : std::runtime_error {
    Failure() : std::runtime_error{"this router is broken"} {}
};

/// Fails in each lane, but only when it has already shown one user.
struct Failing : SpeaksNotes {
    Routed get_users_for_states(std::span<Note const>) const { throw Failure{}; }
    Interest get_interested_users(int const&) const { throw Failure{}; }

    template <class Sink>
    void for_each_route(std::span<Note const> batch, Sink&& sink) const {
        if (!batch.empty()) sink(1, batch.front());
        throw Failure{};
    }
    template <class Sink>
    std::optional<presence_router::AllUsers> for_each_subject(int, Sink&& sink) const {
        sink(2);
        throw Failure{};
    }
    std::set<Note> states_for_user(int, std::span<Note const>) const { throw Failure{}; }
    bool sees(int, int) const { throw Failure{}; }
};

} // namespace support
