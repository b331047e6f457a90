// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/hash_index.hpp>
#include <presence_router/detail/keys.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace presence_router::inline v0::detail {

/// Shows each of many values once, in any order. It is only the memory for that, to be used again.
///   bool show(count, each, sink)
/// `each(f)` calls f(value) for all values, some `count` they are, each time the same, in the same order and
/// at the same places. The sink answers false when it has had enough; then show does.
/// Complexity: linear on average for values with a hash, else sorting.
template <class T>
class Distinct;

// A set that grows by each value would be looked up in far memory, and be built anew again and again. Instead
// the values are first put into buckets by their hashes, and the table of one bucket stays in the nearest
// cache. An id's text, which lies anywhere, is fetched for its hash, and once more when it is shown.
template <Hashable T>
class Distinct<T> {
public:
    template <class Each, class Sink>
    bool show(std::size_t count, Each const& each, Sink const& sink) {
        hashes_.clear();
        hashes_.reserve(count);
        each([&](T const& value) { hashes_.push_back(mixed(std::hash<T>{}(value))); });
        fill_buckets(each);
        std::size_t begin = 0;
        for (std::size_t const end : ends_)
            if (!show_bucket(std::exchange(begin, end), end, sink)) return false;
        return true;
    }

private:
    struct Entry {
        T const* value;
        std::uint32_t hash;
    };

    static constexpr std::size_t in_bucket = 1024;   // on average, at most: their table then takes some 8 KiB
    static constexpr std::size_t most_buckets = 512; // more are slow to write to side by side

    /// Makes the entries, sorted by the high bits of their hashes, counting.
    template <class Each>
    void fill_buckets(Each const& each) {
        std::size_t const count = hashes_.size();
        if (capacity_ < count) {
            entries_ = std::make_unique_for_overwrite<Entry[]>(count);
            capacity_ = count;
        }
        auto const bits = static_cast<int>(std::bit_width((std::min)(count / in_bucket, most_buckets - 1)));
        auto const bucket = [bits](std::uint32_t hash) { return std::uint64_t{hash} << bits >> 32; };
        ends_.assign((std::size_t{1} << bits) + 1, 0);
        for (std::uint32_t const hash : hashes_) ++ends_[bucket(hash) + 1];
        std::size_t const largest = *std::max_element(ends_.begin(), ends_.end());
        table_.assign(std::bit_ceil(largest * 3 / 2 + 1), 0);
        std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
        ends_.pop_back(); // these are the begins of the buckets, each of which moves to its end now
        auto next = hashes_.begin();
        each([&](T const& value) {
            std::uint32_t const hash = *next++;
            entries_[ends_[bucket(hash)]++] = {std::addressof(value), hash};
        });
    }

    template <class Sink>
    bool show_bucket(std::size_t begin, std::size_t end, Sink const& sink) {
        std::size_t const mask = table_.size() - 1;
        for (std::size_t number = begin; number < end; ++number) {
            Entry const& entry = entries_[number];
            std::size_t at = entry.hash & mask;
            while (table_[at] > begin && !same(entries_[table_[at] - 1], entry)) at = (at + 1) & mask;
            if (table_[at] > begin) continue;
            table_[at] = static_cast<std::uint32_t>(number + 1);
            if (!sink(*entry.value)) return false;
        }
        return true;
    }

    static bool same(Entry const& a, Entry const& b) { return a.hash == b.hash && *a.value == *b.value; }

    std::vector<std::uint32_t> hashes_; // in the order of coming
    std::vector<std::size_t> ends_;     // of the buckets
    std::unique_ptr<Entry[]> entries_;
    std::size_t capacity_ = 0;
    // Numbers of entries, counted from 1. What is not above the begin of a bucket is from an earlier one, and
    // counts as free.
    std::vector<std::uint32_t> table_;
};

template <Ordered T>
    requires(!Hashable<T>)
class Distinct<T> {
public:
    template <class Each, class Sink>
    bool show(std::size_t count, Each const& each, Sink const& sink) {
        values_.clear();
        values_.reserve(count);
        each([&](T const& value) { values_.push_back(std::addressof(value)); });
        std::sort(values_.begin(), values_.end(), [](T const* a, T const* b) { return *a < *b; });
        T const* last = nullptr;
        for (T const* const value : values_)
            if ((last == nullptr || *last < *value) && !sink(*(last = value))) return false;
        return true;
    }

private:
    std::vector<T const*> values_;
};

// With neither hash nor order, as where a type has a set of its own kind, all that is left is to look.
template <class T>
    requires(!Hashable<T> && !Ordered<T>)
class Distinct<T> {
public:
    template <class Each, class Sink>
    bool show(std::size_t, Each const& each, Sink const& sink) {
        values_.clear();
        each([&](T const& value) {
            if (std::none_of(values_.begin(), values_.end(), [&](T const* known) { return *known == value; }))
                values_.push_back(std::addressof(value));
        });
        return std::all_of(values_.begin(), values_.end(), [&](T const* value) { return sink(*value); });
    }

private:
    std::vector<T const*> values_;
};

} // namespace presence_router::inline v0::detail
