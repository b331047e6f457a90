// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/presence_state.hpp>
#include <presence_router/user_id.hpp>
#include <presence_router/user_presence_state.hpp>

#include "conformance/recorded.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <regex>
#include <string>
#include <type_traits>
#include <vector>

// The two vocabularies in which the cases are replayed.
namespace conformance {

using namespace presence_router;

/// Replays cases as they stand: no id and no presence value is refused.
struct Strings {
    using Id = std::string;
    using State = recorded::State;
    static std::optional<Id> id(std::string const& text) { return text; }
    static std::optional<State> state(recorded::State const& state) { return state; }
    static std::string text(Id const& id) { return id; }
    static std::int64_t time(std::int64_t ms) { return ms; }
    static std::int64_t duration(std::int64_t ms) { return ms; }
};

/// Replays the cases whose ids and presence values are all valid.
struct Matrix {
    using Id = UserId;
    using State = UserPresenceState;
    static std::optional<Id> id(std::string const& text) { return UserId::parse(text); }
    static std::optional<State> state(recorded::State const& state) {
        auto const user_id = UserId::parse(state.user_id);
        auto const value = parse_presence_state(state.state);
        if (!user_id || !value) return std::nullopt;
        UserPresenceState result{.user_id = *user_id,
                                 .state = *value,
                                 .last_active_ts = time(state.last_active_ts),
                                 .last_federation_update_ts = time(state.last_federation_update_ts),
                                 .last_user_sync_ts = time(state.last_user_sync_ts),
                                 .currently_active = state.currently_active};
        if (state.status_msg) result.status_msg = *state.status_msg;
        return result;
    }
    static std::string text(Id const& id) { return std::string(id.str()); }
    static Timestamp time(std::int64_t ms) { return Timestamp{duration(ms)}; }
    static std::chrono::milliseconds duration(std::int64_t ms) { return std::chrono::milliseconds{ms}; }
};

/// Whether an id or a state is one of Matrix, found without the library: no case is left out silently.
inline bool is_matrix_id(std::string const& text) {
    static std::regex const server_name(R"((\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z.-]+)(:[0-9]{1,5})?)");
    std::size_t const colon = text.find(':');
    return text.size() <= 255 && text.starts_with('@') && colon != std::string::npos &&
           text.substr(0, colon).find('\0') == std::string::npos &&
           std::regex_match(text.substr(colon + 1), server_name);
}

inline bool is_matrix_state(recorded::State const& state) {
    return is_matrix_id(state.user_id) &&
           (state.state == "online" || state.state == "offline" || state.state == "unavailable" ||
            state.state == "busy" || state.state == "org.matrix.msc3026.busy");
}

/// Replays all `cases` in the vocabulary `V`: those that `in_vocabulary(recorded)` gives a question for, and
/// these have to be just those for which `is_matrix(recorded)` is true, or all.
template <class V, class Case, class IsMatrix, class InVocabulary, class Replay>
void replay_all(std::string const& op, std::vector<Case> const& cases, IsMatrix const& is_matrix,
                InVocabulary const& in_vocabulary, Replay const& replay) {
    std::size_t replayed = 0;
    std::size_t valid = 0;
    for (Case const& recorded : cases) {
        INFO(recorded.id);
        bool const expected = std::is_same_v<V, Strings> || is_matrix(recorded);
        valid += expected;
        auto const asked = in_vocabulary(recorded);
        CHECK(asked.has_value() == expected);
        if (!asked) continue;
        replay(*asked);
        ++replayed;
    }
    std::cout << "conformance: " << op << ", " << (std::is_same_v<V, Strings> ? "string" : "Matrix")
              << " ids: " << replayed << " of " << cases.size() << " cases replayed, "
              << cases.size() - replayed << " left out for ids or presence values that are invalid there\n";
    CHECK(replayed == valid);
    CHECK(replayed > 0);
}

} // namespace conformance
