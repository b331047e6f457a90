// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/rebound.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace presence_router::inline v0::detail {

/// For each of many states, by its number, the list of the viewers it was shown to, by theirs. Lists are
/// written in runs, one after the other into blocks that never move: 4 bytes a viewer and 4 a run.
///
///     link viewer viewer viewer link viewer link viewer viewer end
///
/// A link, told from a viewer by its highest bit, is where the run before of the same list begins.
/// Requires: viewers below 2^31, and at most 2^31 words.
template <class Allocator>
class ViewerLists {
public:
    static constexpr std::uint32_t none = 0x7fff'ffff;

    ViewerLists() = default;
    explicit ViewerLists(Allocator const& allocator) : blocks_(allocator), last_runs_(allocator) {}

    /// Empties all lists, for `states` states, and keeps the memory.
    void assign(std::size_t states) {
        last_runs_.assign(states, none);
        block_ = 0;
        next_ = end_ = nullptr;
    }

    /// What is added from now on is in the list of `state`, which may be a new one.
    void open(std::uint32_t state) {
        if (state == state_ && next_ != nullptr) return;
        if (next_ == end_) open_block();
        if (state >= last_runs_.size()) last_runs_.resize(state + std::size_t{1}, none);
        write_link(state);
        state_ = state;
    }

    /// Requires: a list is open.
    void add(std::uint32_t viewer) {
        if (next_ == end_) {
            open_block();
            write_link(state_);
        }
        *next_++ = viewer;
    }

    /// Ends the last run; the lists can be read then.
    void close() noexcept {
        if (next_ != nullptr) *next_ = link_bit;
    }

    /// When the list was opened last, as a number that grows; `none` if never.
    [[nodiscard]] std::uint32_t last_opened(std::uint32_t state) const noexcept { return last_runs_[state]; }

    /// How many states there are.
    [[nodiscard]] std::size_t size() const noexcept { return last_runs_.size(); }

    /// Calls `visit(viewer)` for each viewer of the list, in no order, once for each time it was added.
    template <class Visit>
    void for_each(std::uint32_t state, Visit const& visit) const {
        for (std::uint32_t run = last_runs_[state]; run != none;) {
            std::uint32_t const* word = blocks_[run >> block_bits].data() + (run & (block_size - 1));
            run = *word & ~link_bit;
            while (!(*++word & link_bit)) visit(*word);
        }
    }

private:
    static constexpr std::uint32_t link_bit = 0x8000'0000;
    static constexpr std::size_t block_bits = 16;
    static constexpr std::size_t block_size = std::size_t{1} << block_bits;
    using Block = vector_t<std::uint32_t, Allocator>;

    /// Goes to the next block, which has room for a link, a viewer, and an end.
    void open_block() {
        close();
        if (block_ == blocks_.size()) {
            // A small plan takes little memory.
            std::size_t const size = block_ == 0 ? 1024 : block_size;
            blocks_.push_back(Block(size, blocks_.get_allocator()));
        }
        next_ = blocks_[block_].data();
        end_ = next_ + blocks_[block_].size() - 1;
        ++block_;
    }

    void write_link(std::uint32_t state) noexcept {
        Block const& block = blocks_[block_ - 1];
        auto const at = static_cast<std::uint32_t>(((block_ - 1) << block_bits) +
                                                   static_cast<std::size_t>(next_ - block.data()));
        *next_++ = link_bit | std::exchange(last_runs_[state], at);
    }

    vector_t<Block, Allocator> blocks_;
    std::size_t block_ = 0; // blocks in use
    std::uint32_t* next_ = nullptr;
    std::uint32_t* end_ = nullptr; // room for an end is left
    std::uint32_t state_ = 0;
    vector_t<std::uint32_t, Allocator> last_runs_;
};

} // namespace presence_router::inline v0::detail
