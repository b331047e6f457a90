// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/value_index.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace presence_router::inline v0::detail {

/// The states that routes name, by number: those of the batch by their place in it, and after them, owned,
/// those that a router made itself.
template <class State>
class NumberedStates {
public:
    explicit NumberedStates(std::span<State const> batch) : batch_{batch} {}

    /// Constant for a state that lies in the batch; else one lookup, since most routers that answer with
    /// containers answer with copies of the batch's states.
    std::uint32_t number_of(State const& state) {
        State const* const address = std::addressof(state);
        // std::less orders any two pointers, the built-in < only those into one array.
        if (!std::less<>{}(address, batch_.data()) && std::less<>{}(address, batch_.data() + batch_.size()))
            return static_cast<std::uint32_t>(address - batch_.data());
        return number_of_copy(state);
    }

    State const& operator[](std::uint32_t number) const {
        return number < batch_.size() ? batch_[number] : owned_[number - batch_.size()];
    }

    std::size_t size() const noexcept { return batch_.size() + owned_.size(); }

private:
    std::uint32_t number_of_copy(State const& state) {
        auto const at = [this](std::uint32_t number) -> State const& { return (*this)[number]; };
        for (; indexed_ < batch_.size(); ++indexed_)
            if (index_.find(batch_[indexed_], at) == index_.none)
                index_.insert(batch_[indexed_], static_cast<std::uint32_t>(indexed_));
        if (std::uint32_t const known = index_.find(state, at); known != index_.none) return known;
        auto const number = static_cast<std::uint32_t>(size());
        owned_.push_back(state);
        index_.insert(owned_.back(), number);
        return number;
    }

    std::span<State const> batch_;
    std::vector<State> owned_;
    ValueIndex<State> index_; // of the batch only once a state came that is not in it
    std::size_t indexed_ = 0;
};

} // namespace presence_router::inline v0::detail
