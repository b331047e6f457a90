// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/shared_text.hpp>
#include <presence_router/user_id.hpp>

#include <concepts>
#include <cstdint>

namespace presence_router::inline v0::detail {

/// A number that copies share, and that tells them from every other value as long as one of them is there.
/// Read from the value alone: its hash lies where the characters lie, in far memory.
struct identity_of_fn {
    // Templates, so that nothing is converted: a text made for the call would be nobody's copy.
    template <std::same_as<SharedText> Text>
    std::uint64_t operator()(Text const& text) const noexcept {
        return reinterpret_cast<std::uintptr_t>(text.block_);
    }
    template <std::same_as<UserId> User>
    std::uint64_t operator()(User const& user) const noexcept {
        return (*this)(user.text_);
    }
};
inline constexpr identity_of_fn identity_of{};

template <class T>
concept HasIdentity = requires(T const& value) { identity_of(value); };

} // namespace presence_router::inline v0::detail
