// SPDX-License-Identifier: BSL-1.0
#include <presence_router/interop/presence_json.hpp>

#include "laws/sample.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What is written is read back, whatever is told; and what is wrong in one entry does not touch the others.
namespace laws {

using nlohmann::json;

/// A state and when it is told.
struct Told {
    UserPresenceState state;
    Timestamp now;
};

inline void showValue(Told const& told, std::ostream& out) {
    out << told.state << " at " << told.now.time_since_epoch().count();
}

/// Text of characters that JSON, UTF-8 or a terminal make something of.
inline rc::Gen<std::string> texts(bool in_a_localpart) {
    std::vector<std::string> characters{"a",
                                        "Z",
                                        "\"",
                                        "\\",
                                        "/",
                                        "\n",
                                        "\x1b",
                                        "\x7f",
                                        "\xC2\x80",
                                        "\xC3\xA9",
                                        "\xE2\x80\xA8",
                                        "\xEF\xBF\xBF",
                                        "\xED\x9F\xBF",
                                        "\xF0\x90\x80\x80",
                                        "\xF4\x8F\xBF\xBF",
                                        "*"};
    if (!in_a_localpart) characters.insert(characters.end(), {":", std::string{"\0", 1}});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(characters)),
                        [in_a_localpart](std::vector<std::string> const& drawn) {
                            std::string text;
                            for (std::string const& character : drawn)
                                if (!in_a_localpart || text.size() < 200) text += character;
                            return text;
                        });
}

/// Every size of number as often as every other one.
inline rc::Gen<std::int64_t> numbers(int bits) {
    return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, bits + 1), rc::gen::arbitrary<std::uint64_t>()),
                        [](std::pair<int, std::uint64_t> const& drawn) {
                            auto const [size, random] = drawn;
                            return static_cast<std::int64_t>(size == 0 ? 0 : random >> (64 - size));
                        });
}

inline UserPresenceState drawn_state(std::string const& localpart, PresenceState state, Timestamp last_active,
                                     bool silent, std::string const& message, bool active) {
    UserPresenceState result{.user_id = UserId{"@" + localpart + ":x.org:8448"},
                             .state = state,
                             .last_active_ts = last_active,
                             .last_federation_update_ts = Timestamp{std::chrono::milliseconds{7}},
                             .last_user_sync_ts = Timestamp{std::chrono::milliseconds{8}},
                             .currently_active = active};
    if (!silent) result.status_msg = message;
    return result;
}

inline rc::Gen<Told> tellings() {
    using std::chrono::milliseconds;
    auto const presence = rc::gen::element(PresenceState::offline, PresenceState::unavailable,
                                           PresenceState::online, PresenceState::busy);
    return rc::gen::apply(
        [](std::string const& localpart, PresenceState state, std::int64_t at, std::int64_t age, int sign,
           bool silent, std::string const& message, bool active) {
            Timestamp const now{milliseconds{sign < 0 ? -at : at}};
            Timestamp const last_active =
                sign == 0 ? Timestamp{} : now - milliseconds{sign == 1 ? -age : age};
            return Told{drawn_state(localpart, state, last_active, silent, message, active), now};
        },
        texts(true), presence, numbers(62), numbers(61), rc::gen::inRange(-1, 5), rc::gen::arbitrary<bool>(),
        texts(false), rc::gen::arbitrary<bool>());
}

} // namespace laws

namespace rc {

template <>
struct Arbitrary<laws::Told> {
    static Gen<laws::Told> arbitrary() { return laws::tellings(); }
};

} // namespace rc

