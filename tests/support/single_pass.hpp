// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <vector>

namespace support {

/// A range that can be gone through once, as lines read from a socket, and tells how often that was begun.
template <class T>
class SinglePass {
public:
    class Iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using reference = T const&;
        using pointer = T const*;

        Iterator() = default;
        explicit Iterator(SinglePass& range) : range_{&range} {}

        T const& operator*() const { return range_->values_[range_->at_]; }
        Iterator& operator++() {
            ++range_->at_;
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return range_->at_ == range_->values_.size(); }

    private:
        SinglePass* range_ = nullptr;
    };

    SinglePass(std::initializer_list<T> values) : values_{values} {}

    Iterator begin() {
        ++begun_;
        return Iterator{*this};
    }
    std::default_sentinel_t end() const { return {}; }

    int begun() const { return begun_; }

private:
    std::vector<T> values_;
    std::size_t at_ = 0;
    int begun_ = 0;
};

} // namespace support
