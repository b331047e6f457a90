// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/hash_index.hpp>
#include <presence_router/detail/keys.hpp>
#include <presence_router/detail/rebound.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Finds the number of a value. The values live with the caller, who tells by `at(number)` what a number
/// stands for.
template <class T, class Allocator = DefaultAllocator>
class ValueIndex;

template <Hashable T, class Allocator>
class ValueIndex<T, Allocator> {
public:
    static constexpr std::uint32_t none = HashIndex::none;
    static constexpr bool nothrow_find = noexcept(std::hash<T>{}(std::declval<T const&>())) &&
                                         noexcept(std::declval<T const&>() == std::declval<T const&>());

    ValueIndex() = default;
    constexpr explicit ValueIndex(Allocator const& allocator) : index_{allocator} {}

    template <class At>
    constexpr std::uint32_t find(T const& value, At at) const {
        return index_.find(std::hash<T>{}(value), [&](std::uint32_t number) { return at(number) == value; });
    }
    /// Strong guarantee. Requires: `value` is not there.
    constexpr void insert(T const& value, std::uint32_t number) {
        index_.reserve_one();
        index_.insert(std::hash<T>{}(value), number);
    }
    constexpr void erase(T const& value, std::uint32_t number) noexcept {
        index_.erase(std::hash<T>{}(value), number);
    }
    /// Takes out all numbers, which are below `size`, and keeps the memory. Asks no value whether it equals
    /// another: one that does not even equal itself, as a NaN, would stay behind.
    /// Complexity: linear in `size`, however much memory there is; if the hash may throw, in the memory.
    template <class At>
    constexpr void clear(std::uint32_t size, At at) noexcept {
        if (!nothrow_hash || size >= index_.capacity() / 16) return index_.clear();
        while (size-- > 0) erase(at(size), size);
    }

    /// The same without a look at the values. Complexity: linear in the memory.
    constexpr void clear() noexcept { index_.clear(); }

private:
    static constexpr bool nothrow_hash = noexcept(std::hash<T>{}(std::declval<T const&>()));

    BasicHashIndex<Allocator> index_;
};

// Without a hash the index has to order the values, and so keeps them.
template <Ordered T, class Allocator>
    requires(!Hashable<T>)
class ValueIndex<T, Allocator> {
public:
    static constexpr std::uint32_t none = HashIndex::none;
    static constexpr bool nothrow_find = noexcept(std::declval<T const&>() < std::declval<T const&>());

    ValueIndex() = default;
    explicit ValueIndex(Allocator const& allocator) : numbers_(allocator) {}

    template <class At>
    std::uint32_t find(T const& value, At) const {
        auto const found = numbers_.find(value);
        return found == numbers_.end() ? none : found->second;
    }
    void insert(T const& value, std::uint32_t number) { numbers_.emplace(value, number); }
    void erase(T const& value, std::uint32_t) noexcept { numbers_.erase(value); }
    template <class At>
    void clear(std::uint32_t, At) noexcept {
        clear();
    }
    void clear() noexcept { numbers_.clear(); }

private:
    std::map<T, std::uint32_t, std::less<T>, rebound_t<Allocator, std::pair<T const, std::uint32_t>>>
        numbers_;
};

// With neither hash nor order, as where a type has a set of its own kind, all that is left is to look.
template <class T, class Allocator>
    requires(!Hashable<T> && !Ordered<T>)
class ValueIndex<T, Allocator> {
public:
    static constexpr std::uint32_t none = HashIndex::none;
    static constexpr bool nothrow_find = noexcept(std::declval<T const&>() == std::declval<T const&>());

    ValueIndex() = default;
    constexpr explicit ValueIndex(Allocator const& allocator) : numbers_(allocator) {}

    template <class At>
    constexpr std::uint32_t find(T const& value, At at) const noexcept(nothrow_find) {
        for (std::uint32_t const number : numbers_)
            if (at(number) == value) return number;
        return none;
    }
    constexpr void insert(T const&, std::uint32_t number) { numbers_.push_back(number); }
    constexpr void erase(T const&, std::uint32_t number) noexcept { std::erase(numbers_, number); }
    template <class At>
    constexpr void clear(std::uint32_t, At) noexcept {
        clear();
    }
    constexpr void clear() noexcept { numbers_.clear(); }

private:
    vector_t<std::uint32_t, Allocator> numbers_;
};

} // namespace presence_router::inline v0::detail
