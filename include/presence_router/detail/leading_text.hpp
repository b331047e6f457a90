// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace presence_router::inline v0::detail {

// The text that a value is ordered by before anything else: values with different texts are ordered as these,
// bytewise. Templates, so that nothing is converted: what converts to a text need not be ordered by it.
template <std::same_as<std::string> Text>
std::string_view leading_text(Text const& text) noexcept {
    return text;
}
template <std::same_as<UserId> User>
std::string_view leading_text(User const& user) noexcept {
    return user.str();
}
template <std::same_as<UserPresenceState> State>
std::string_view leading_text(State const& state) noexcept {
    return state.user_id.str();
}

template <class T>
concept HasLeadingText = requires(T const& value) { leading_text(value); };

} // namespace presence_router::inline v0::detail
