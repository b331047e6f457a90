// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__GLIBC__)
#    include <malloc.h>
#endif

// Replaces the global operator new by one that counts bytes. Replacements cannot be inline: the one source file
// of a program includes this.
namespace benchmark {

inline std::size_t allocated = 0; // bytes, with what the allocator rounds up to

inline std::size_t taken(void* memory) {
#if defined(__GLIBC__)
    return malloc_usable_size(memory) + sizeof(std::size_t); // and the header before it
#else
    return memory ? sizeof(std::size_t) : 0;
#endif
}

} // namespace benchmark

// Not inlined: GCC would compare the malloc it sees with the delete it does not, and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
    void* const memory = std::malloc(size ? size : 1);
    if (!memory) std::abort();
    benchmark::allocated += benchmark::taken(memory);
    return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
    if (memory) benchmark::allocated -= benchmark::taken(memory);
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
