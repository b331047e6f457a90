// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

// Replaces the global operator new by one that counts, and that can be told to fail. Replacements cannot be
// inline: one source file of a program includes this.
namespace support {

struct Memory {
    std::size_t allocations = 0;
    std::size_t fails_at = 0; // the allocation, counted from 1, that fails; 0 for none
};
inline Memory memory;

/// How often `action` asks for memory.
template <class Action>
std::size_t allocations_of(Action&& action) {
    memory = {};
    std::forward<Action>(action)();
    return memory.allocations;
}

/// Whether `action` ran out of memory at its allocation `fails_at`; false if it needs fewer.
template <class Action>
bool runs_out_of_memory(std::size_t fails_at, Action&& action) {
    memory = {0, fails_at};
    try {
        std::forward<Action>(action)();
    } catch (std::bad_alloc const&) {
        memory = {};
        return true;
    }
    memory = {};
    return false;
}

} // namespace support

// Not inlined: GCC takes std::free for the mismatched partner of an operator new it did not look into.
[[gnu::noinline]] void* operator new(std::size_t size) {
    if (++support::memory.allocations == support::memory.fails_at) throw std::bad_alloc{};
    if (void* const allocated = std::malloc(size == 0 ? 1 : size)) return allocated;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* allocated) noexcept { std::free(allocated); }

// The others end in these two: by themselves, but under the address sanitizer, which has its own.
void* operator new[](std::size_t size) { return ::operator new(size); }
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    try {
        return ::operator new(size);
    } catch (std::bad_alloc const&) {
        return nullptr;
    }
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return ::operator new(size, std::nothrow);
}
void operator delete[](void* allocated) noexcept { ::operator delete(allocated); }
void operator delete(void* allocated, std::size_t) noexcept { ::operator delete(allocated); }
void operator delete[](void* allocated, std::size_t) noexcept { ::operator delete(allocated); }
void operator delete(void* allocated, std::nothrow_t const&) noexcept { ::operator delete(allocated); }
void operator delete[](void* allocated, std::nothrow_t const&) noexcept { ::operator delete(allocated); }
