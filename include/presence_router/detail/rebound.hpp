// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

// Allocators for the parts of which the library's own containers are made.
namespace presence_router::inline v0::detail {

template <class Allocator, class T>
using rebound_t = typename std::allocator_traits<Allocator>::template rebind_alloc<T>;

template <class T, class Allocator>
using vector_t = std::vector<T, rebound_t<Allocator, T>>;

using DefaultAllocator = std::allocator<std::byte>;

} // namespace presence_router::inline v0::detail
