// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/raise.hpp>

#include <atomic>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iosfwd>
#include <limits>
#include <new>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

namespace presence_router::inline v0 {

class SharedText;

namespace detail {

/// What is text already: literals, std::string, std::string_view. A null pointer constant is not.
template <class S>
concept TextLike = !std::same_as<S, SharedText> && !std::is_null_pointer_v<S> &&
                   std::convertible_to<S const&, std::string_view>;

} // namespace detail

/// Immutable text, counted: copies share the characters and their hash, and one allocation holds all. Made
/// for user ids and status messages, which are copied into every route.
/// The value of a default constructed or moved-from text is "", and "" never allocates.
/// Different objects may be used from different threads even when they share; one object, as usual, may not.
class SharedText {
public:
    constexpr SharedText() noexcept = default;

    /// Requires: at most 2^32 - 1 bytes.   Throws: std::length_error, std::bad_alloc.   Complexity: linear.
    template <detail::TextLike S>
    SharedText(S const& text) : block_{make(text)} {}

    /// Complexity: constant.
    SharedText(SharedText const& other) noexcept : block_{other.block_} {
        if (block_ != nullptr) block_->count.fetch_add(1, std::memory_order_relaxed);
    }

    SharedText(SharedText&& other) noexcept : block_{std::exchange(other.block_, nullptr)} {}

    SharedText& operator=(SharedText other) noexcept {
        std::swap(block_, other.block_);
        return *this;
    }

// In an optional that was reset, GCC 12 believes that a text which is not there is destroyed.
#if defined(__GNUC__) && !defined(__clang__)
#    pragma GCC diagnostic push
#    pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
    ~SharedText() {
        if (block_ != nullptr && block_->count.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy(block_);
    }
#if defined(__GNUC__) && !defined(__clang__)
#    pragma GCC diagnostic pop
#endif

    /// Valid as long as any copy of this text; `data()` is never null, and not terminated.
    [[nodiscard]] std::string_view str() const noexcept {
        return block_ == nullptr ? std::string_view{""} : std::string_view{characters(block_), block_->size};
    }

    /// What std::hash gives for `str()`.   Complexity: constant.
    [[nodiscard]] std::size_t hash() const noexcept {
        return block_ == nullptr ? std::hash<std::string_view>{}({}) : block_->hash;
    }

    /// Complexity: constant for copies, and almost always for different texts.
    friend bool operator==(SharedText const& a, SharedText const& b) noexcept {
        if (a.block_ == b.block_) return true;
        if (a.block_ == nullptr || b.block_ == nullptr) return false;
        return a.block_->hash == b.block_->hash && a.str() == b.str();
    }

    /// Bytewise.   Complexity: constant for copies, else linear.
    friend std::strong_ordering operator<=>(SharedText const& a, SharedText const& b) noexcept {
        if (a.block_ == b.block_) return std::strong_ordering::equal;
        return a.str().compare(b.str()) <=> 0;
    }

    // One template for all other texts: an overload for each of them, or a conversion of this class to
    // std::string_view, makes `optional<SharedText> == string` ambiguous.
    template <detail::TextLike S>
    friend bool operator==(SharedText const& a, S const& b) {
        return a.str() == std::string_view(b);
    }

    template <detail::TextLike S>
    friend std::strong_ordering operator<=>(SharedText const& a, S const& b) {
        return a.str().compare(std::string_view(b)) <=> 0;
    }

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        SharedText const& text) {
        return out << std::basic_string_view<char, Traits>{text.str().data(), text.str().size()};
    }

private:
    // The characters follow. 32 bits suffice for the count: it is the number of SharedText objects, and
    // those alone would take 32 GiB; for the size `make` sees to it.
    struct Block {
        std::atomic<std::uint32_t> count;
        std::uint32_t size;
        std::size_t hash;
    };

    static char* characters(Block* block) noexcept { return reinterpret_cast<char*>(block + 1); }

    static Block* make(std::string_view text) {
        if (text.empty()) return nullptr;
        if (text.size() > (std::numeric_limits<std::uint32_t>::max)())
            detail::raise(std::length_error{"presence_router::SharedText: more than 2^32 - 1 bytes"});
        void* const memory = ::operator new(sizeof(Block) + text.size());
        auto* const block = ::new (memory)
            Block{1, static_cast<std::uint32_t>(text.size()), std::hash<std::string_view>{}(text)};
        std::memcpy(characters(block), text.data(), text.size());
        return block;
    }

    static void destroy(Block* block) noexcept {
        block->~Block();
        ::operator delete(block);
    }

    Block* block_ = nullptr;
};

} // namespace presence_router::inline v0

/// Equals the hash of the same text in a std::string_view.
template <>
struct std::hash<presence_router::SharedText> {
    [[nodiscard]] std::size_t operator()(presence_router::SharedText const& text) const noexcept {
        return text.hash();
    }
};
