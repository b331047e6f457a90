// SPDX-License-Identifier: BSL-1.0
#include "chain.hpp"

namespace synapse_module {

namespace {

/// The interpreter lock is given back for as many updates as this, and not for fewer: taking it again can
/// cost a wait for another thread, and routing a few costs less than asking for it.
constexpr std::size_t worth_a_release = 32;

py::object owned(PyObject* object) {
    if (!object) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(object);
}

std::string_view text_of(py::handle string) {
    Py_ssize_t size = 0;
    char const* const data = PyUnicode_AsUTF8AndSize(string.ptr(), &size);
    if (!data) throw py::error_already_set();
    return {data, static_cast<std::size_t>(size)};
}

/// No collection of cycles while this lives: what an answer is made of has none, and looking for them among
/// its many new sets takes as long as making them.
class NoCollection {
public:
    NoCollection() : was_enabled_{PyGC_Disable() == 1} {}
    NoCollection(NoCollection const&) = delete;
    NoCollection& operator=(NoCollection const&) = delete;
    ~NoCollection() {
        if (was_enabled_) PyGC_Enable();
    }

private:
    bool was_enabled_;
};

/// The sets of an answer, merged from sets of one state. What Python computes of a state for a set, its hash,
/// takes longer than all else about a route; a set that is merged into another brings the hashes along.
class StateSets {
public:
    explicit StateSets(py::tuple const& states) : states_{states}, alone_(states.size()) {}

    /// Viewers of one and the same state share a set.
    template <class Places>
    py::object of(Places const& updates) {
        auto update = updates.begin();
        py::object const& first = alone((*update).place);
        if (updates.size() == 1) return first;
        py::object set = owned(PySet_New(first.ptr()));
        while (++update != updates.end())
            set = owned(PyNumber_InPlaceOr(set.ptr(), alone((*update).place).ptr()));
        return set;
    }

private:
    py::object const& alone(std::uint32_t place) {
        py::object& set = alone_[place];
        if (!set) {
            set = owned(PySet_New(nullptr));
            if (PySet_Add(set.ptr(), PyTuple_GET_ITEM(states_.ptr(), place)) != 0)
                throw py::error_already_set();
        }
        return set;
    }

    py::tuple const& states_;
    std::vector<py::object> alone_;
};

} // namespace

py::dict Chain::get_users_for_states(py::iterable const& updates) const {
    // A tuple of our own, which nobody changes while the lock is not held.
    auto const states = py::reinterpret_steal<py::tuple>(owned(PySequence_Tuple(updates.ptr())).release());
    static py::str const user_id{"user_id"};
    std::vector<py::object> ids;
    std::vector<std::string_view> texts;
    ids.reserve(states.size());
    texts.reserve(states.size());
    for (py::handle const state : states) {
        ids.push_back(owned(PyObject_GetAttr(state.ptr(), user_id.ptr())));
        texts.push_back(text_of(ids.back()));
    }

    // Kept for the next call, which then finds the room that it needs.
    thread_local std::vector<Update> batch;
    thread_local Plan plan;
    batch.clear();
    {
        std::optional<py::gil_scoped_release> released;
        if (texts.size() >= worth_a_release) released.emplace();
        batch.reserve(texts.size());
        for (std::string_view const text : texts)
            batch.push_back({users_.find(text), static_cast<std::uint32_t>(batch.size())});
        plan.assign(routers_, batch);
    }

    NoCollection const none;
    py::dict result;
    StateSets sets{states};
    for (auto const& [viewer, routed] : plan)
        if (PyDict_SetItem(result.ptr(), names_[viewer].ptr(), sets.of(routed).ptr()) != 0)
            throw py::error_already_set();
    // Synapse fails the sync of a viewer of all users whom an answer does not name.
    for (User const viewer : viewers_of_all_)
        if (!PyDict_SetDefault(result.ptr(), names_[viewer].ptr(), py::set().ptr()))
            throw py::error_already_set();
    return result;
}

py::object Chain::get_interested_users(std::string_view viewer) const {
    py::set subjects;
    auto const everybody =
        routers_.for_each_subject(users_.find(viewer), [&](User subject) { subjects.add(names_[subject]); });
    if (everybody) return py::none();
    return subjects;
}

} // namespace synapse_module