namespace laws {

/// What of the state there is to be read: ages are cut off, and one that leads to the epoch means "never".
inline PresenceContent on_the_wire(Told const& told) {
    using std::chrono::milliseconds;
    PresenceContent content = presence_content(told.state, told.now);
    if (content.last_active_ago) {
        constexpr milliseconds longest{(std::int64_t{1} << 53) - 1};
        content.last_active_ago = std::clamp(*content.last_active_ago, milliseconds{0}, longest);
        if (told.now - *content.last_active_ago == Timestamp{}) content.last_active_ago.reset();
    }
    return content;
}

inline void assert_read(UserPresenceState const& read, Told const& told) {
    RC_ASSERT(read.user_id == told.state.user_id);
    RC_ASSERT(presence_content(read, told.now) == on_the_wire(told));
}

inline void an_event() {
    law("JSON", "an event reads back", [](Told const& told) {
        std::string text;
        append_presence_event(text, told.state, told.now);
        json const value = presence_event_to_json(told.state, told.now);
        RC_ASSERT(json::parse(text) == value);
        auto const from_value = presence_event_from_json(value, told.now, "x.org:8448");
        RC_ASSERT(from_value.value.has_value());
        RC_ASSERT(from_value.problems.empty());
        assert_read(*from_value.value, told);
        auto const from_text = presence_from_text(text, told.now);
        RC_ASSERT(from_text.problems.empty());
        RC_ASSERT(from_text.updates == std::vector{*from_value.value});
    });
}

inline std::vector<UserPresenceState> states_of(std::vector<Told> const& told) {
    std::vector<UserPresenceState> result;
    for (Told const& one : told) result.push_back(one.state);
    return result;
}

inline void an_edu() {
    law("JSON", "an EDU reads back", [](std::vector<Told> const& told) {
        Timestamp const now = told.empty() ? Timestamp{} : told.front().now;
        std::string text;
        append_presence_edu(text, states_of(told), now);
        json const value = presence_edu_to_json(states_of(told), now);
        RC_ASSERT(json::parse(text) == value);
        auto const read = presence_from_text(text, now, "x.org:8448");
        RC_ASSERT(read.problems.empty());
        RC_ASSERT(read.updates.size() == told.size());
        for (std::size_t at = 0; at < told.size(); ++at) {
            assert_read(read.updates[at], {told[at].state, now});
            RC_ASSERT(read.updates[at].last_federation_update_ts == now);
        }
        RC_ASSERT(presence_edu_from_json(value, now).updates == read.updates);
        RC_ASSERT(presence_edu_to_json(read.updates, now) ==
                  presence_edu_to_json(presence_push_from_json(value["content"], now).updates, now));
    });
}

/// Makes an entry of an EDU unreadable, in one of several ways.
inline void spoil(json& entry, std::size_t way) {
    static std::vector<std::pair<char const*, json>> const wrong{{"user_id", 1},
                                                                 {"user_id", "bob"},
                                                                 {"user_id", "@bob:x.org"},
                                                                 {"presence", "away"},
                                                                 {"presence", nullptr},
                                                                 {"last_active_ago", 0.5},
                                                                 {"last_active_ago", -1},
                                                                 {"last_active_ago", 1ULL << 53},
                                                                 {"status_msg", true},
                                                                 {"status_msg", "\xFF"},
                                                                 {"currently_active", 0},
                                                                 {"currently_active", "true"}};
    way %= wrong.size() + 3;
    if (way < wrong.size()) entry[wrong[way].first] = wrong[way].second;
    else if (way == wrong.size()) entry = 7;
    else entry.erase(way == wrong.size() + 1 ? "user_id" : "presence");
}

inline void a_wrong_entry() {
    law("JSON", "a wrong entry is one problem, and nothing else is lost",
        [](std::vector<Told> const& told, std::vector<std::pair<std::size_t, std::size_t>> const& spoilt) {
            RC_PRE(!told.empty());
            Timestamp const now = told.front().now;
            json edu = presence_edu_to_json(states_of(told), now);
            auto const whole = presence_edu_from_json(edu, now, "x.org:8448");
            std::set<std::size_t> wrong;
            for (auto const& [which, way] : spoilt)
                if (wrong.insert(which % told.size()).second)
                    spoil(edu["content"]["push"][which % told.size()], way);

            auto const read = presence_edu_from_json(edu, now, "x.org:8448");
            std::vector<UserPresenceState> expected;
            for (std::size_t at = 0; at < told.size(); ++at)
                if (!wrong.contains(at)) expected.push_back(whole.updates.at(at));
            RC_ASSERT(read.updates == expected);
            RC_ASSERT(read.problems.size() == wrong.size());
            auto problem = read.problems.begin();
            for (std::size_t const at : wrong)
                RC_ASSERT(
                    ((problem++)->where + '/').starts_with("/content/push/" + std::to_string(at) + '/'));
        });
}

} // namespace laws

int main() {
    laws::an_event();
    laws::an_edu();
    laws::a_wrong_entry();
    return laws::all_hold ? 0 : 1;
}
