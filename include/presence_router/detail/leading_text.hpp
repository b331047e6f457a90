// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

// The text that a value is ordered by before anything else: values with different texts are ordered as these,
// bytewise.
inline std::string_view leading_text(std::string const& text) noexcept { return text; }
inline std::string_view leading_text(UserId const& user) noexcept { return user.str(); }
inline std::string_view leading_text(UserPresenceState const& state) noexcept { return state.user_id.str(); }

template <class T>
concept HasLeadingText = requires(T const& value) { leading_text(value); };

} // namespace presence_router::inline v0::detail
