// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <vector>

namespace presence_router::inline v0::detail {

/// Small numbers in the order of their last change, the newest first: a list whose links lie in one vector,
/// by number.
class ChangeOrder {
public:
    using Time = std::uint64_t; // counted from 1

    /// Makes room for the numbers below `size`; `touch` then cannot fail. Strong guarantee.
    void make_room(std::size_t size) {
        if (links_.size() < size) links_.resize(size);
    }

    /// `number` changed now. Requires: room for it; `now` is later than all before.
    void touch(std::uint32_t number, Time now) noexcept {
        Link& link = links_[number];
        if (link.changed != 0) take_out(link);
        link = {now, newest_, none};
        if (newest_ != none) links_[newest_].newer = number;
        newest_ = number;
    }

    class Iterator;

    /// The numbers that changed later than `since`. Complexity: constant; to go through it, linear in them.
    auto since(Time since) const noexcept;

private:
    static constexpr std::uint32_t none = 0xffff'ffff;
    struct Link {
        Time changed = 0; // 0: not in the list
        std::uint32_t older = none;
        std::uint32_t newer = none;
    };

    void take_out(Link const& link) noexcept {
        if (link.older != none) links_[link.older].newer = link.newer;
        (link.newer != none ? links_[link.newer].older : newest_) = link.older;
    }

    std::vector<Link> links_;
    std::uint32_t newest_ = none;
};

/// Stands at one number of the order, and ends at the first that did not change later than `since`.
class ChangeOrder::Iterator {
public:
    using value_type = std::uint32_t;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    Iterator(Link const* links, std::uint32_t at, Time since) noexcept
        : links_{links}, at_{at}, since_{since} {}

    std::uint32_t operator*() const noexcept { return at_; }
    Iterator& operator++() noexcept {
        at_ = links_[at_].older;
        return *this;
    }
    Iterator operator++(int) noexcept {
        Iterator const before = *this;
        ++*this;
        return before;
    }
    bool operator==(Iterator const& other) const noexcept { return at_ == other.at_; }
    bool operator==(std::default_sentinel_t) const noexcept {
        return at_ == none || links_[at_].changed <= since_;
    }

private:
    Link const* links_ = nullptr;
    std::uint32_t at_ = none;
    Time since_ = 0;
};

inline auto ChangeOrder::since(Time since) const noexcept {
    return std::ranges::subrange(Iterator(links_.data(), newest_, since), std::default_sentinel);
}

} // namespace presence_router::inline v0::detail
