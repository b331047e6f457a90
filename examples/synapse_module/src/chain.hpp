// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "rules.hpp"
#include "users.hpp"

#include <pybind11/pybind11.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace synapse_module {

namespace py = pybind11;

/// What Synapse asks, answered by C++: takes and gives Synapse's own objects, and routes numbers in between.
class Chain {
public:
    /// One router for each set of rules, in their order.
    explicit Chain(std::vector<Rules> const& routers) {
        for (Rules const& rules : routers) {
            tables_.emplace_back(rules, users_);
            routers_.register_router(tables_.back().router());
        }
        for (std::string const& name : users_.names()) {
            names_.push_back(py::str(name));
            numbers_[names_.back()] = names_.size() - 1;
        }
        for (User user = 0; user < names_.size(); ++user)
            if (routers_.for_each_subject(user, [](User) {})) viewers_of_all_.push_back(user);
    }

    Chain(Chain const&) = delete;
    Chain& operator=(Chain const&) = delete;

    /// `{viewer: {state, ...}, ...}`; the states are the objects that were given. Viewers may share a set: it
    /// is to be copied before it is changed, as Synapse does. A subject is looked up as in a dict.
    [[nodiscard]] py::dict get_users_for_states(py::iterable const& updates) const;

    /// `{subject, ...}`, or None for all users.
    [[nodiscard]] py::object get_interested_users(py::handle viewer) const;

private:
    /// Python keeps the hash of a text with it, so this takes one lookup and no copy.
    [[nodiscard]] User number_of(py::handle user_id) const;

    Users users_;
    std::deque<RuleTables> tables_; // the routers refer to them
    presence_router::BasicPresenceRouterRegistry<User, Update> routers_;
    std::vector<py::str> names_; // by number
    py::dict numbers_;
    py::str user_id_{"user_id"};
    std::vector<User> viewers_of_all_;
};

} // namespace synapse_module
