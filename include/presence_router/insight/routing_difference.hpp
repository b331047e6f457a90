// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/text_of.hpp>
#include <presence_router/subject_of.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>
#include <presence_router/users_for_states.hpp>

#include <algorithm>
#include <iosfwd>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace presence_router::inline v0 {

/// What viewers receive by one router and not by another, as `compare` found out. Owns what it holds. A
/// viewer is there only with a state; a state that the other router rewrites is lost, and what becomes of it
/// gained.
template <class Id, class State>
struct BasicRoutingDifference {
    BasicUsersForStates<Id, State> lost{};   // by the first router alone
    BasicUsersForStates<Id, State> gained{}; // by the second router alone

    [[nodiscard]] bool empty() const {
        return std::begin(lost) == std::end(lost) && std::begin(gained) == std::end(gained);
    }

    friend bool operator==(BasicRoutingDifference const&, BasicRoutingDifference const&) = default;

    /// A line for each state that a viewer loses or gains, `@alice:x gains @bob:x online`; the lines are
    /// sorted. What has no `<<` is "a viewer", and "a state of" its subject.
    [[nodiscard]] std::string text() const {
        std::vector<std::string> lines;
        append_lines(lines, lost, " loses ");
        append_lines(lines, gained, " gains ");
        std::sort(lines.begin(), lines.end());
        std::string text;
        for (std::string const& line : lines) (text += line) += '\n';
        return text;
    }

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        BasicRoutingDifference const& difference) {
        std::string const text = difference.text();
        return out << std::basic_string_view<char, Traits>{text.data(), text.size()};
    }

private:
    static void append_lines(std::vector<std::string>& lines, BasicUsersForStates<Id, State> const& routes,
                             char const* change) {
        for (auto const& [viewer, states] : routes)
            for (State const& state : states)
                lines.push_back(detail::text_of(viewer, "a viewer") + change + text_of(state));
    }

    static std::string text_of(State const& state) {
        if constexpr (detail::Printable<State>) return detail::printed(state);
        else return "a state of " + detail::text_of<Id>(presence_router::subject_of(state), "a user");
    }
};

/// The difference in the Matrix vocabulary.
using RoutingDifference = BasicRoutingDifference<UserId, UserPresenceState>;

} // namespace presence_router::inline v0
