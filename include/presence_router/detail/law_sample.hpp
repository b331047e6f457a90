// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/text_of.hpp>
#include <presence_router/subject_of.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

// What the laws are tried on. Users and states go by number: ids and states need not have an order, nor the
// routers' sets an equality, for answers to be compared.
namespace presence_router::inline v0::detail {

enum class UserNumber : std::uint32_t {};
enum class StateNumber : std::uint32_t {};

/// The users and states of a sample, and after them those that routers bring in.
template <class Id, class State>
class LawSample {
public:
    /// The subjects of `states` are users of the sample too.
    LawSample(std::span<Id const> users, std::span<State const> states) {
        for (Id const& user : users) number_of(user);
        for (State const& state : states) number_of(state);
        given_users_ = users_.size();
        given_states_ = states_.size();
    }

    UserNumber number_of(Id const& user) { return UserNumber{users_.assign(user)}; }
    StateNumber number_of(State const& state) {
        users_.assign(presence_router::subject_of(state));
        return StateNumber{states_.assign(state)};
    }
    UserNumber subject_of(StateNumber state) const {
        return UserNumber{users_.find(presence_router::subject_of((*this)[state]))};
    }

    // By value: a router that is asked about a user brings in others meanwhile.
    Id operator[](UserNumber user) const { return users_.values()[index(user)]; }
    State operator[](StateNumber state) const { return states_.values()[index(state)]; }

    /// The users and states given, each once, and the users known by now.
    std::span<State const> states() const { return {states_.values().data(), given_states_}; }
    std::vector<UserNumber> users() const {
        std::vector<UserNumber> all;
        for (std::uint32_t user = 0; user < users_.size(); ++user) all.push_back(UserNumber{user});
        return all;
    }

    // What has no `<<` is named by its place in the sample, from 0.
    std::string text(UserNumber user) const {
        if constexpr (Printable<Id>) return printed((*this)[user]);
        else if (index(user) < given_users_) return "user #" + std::to_string(index(user));
        else return "a user who is not in the sample";
    }
    std::string text(StateNumber state) const {
        if constexpr (Printable<State>) {
            return printed((*this)[state]);
        } else {
            std::string const of = " of " + text(subject_of(state));
            if (index(state) < given_states_) return "state #" + std::to_string(index(state)) + of;
            return "a state" + of + " that is not in the sample";
        }
    }

private:
    static std::uint32_t index(UserNumber user) { return static_cast<std::uint32_t>(user); }
    static std::uint32_t index(StateNumber state) { return static_cast<std::uint32_t>(state); }

    Numbering<Id> users_;
    Numbering<State> states_;
    std::size_t given_users_ = 0;
    std::size_t given_states_ = 0;
};

} // namespace presence_router::inline v0::detail
