// SPDX-License-Identifier: BSL-1.0
#include "inboxes.hpp"

#include <presence_router/interop/presence_to_json.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <string>

namespace route_presence {

namespace {

constexpr std::size_t piece_size = 65536;

} // namespace

void Inboxes::write(std::ostream& out, presence_router::Timestamp now) const {
    std::vector<decltype(received_)::const_pointer> inboxes;
    for (auto const& inbox : received_) inboxes.push_back(&inbox);
    std::ranges::sort(inboxes, std::ranges::less{}, [](auto const* inbox) -> auto& { return inbox->first; });

    std::string json;
    for (auto const* inbox : inboxes) {
        json = R"({"viewer":)" + nlohmann::json(inbox->first.str()).dump(-1, ' ', true); // in ASCII
        json += R"(,"events":)";
        char separator = '[';
        for (std::uint32_t const number : inbox->second) {
            json += separator;
            presence_router::append_presence_event(json, updates_[number], now);
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
