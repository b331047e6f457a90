// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0::detail {

/// A random access iterator over what `source[place]` gives. Holds a copy of `source`, which is a view.
template <class Source>
class PlaceIterator {
public:
    using reference = decltype(std::declval<Source const&>()[std::size_t{}]);
    using value_type = std::remove_cvref_t<reference>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::random_access_iterator_tag;
    using iterator_category = std::conditional_t<std::is_lvalue_reference_v<reference>,
                                                 std::random_access_iterator_tag, std::input_iterator_tag>;

    PlaceIterator() = default;
    PlaceIterator(Source source, std::size_t place) noexcept : source_{source}, place_{place} {}

    reference operator*() const noexcept { return source_[place_]; }
    reference operator[](difference_type by) const noexcept { return *(*this + by); }
    auto operator->() const noexcept
        requires std::is_lvalue_reference_v<reference>
    {
        return std::addressof(**this);
    }

    PlaceIterator& operator++() noexcept { return *this += 1; }
    PlaceIterator& operator--() noexcept { return *this -= 1; }
    PlaceIterator operator++(int) noexcept { return std::exchange(*this, *this + 1); }
    PlaceIterator operator--(int) noexcept { return std::exchange(*this, *this - 1); }
    PlaceIterator& operator+=(difference_type by) noexcept {
        place_ += static_cast<std::size_t>(by);
        return *this;
    }
    PlaceIterator& operator-=(difference_type by) noexcept { return *this += -by; }

    friend PlaceIterator operator+(PlaceIterator at, difference_type by) noexcept { return at += by; }
    friend PlaceIterator operator+(difference_type by, PlaceIterator at) noexcept { return at += by; }
    friend PlaceIterator operator-(PlaceIterator at, difference_type by) noexcept { return at -= by; }
    friend difference_type operator-(PlaceIterator const& a, PlaceIterator const& b) noexcept {
        return static_cast<difference_type>(a.place_ - b.place_);
    }
    friend bool operator==(PlaceIterator const& a, PlaceIterator const& b) noexcept {
        return a.place_ == b.place_;
    }
    friend std::strong_ordering operator<=>(PlaceIterator const& a, PlaceIterator const& b) noexcept {
        return a.place_ <=> b.place_;
    }

private:
    Source source_{};
    std::size_t place_ = 0;
};

} // namespace presence_router::inline v0::detail
