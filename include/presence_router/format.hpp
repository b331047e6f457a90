// SPDX-License-Identifier: BSL-1.0
#pragma once

// std::format for the vocabulary, where the standard library has it; format specifications are those of
// strings. A header of its own because <format> is large.

#include <presence_router/all_users.hpp>
#include <presence_router/config.hpp>
#include <presence_router/presence_state.hpp>
#include <presence_router/shared_text.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#if PRESENCE_ROUTER_FORMAT

#    include <format>
#    include <string_view>

template <>
struct std::formatter<presence_router::SharedText> : std::formatter<std::string_view> {
    template <class Context>
    auto format(presence_router::SharedText const& text, Context& context) const {
        return std::formatter<std::string_view>::format(text.str(), context);
    }
};

template <>
struct std::formatter<presence_router::UserId> : std::formatter<std::string_view> {
    template <class Context>
    auto format(presence_router::UserId const& id, Context& context) const {
        return std::formatter<std::string_view>::format(id.str(), context);
    }
};

template <>
struct std::formatter<presence_router::PresenceState> : std::formatter<std::string_view> {
    template <class Context>
    auto format(presence_router::PresenceState state, Context& context) const {
        return std::formatter<std::string_view>::format(presence_router::to_string_view(state), context);
    }
};

template <>
struct std::formatter<presence_router::UserPresenceState> : std::formatter<std::string_view> {
    template <class Context>
    auto format(presence_router::UserPresenceState const& update, Context& context) const {
        return std::formatter<std::string_view>::format(presence_router::detail::describe(update), context);
    }
};

template <>
struct std::formatter<presence_router::AllUsers> : std::formatter<std::string_view> {
    template <class Context>
    auto format(presence_router::AllUsers, Context& context) const {
        return std::formatter<std::string_view>::format("all users", context);
    }
};

#endif
