// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/distinct.hpp>
#include <presence_router/detail/held_range.hpp>

#include <cstddef>
#include <optional>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/primitives.hpp>
#include <ranges>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Shows each element of some ranges once, as a `T`. No range has an element twice, so that one range alone
/// is only gone through. `Answer` is what a function answers with that gives the ranges, or references to
/// them.
template <class T, class Answer>
class DistinctElements {
    using Range = typename HeldRange<Answer>::type;

public:
    void clear() noexcept {
        first_.reset();
        more_.clear();
    }

    void add(Answer&& answer) {
        if (first_) more_.emplace_back(std::forward<Answer>(answer));
        else first_.emplace(std::forward<Answer>(answer));
    }

    /// Shows the elements until `sink` answers false; false if it did.
    template <class Sink>
    bool show(Sink const& sink) {
        if (!first_) return true;
        if (more_.empty()) {
            for (auto&& element : first_->get()) {
                T const& value = element;
                if (!sink(value)) return false;
            }
            return true;
        }
        if constexpr (RangeOfPlaces<Range, T>) {
            return distinct_.show(size(), [this](auto const& use) { this->for_each(use); }, sink);
        } else {
            copies_.clear();
            copies_.reserve(size());
            for_each([this](T const& value) { copies_.push_back(value); });
            auto const each = [this](auto const& use) {
                for (T const& value : copies_) use(value);
            };
            return distinct_.show(copies_.size(), each, sink);
        }
    }

private:
    template <class Use>
    void for_each(Use const& use) {
        auto const in = [&](Range& range) {
            for (auto&& element : range) {
                T const& value = element;
                use(value);
            }
        };
        in(first_->get());
        for (HeldRange<Answer>& range : more_) in(range.get());
    }

    /// How many elements there are, or 0 if the ranges cannot tell.
    std::size_t size() {
        std::size_t all = size_of(first_->get());
        for (HeldRange<Answer>& range : more_) all += size_of(range.get());
        return all;
    }
    static std::size_t size_of(Range& range) {
        if constexpr (std::ranges::sized_range<Range>)
            return static_cast<std::size_t>(std::ranges::size(range));
        else if constexpr (ranges::sized_range<Range>) return static_cast<std::size_t>(ranges::size(range));
        else return 0;
    }

    std::optional<HeldRange<Answer>> first_; // apart, because to hold one takes no memory
    std::vector<HeldRange<Answer>> more_;
    std::vector<T> copies_;
    Distinct<T> distinct_;
};

} // namespace presence_router::inline v0::detail
