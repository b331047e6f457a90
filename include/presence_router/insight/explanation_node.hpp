// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace presence_router::inline v0 {

/// What one router of a policy, or one adaptor or chain around routers, said when `explain` asked it.
struct ExplanationNode {
    std::size_t depth = 0;                 // how many adaptors and chains stand around it
    std::optional<std::size_t> position{}; // in the chain that it stands in, from 0
    std::string_view adaptor{};            // "only_viewers", "guarded", ..., "chain"; empty for a router
    std::string name{};                    // the router's, or that of a filter's predicate; may be empty
    bool grants = false;                   // it lets the viewer see the subject: with what it stands around
    bool denies = false;                   // a filter that refuses the two, whatever stands below it
    bool takes_away = false;               // `transformed` that makes nothing of a blank state of the subject
    bool asked = true;                     // `sees` asks it too; else it was asked to be shown here
    std::optional<std::string> failure{};  // what it threw; or, of `guarded`, what was thrown below it

    friend bool operator==(ExplanationNode const&, ExplanationNode const&) = default;
};

} // namespace presence_router::inline v0
