// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/hash_index.hpp>
#include <presence_router/detail/identity_of.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/rebound.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace presence_router::inline v0::detail {

/// A Numbering for values that come again and again, most of them as copies of the same: these are known by
/// their identity, where the type has one, without a look at the value.
template <class T, class Allocator = DefaultAllocator>
class CopyNumbering : public Numbering<T, Allocator> {
public:
    using Numbering<T, Allocator>::Numbering;
};

template <HasIdentity T, class Allocator>
class CopyNumbering<T, Allocator> {
public:
    static constexpr std::uint32_t none = Numbering<T>::none;

    CopyNumbering() = default;
    explicit CopyNumbering(Allocator const& allocator) : numbers_{allocator}, copies_{allocator} {}

    std::uint32_t find(T const& value) const { return numbers_.find(value); }

    std::uint32_t assign(T const& value) {
        // What has the identity of a value that is held here is a copy of it.
        std::uint32_t const copied = copies_.find(identity_of(value), [](std::uint32_t) { return true; });
        return copied != none ? copied : assign_by_value(value);
    }

    void clear() noexcept {
        if (size() >= copies_.capacity() / 16) copies_.clear();
        else
            for (std::size_t number = size(); number-- > 0;)
                copies_.erase(identity_of(values()[number]), static_cast<std::uint32_t>(number));
        numbers_.clear();
    }

    std::size_t size() const noexcept { return numbers_.size(); }
    vector_t<T, Allocator> const& values() const noexcept { return numbers_.values(); }
    vector_t<T, Allocator> take() && noexcept { return std::move(numbers_).take(); }

private:
    std::uint32_t assign_by_value(T const& value) {
        copies_.reserve_one();
        std::size_t const known = size();
        std::uint32_t const number = numbers_.assign(value);
        if (size() > known) copies_.insert(identity_of(value), number);
        return number;
    }

    Numbering<T, Allocator> numbers_;
    BasicHashIndex<std::uint64_t, Allocator> copies_;
};

} // namespace presence_router::inline v0::detail
