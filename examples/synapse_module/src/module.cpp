// SPDX-License-Identifier: BSL-1.0
#include "chain.hpp"

#include <presence_router/user_id.hpp>

#include <pybind11/stl.h>

#include <optional>
#include <string>

namespace {

namespace py = pybind11;
using synapse_module::Chain;
using synapse_module::Rules;

std::optional<std::string> user_id_error(std::string_view text) {
    if (auto const error = presence_router::UserId::error_in(text)) return error->what();
    return std::nullopt;
}

} // namespace

PYBIND11_MODULE(_chain, module) {
    module.doc() = "A chain of presence routers, decided in C++.";

    py::class_<Rules>(module, "Rules", "What one router goes by.")
        .def(py::init<>())
        .def_readwrite("routes", &Rules::routes)
        .def_readwrite("receive_all", &Rules::receive_all)
        .def_readwrite("exclude", &Rules::exclude)
        .def_readwrite("allow_servers", &Rules::allow_servers)
        .def_readwrite("deny_servers", &Rules::deny_servers)
        .def_readwrite("allow_users", &Rules::allow_users)
        .def_readwrite("deny_users", &Rules::deny_users);

    py::class_<Chain>(module, "Chain", "Routers in order, one for each Rules.")
        .def(py::init<std::vector<Rules> const&>(), py::arg("routers"))
        .def("get_users_for_states", &Chain::get_users_for_states, py::arg("state_updates"))
        .def("get_interested_users", &Chain::get_interested_users, py::arg("user_id"),
             "The users, or None for all of them.");

    module.def("user_id_error", &user_id_error, py::arg("text"),
               "Why this text is no user id, or None if it is one.");
}
