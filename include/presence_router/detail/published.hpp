// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace presence_router::inline v0::detail {

/// A number of the calling thread; the first of them are distinct, and dense.
inline std::size_t thread_number() noexcept {
    static std::atomic<std::size_t> count{0};
    thread_local std::size_t const number = count.fetch_add(1, std::memory_order_relaxed);
    return number;
}

/// A constant that many threads read while others put another in its place. To read is wait-free: two
/// additions in a cache line that only every sixteenth thread shares, and nothing is allocated or locked.
/// What was replaced is freed when nobody can read it any more, by a later replacement, by
/// `wait_for_readers`, or by the destructor, and by no reader.
///
/// Why it works: a reader first counts itself in one of the cells, then looks for the constant. So a cell
/// that is seen at zero after a replacement holds no reader of what was replaced, and once that was seen of
/// each cell, nobody reads it. That a cell gets to zero while others go on reading, the two generations
/// bring about: new readers use the cells of one, while those of the other run empty.
template <class T>
class Published {
public:
    explicit Published(std::unique_ptr<T const> first) noexcept : current_{first.release()} {}
    Published(Published const&) = delete;
    Published& operator=(Published const&) = delete;
    /// Requires: nobody reads.
    ~Published() { std::unique_ptr<T const>{current_.load(std::memory_order_relaxed)}.reset(); }

    /// `read(constant)`, of the one that is there now, which lives until `read` is done. It may read again,
    /// and replace.
    template <class Read>
    decltype(auto) read(Read&& read) const {
        Reading const reading{*this};
        return std::forward<Read>(read)(*reading.constant);
    }

    /// Puts `next(current)`, a `std::unique_ptr<T const>`, in the place of the current one, or leaves it
    /// there if that is null; tells which. There is no other replacement meanwhile.
    /// Requires: `next` does not use this object. Strong guarantee.
    template <class Next>
    bool replace(Next const& next) {
        Unused unused{freeing_};
        std::list<Retired> old(1);
        std::lock_guard const lock{mutex_};
        std::unique_ptr<T const> replacement = next(*current_.load(std::memory_order_relaxed));
        if (!replacement) return false;
        old.front() = {std::unique_ptr<T const>{current_.exchange(replacement.release())},
                       generation_.load(std::memory_order_relaxed)};
        retired_.splice(retired_.end(), old);
        collect(unused);
        return true;
    }

    /// Waits until all are done who read what was replaced before, and until it is freed.
    /// Requires: the caller is not reading, nor is it the destructor of a constant; it would wait for itself.
    void wait_for_readers() {
        std::uint64_t const begin = generation_.load();
        for (;;) {
            {
                Unused unused{freeing_};
                std::lock_guard const lock{mutex_};
                bool const others_free = freeing_.load(std::memory_order_acquire) != 0;
                collect(unused);
                if (!others_free && generation_.load(std::memory_order_relaxed) >= begin + 2) return;
            }
            std::this_thread::sleep_for(std::chrono::microseconds{20});
        }
    }

private:
    struct Retired {
        std::unique_ptr<T const> constant;
        std::uint64_t generation = 0; // of its end
    };

    /// What nobody reads any more. It ends when the lock is not held: destructors may do what they like.
    struct Unused {
        explicit Unused(std::atomic<std::uint32_t>& counter) noexcept : freeing{counter} {}
        Unused(Unused const&) = delete;
        Unused& operator=(Unused const&) = delete;
        ~Unused() {
            if (constants.empty()) return;
            constants.clear();
            freeing.fetch_sub(1, std::memory_order_release);
        }

        std::atomic<std::uint32_t>& freeing;
        std::list<Retired> constants{};
    };

    struct alignas(64) Cells { // by parity of the generation
        std::array<std::atomic<std::uint32_t>, 2> readers{};
    };

    struct Reading {
        explicit Reading(Published const& of) noexcept
            : cell{of.cells_[thread_number() % of.cells_.size()]
                       .readers[of.generation_.load(std::memory_order_relaxed) % 2]} {
            cell.fetch_add(1); // this, and then the load: in the one order of all that is seq_cst
            constant = of.current_.load();
        }
        Reading(Reading const&) = delete;
        Reading& operator=(Reading const&) = delete;
        ~Reading() { cell.fetch_sub(1, std::memory_order_release); }

        std::atomic<std::uint32_t>& cell;
        T const* constant;
    };

    /// Moves to `unused` what nobody reads any more. Requires: the lock is held.
    void collect(Unused& unused) noexcept {
        if (advance()) advance(); // twice: when nobody reads at all, then what was replaced only now is free
        std::uint64_t const now = generation_.load(std::memory_order_relaxed);
        auto end = retired_.begin();
        while (end != retired_.end() && end->generation + 2 <= now) ++end;
        if (end == retired_.begin()) return;
        unused.constants.splice(unused.constants.end(), retired_, retired_.begin(), end);
        freeing_.fetch_add(1, std::memory_order_relaxed);
    }

    /// Begins the next generation if the cells it is going to use have run empty. What ended in a generation
    /// has seen the cells of both at zero when the second after it begins.
    bool advance() noexcept {
        std::uint64_t const next = generation_.load(std::memory_order_relaxed) + 1;
        for (Cells const& cells : cells_)
            if (cells.readers[next % 2].load() != 0) return false;
        generation_.store(next);
        return true;
    }

    mutable std::array<Cells, 16> cells_;
    alignas(64) std::atomic<T const*> current_; // with what is written as seldom
    std::atomic<std::uint64_t> generation_{0};
    std::atomic<std::uint32_t> freeing_{0}; // how many threads free what they have collected
    std::mutex mutex_;                      // of those who replace
    std::list<Retired> retired_;
};

} // namespace presence_router::inline v0::detail
