// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/number_set.hpp>
#include <presence_router/detail/numbered_values.hpp>
#include <presence_router/detail/value_index.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace presence_router::inline v0::detail {

/// The values of one or of both sides of a relation, each with a number of its own and, for each side that it
/// stands on, the set of the numbers that it is linked with there. Numbers that are given back are given
/// again, so they stay dense. With no side at all it is but a numbering whose numbers can be given back.
template <class T, std::size_t sides>
class LinkedValues {
    using Index = ValueIndex<T>;

public:
    static constexpr std::uint32_t none = Index::none;
    static constexpr bool nothrow_find = Index::nothrow_find;

    /// The number of `value`, or `none`.
    std::uint32_t find(T const& value) const noexcept(nothrow_find) {
        return index_.find(value, [this](std::uint32_t number) -> T const& { return values_[number]; });
    }

    T const& operator[](std::uint32_t number) const noexcept { return values_[number]; }
    NumberSet& links(std::uint32_t number, std::size_t side) noexcept { return links_[number][side]; }
    NumberSet const& links(std::uint32_t number, std::size_t side) const noexcept {
        return links_[number][side];
    }

    /// How many values have a number.
    std::size_t size() const noexcept { return values_.size() - free_count_; }
    /// All numbers that are given lie below.
    std::uint32_t end() const noexcept { return static_cast<std::uint32_t>(values_.size()); }
    /// Whether the number, which lies below `end()`, is given.
    bool is_given(std::uint32_t number) const noexcept(nothrow_find) {
        return find(values_[number]) == number;
    }

    /// What `value` is linked with on that side, as numbers; valid until they change.
    std::span<std::uint32_t const> links_of(T const& value, std::size_t side) const noexcept(nothrow_find) {
        std::uint32_t const number = find(value);
        if (number == none) return {};
        return links(number, side).values();
    }

    /// Gives `value` a number. Requires: it has none. Strong guarantee.
    std::uint32_t enter(T const& value) {
        if (free_count_ == 0) {
            std::size_t const size = values_.size() + 1;
            links_.resize(size);
            free_.resize(size);
            values_.push_back(value);
            free_[free_count_++] = static_cast<std::uint32_t>(size - 1);
        }
        std::uint32_t const number = free_[free_count_ - 1];
        values_[number] = value;
        index_.insert(value, number);
        --free_count_;
        return number;
    }

    /// Takes the number back if it has no links on any side. Requires: it is given.
    void leave_if_unlinked(std::uint32_t number) noexcept {
        for (NumberSet const& links : links_[number])
            if (!links.empty()) return;
        index_.erase(values_[number], number);
        links_[number] = {};
        free_[free_count_++] = number;
    }

    /// The number of a value; one that was given only now is taken back at the end if no link came of it.
    class Entered {
    public:
        /// `found` is the number of `value` if that is known already.
        Entered(LinkedValues& owner, T const& value, std::uint32_t found = none)
            : owner_{owner}, known_{found != none ? found : owner.find(value)},
              number_{known_ != none ? known_ : owner.enter(value)} {}
        Entered(Entered const&) = delete;
        Entered& operator=(Entered const&) = delete;
        ~Entered() {
            if (known_ == none) owner_.leave_if_unlinked(number_);
        }
        std::uint32_t number() const noexcept { return number_; }

    private:
        LinkedValues& owner_;
        std::uint32_t known_;
        std::uint32_t number_;
    };

    /// The values with these numbers, read when the range is gone through.
    NumberedValues<T> at(std::span<std::uint32_t const> numbers) const noexcept {
        return {values_.data(), numbers};
    }

private:
    std::vector<T> values_;                           // by number; a free number keeps its last value
    std::vector<std::array<NumberSet, sides>> links_; // by number; apart from the values, read in no order
    std::vector<std::uint32_t> free_; // the free numbers, with room for all: one can always be given back
    std::size_t free_count_ = 0;
    Index index_; // value -> number
};

} // namespace presence_router::inline v0::detail
