// SPDX-License-Identifier: BSL-1.0
#include "inboxes.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>

namespace route_presence {

namespace {

using presence_router::PresenceState;
using presence_router::Timestamp;
using presence_router::UserPresenceState;

constexpr std::size_t piece_size = 65536;

/// Adds `text` in ASCII, as the JSON library escapes it: the output can then neither move a terminal's cursor
/// nor hold what some readers take for the end of a line. Most ids and messages need only their quotes.
void append_string(std::string& json, std::string_view text) {
    auto const is_plain = [](char c) { return ' ' <= c && c <= '~' && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) (json += '"').append(text) += '"';
    else json += nlohmann::json(text).dump(-1, ' ', true);
}

/// An event as a Matrix client receives it; what says nothing is left out. Put together as text, because one
/// update is written to many viewers: making a JSON value each time took more than twice as long.
/// Source: Matrix specification, client-server API, "m.presence"; Synapse's `format_user_presence_state`.
void append_event(std::string& json, UserPresenceState const& update, Timestamp now) {
    json += R"({"type":"m.presence","sender":)";
    append_string(json, update.user_id.str());
    json += R"(,"content":{"presence":)";
    append_string(json, to_string_view(update.state));
    if (update.last_active_ts != Timestamp{})
        json += R"(,"last_active_ago":)" + std::to_string((now - update.last_active_ts).count());
    if (update.status_msg && *update.status_msg != "") {
        json += R"(,"status_msg":)";
        append_string(json, update.status_msg->str());
    }
    if (update.state == PresenceState::online)
        json += update.currently_active ? R"(,"currently_active":true)" : R"(,"currently_active":false)";
    json += "}}";
}

} // namespace

void Inboxes::write(std::ostream& out, Timestamp now) const {
    std::vector<decltype(received_)::const_pointer> inboxes;
    for (auto const& inbox : received_) inboxes.push_back(&inbox);
    std::ranges::sort(inboxes, std::ranges::less{}, [](auto const* inbox) -> auto& { return inbox->first; });

    std::string json;
    for (auto const* inbox : inboxes) {
        json = R"({"viewer":)";
        append_string(json, inbox->first.str());
        json += R"(,"events":)";
        char separator = '[';
        for (std::uint32_t const number : inbox->second) {
            json += separator;
            append_event(json, updates_[number], now);
            separator = ',';
            // A viewer of everything has a line as long as the input.
            if (json.size() >= piece_size) {
                if (!out.write(json.data(), std::ssize(json))) return;
                json.clear();
            }
        }
        json += "]}\n";
        if (!out.write(json.data(), std::ssize(json))) return;
    }
}

} // namespace route_presence
