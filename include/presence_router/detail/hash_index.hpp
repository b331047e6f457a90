// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/rebound.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace presence_router::inline v0::detail {

/// The hash, spread over 32 bits: std::hash of an integer is the integer, and a few bits choose the slot.
constexpr std::uint32_t mixed(std::size_t hash) noexcept {
    std::uint64_t const wide = hash;
    return static_cast<std::uint32_t>(((wide ^ (wide >> 32)) * 0x9e37'79b9'7f4a'7c15U) >> 32);
}

/// Finds numbers by the hashes of the values they stand for; the values live with the caller. Open addressing
/// with linear probing, 8 bytes a slot, at most 3 of 4 slots taken.
template <class Allocator = DefaultAllocator>
class BasicHashIndex {
public:
    static constexpr std::uint32_t none = 0xffff'ffff;

    BasicHashIndex() = default;
    constexpr explicit BasicHashIndex(Allocator const& allocator) : slots_(allocator) {}

    /// The number under `hash` for which `same(number)` is true, or `none`.
    template <class Same>
    constexpr std::uint32_t find(std::size_t hash, Same same) const {
        if (slots_.empty()) return none;
        std::uint32_t const wanted = mixed(hash);
        for (std::size_t at = home(wanted);; at = next(at)) {
            Slot const& slot = slots_[at];
            if (slot.number == none) return none;
            if (slot.hash == wanted && same(slot.number)) return slot.number;
        }
    }

    /// Makes room for one more number; `insert` then cannot fail.
    constexpr void reserve_one() {
        if ((used_ + 1) * 4 > slots_.size() * 3) grow();
    }

    /// Requires: room for it; no equal value is there.
    constexpr void insert(std::size_t hash, std::uint32_t number) noexcept {
        place({number, mixed(hash)});
        ++used_;
    }

    /// Takes out `number`, if it was inserted under `hash`.
    constexpr void erase(std::size_t hash, std::uint32_t number) noexcept {
        if (slots_.empty()) return;
        std::size_t hole = home(mixed(hash));
        for (; slots_[hole].number != number; hole = next(hole))
            if (slots_[hole].number == none) return;
        // Later entries of the run move up, so that no search ends at the hole too early.
        for (std::size_t at = next(hole); slots_[at].number != none; at = next(at)) {
            std::size_t const from_home = (at - home(slots_[at].hash)) & mask();
            if (from_home >= ((at - hole) & mask())) {
                slots_[hole] = slots_[at];
                hole = at;
            }
        }
        slots_[hole].number = none;
        --used_;
    }

    /// Takes out all numbers, and keeps the memory. Complexity: linear in `capacity()`.
    constexpr void clear() noexcept {
        std::fill(slots_.begin(), slots_.end(), Slot{});
        used_ = 0;
    }

    constexpr std::size_t capacity() const noexcept { return slots_.size(); }

private:
    struct Slot {
        std::uint32_t number = none;
        std::uint32_t hash = 0;
    };

    using Slots = vector_t<Slot, Allocator>;

    constexpr std::size_t mask() const noexcept { return slots_.size() - 1; }
    /// By the highest bits, in which a product is mixed best.
    constexpr std::size_t home(std::uint32_t hash) const noexcept { return hash >> shift_; }
    constexpr std::size_t next(std::size_t at) const noexcept { return (at + 1) & mask(); }

    constexpr void place(Slot slot) noexcept {
        std::size_t at = home(slot.hash);
        while (slots_[at].number != none) at = next(at);
        slots_[at] = slot;
    }

    constexpr void grow() {
        // A small table grows fast: it is often one that a single call fills from nothing.
        std::size_t const size = slots_.empty()         ? 64
                                 : slots_.size() < 4096 ? slots_.size() * 4
                                                        : slots_.size() * 2;
        Slots const old = std::exchange(slots_, Slots(size, slots_.get_allocator()));
        shift_ = 32 - std::countr_zero(size);
        for (Slot const& slot : old)
            if (slot.number != none) place(slot);
    }

    Slots slots_;
    std::size_t used_ = 0;
    int shift_ = 0;
};

using HashIndex = BasicHashIndex<>;

} // namespace presence_router::inline v0::detail
