// SPDX-License-Identifier: BSL-1.0
#include "chain.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace synapse_module {

namespace {

/// The interpreter lock is given back for as many updates as this, and not for fewer: taking it again can
/// cost a wait for another thread, and routing a few costs less than asking for it.
constexpr std::size_t worth_a_release = 32;

template <class Object = py::object>
Object owned(PyObject* object) {
    if (!object) throw py::error_already_set();
    return py::reinterpret_steal<Object>(object);
}

void succeed(int result) {
    if (result != 0) throw py::error_already_set();
}

/// What a call needs besides its answer; no Python objects, so that a thread may end without the lock.
struct Memory {
    std::vector<Update> batch;
    presence_router::BasicDeliveryPlan<User, Update> plan;
};

/// The memory of the thread's last call, which has the room that this one needs. It is taken away while it is
/// used: making an answer runs Python code, which may ask a chain.
class BorrowedMemory {
public:
    BorrowedMemory() : memory_{kept ? std::move(kept) : std::make_unique<Memory>()} {}
    BorrowedMemory(BorrowedMemory const&) = delete;
    BorrowedMemory& operator=(BorrowedMemory const&) = delete;
    ~BorrowedMemory() { kept = std::move(memory_); }

    Memory* operator->() const noexcept { return memory_.get(); }

private:
    static thread_local std::unique_ptr<Memory> kept;
    std::unique_ptr<Memory> memory_;
};

thread_local std::unique_ptr<Memory> BorrowedMemory::kept;

/// The sets of an answer, merged from sets of one state. What Python computes of a state for a set, its hash,
/// takes longer than all else about a route; a set that is merged into another brings the hashes along.
class StateSets {
public:
    /// `updates` are those which somebody receives.
    StateSets(py::tuple const& states, std::span<Update const* const> updates) {
        alone_.reserve(updates.size());
        for (Update const* const update : updates) {
            alone_.push_back(owned(PySet_New(nullptr)));
            succeed(PySet_Add(alone_.back().ptr(), PyTuple_GET_ITEM(states.ptr(), update->place)));
        }
    }

    /// The set of the updates at these places. Viewers of one and the same state share a set, and viewers in
    /// a row who get the same ones.
    py::object const& of(std::span<std::uint32_t const> places) {
        if (places.size() == 1) return alone_[places[0]];
        if (!std::ranges::equal(places, last_places_)) {
            last_ = owned(PySet_New(alone_[places[0]].ptr()));
            for (std::uint32_t const place : places.subspan(1))
                last_ = owned(PyNumber_InPlaceOr(last_.ptr(), alone_[place].ptr()));
            last_places_ = places;
        }
        return last_;
    }

private:
    std::vector<py::object> alone_;
    py::object last_;
    std::span<std::uint32_t const> last_places_;
};

} // namespace

py::dict Chain::get_users_for_states(py::iterable const& updates) const {
    // A tuple of our own, which nobody changes while the lock is not held.
    auto const states = owned<py::tuple>(PySequence_Tuple(updates.ptr()));
    BorrowedMemory const memory;
    memory->batch.clear();
    memory->batch.reserve(states.size());
    for (py::handle const state : states)
        memory->batch.push_back({number_of(owned(PyObject_GetAttr(state.ptr(), user_id_.ptr()))),
                                 static_cast<std::uint32_t>(memory->batch.size())});
    {
        std::optional<py::gil_scoped_release> released;
        if (states.size() >= worth_a_release) released.emplace();
        memory->plan.assign(routers_, memory->batch);
    }

    py::dict result;
    StateSets sets{states, memory->plan.states()};
    for (auto const& [viewer, routed] : memory->plan)
        succeed(PyDict_SetItem(result.ptr(), names_[viewer].ptr(), sets.of(routed.places()).ptr()));
    // Synapse fails the sync of a viewer of all users whom an answer does not name.
    for (User const viewer : viewers_of_all_)
        if (!PyDict_SetDefault(result.ptr(), names_[viewer].ptr(), py::set().ptr()))
            throw py::error_already_set();
    return result;
}

py::object Chain::get_interested_users(py::handle viewer) const {
    py::set subjects;
    auto const everybody =
        routers_.for_each_subject(number_of(viewer), [&](User subject) { subjects.add(names_[subject]); });
    if (everybody) return py::none();
    return subjects;
}

User Chain::number_of(py::handle user_id) const {
    PyObject* const number = PyDict_GetItemWithError(numbers_.ptr(), user_id.ptr());
    if (number) return static_cast<User>(PyLong_AsUnsignedLong(number));
    if (PyErr_Occurred()) throw py::error_already_set();
    return Users::stranger;
}

} // namespace synapse_module
