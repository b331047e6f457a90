// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/rebound.hpp>
#include <presence_router/detail/value_index.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace presence_router::inline v0::detail {

/// The states that routes name, by number: those of the batch by their place in it, and after them, owned,
/// those that a router made itself.
template <class State, class Allocator = DefaultAllocator>
class NumberedStates {
public:
    NumberedStates() = default;
    explicit NumberedStates(Allocator const& allocator)
        : owned_(allocator), index_{allocator}, last_equals_(allocator) {}
    explicit NumberedStates(std::span<State const> batch) : batch_{batch} {}

    /// Begins anew with another batch, and keeps the memory. Requires: nothing is indexed.
    void assign(std::span<State const> batch) noexcept {
        owned_.clear();
        batch_ = batch;
    }

    /// Forgets what is equal to what; numbers stay. Requires: the batch is still there.
    void drop_index() noexcept {
        if (indexed_) index_.clear(static_cast<std::uint32_t>(size()), at());
        indexed_ = false;
    }

    /// Constant for a state that lies in the batch; else one lookup, since most routers that answer with
    /// containers answer with copies of the batch's states.
    std::uint32_t number_of(State const& state) {
        return lies_in_batch(state) ? place_of(state) : number_of_copy(state);
    }

    /// The one number that all states equal to this have: that of the last of them in the batch.
    std::uint32_t distinct_number_of(State const& state) {
        if (!lies_in_batch(state)) return number_of_copy(state);
        index_batch();
        return last_equals_[place_of(state)];
    }

    State const& operator[](std::uint32_t number) const {
        return number < batch_.size() ? batch_[number] : owned_[number - batch_.size()];
    }

    bool lies_in_batch(State const& state) const noexcept {
        State const* const address = std::addressof(state);
        // std::less orders any two pointers, the built-in < only those into one array.
        return !std::less<>{}(address, batch_.data()) &&
               std::less<>{}(address, batch_.data() + batch_.size());
    }

    std::size_t size() const noexcept { return batch_.size() + owned_.size(); }
    bool owns_any() const noexcept { return !owned_.empty(); }

private:
    std::uint32_t place_of(State const& state) const noexcept {
        return static_cast<std::uint32_t>(std::addressof(state) - batch_.data());
    }

    std::uint32_t number_of_copy(State const& state) {
        index_batch();
        if (std::uint32_t const known = index_.find(state, at()); known != index_.none) return known;
        auto const number = static_cast<std::uint32_t>(size());
        owned_.push_back(state);
        index_.insert(owned_.back(), number);
        return number;
    }

    void index_batch() {
        if (indexed_) return;
        indexed_ = true;
        last_equals_.resize(batch_.size());
        for (auto number = static_cast<std::uint32_t>(batch_.size()); number-- > 0;) {
            std::uint32_t const later = index_.find(batch_[number], at());
            if (later == index_.none) index_.insert(batch_[number], number);
            last_equals_[number] = later == index_.none ? number : later;
        }
    }

    auto at() const noexcept {
        return [this](std::uint32_t number) -> State const& { return (*this)[number]; };
    }

    std::span<State const> batch_;
    vector_t<State, Allocator> owned_;
    ValueIndex<State, Allocator> index_; // of the batch only once it is needed
    vector_t<std::uint32_t, Allocator> last_equals_;
    bool indexed_ = false;
};

} // namespace presence_router::inline v0::detail
