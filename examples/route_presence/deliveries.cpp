// SPDX-License-Identifier: BSL-1.0
#include "deliveries.hpp"

#include <presence_router/delivery/by_server.hpp>
#include <presence_router/interop/presence_to_json.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace route_presence {

namespace {

using namespace presence_router;

constexpr std::size_t piece_size = 65536;

std::string in_ascii(std::string_view text) { return nlohmann::json(text).dump(-1, ' ', true); }

/// The numbers of the entries, in the order of what `key` gives of them.
template <class Entries, class Key>
std::vector<std::size_t> in_order(Entries const& entries, Key const& key) {
    std::vector<std::size_t> numbers(entries.size());
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    std::ranges::sort(numbers, std::ranges::less{}, [&](std::size_t number) { return key(entries[number]); });
    return numbers;
}

} // namespace

void write_inboxes(DeliveryPlan const& plan, std::ostream& out, Timestamp now) {
    std::vector<std::string> events; // a state is written once, however many receive it
    for (UserPresenceState const* const state : plan.states())
        append_presence_event(events.emplace_back(), *state, now);

    std::string json;
    for (std::size_t const number : in_order(plan, [](auto const& entry) { return entry.viewer.str(); })) {
        auto const& [viewer, states] = plan[number];
        json = R"({"viewer":)" + in_ascii(viewer.str()) + R"(,"events":)";
        char separator = '[';
        for (std::uint32_t const place : states.places()) {
            (json += separator) += events[place];
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

void write_edus(DeliveryPlan const& plan, std::string_view own_server, std::ostream& out, Timestamp now) {
    ServerDeliveries const deliveries = by_server(plan, own_server);
    std::string json;
    for (std::size_t const number : in_order(deliveries, [](auto const& entry) { return entry.server; }))
        for (PlannedStates<UserPresenceState> const states : deliveries[number].edus()) {
            json = R"({"destination":)" + in_ascii(deliveries[number].server) + R"(,"edu":)";
            append_presence_edu(json, states, now);
            json += "}\n";
            if (!out.write(json.data(), std::ssize(json))) return;
        }
}

} // namespace route_presence
