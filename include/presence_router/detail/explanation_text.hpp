// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/quoted.hpp>
#include <presence_router/detail/text_of.hpp>
#include <presence_router/insight/explanation_node.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>

// What an explanation says that does not depend on the type of its ids.
namespace presence_router::inline v0::detail {

using Nodes = std::span<ExplanationNode const>;

/// The first of the outermost filters that deny what a router below them grants.
inline ExplanationNode const* find_denier(Nodes nodes) noexcept {
    for (std::size_t at = 0; at < nodes.size(); ++at)
        if (nodes[at].denies)
            for (std::size_t below = at + 1; below < nodes.size() && nodes[below].depth > nodes[at].depth;
                 ++below)
                if (nodes[below].grants) return &nodes[at];
    return nullptr;
}

/// `RouteTable`, `without_viewers(guests)`, `chain`, `router`.
inline std::string called(ExplanationNode const& node) {
    std::string const name = node.name.empty() ? std::string{} : plain_or_quoted(node.name);
    if (node.adaptor.empty()) return name.empty() ? "router" : name;
    return std::string{node.adaptor} + (name.empty() ? name : '(' + name + ')');
}

/// `1.0 Broadcast`: the positions of the chains' routers that lead to the node, and what it is called.
inline std::string place_in_words(Nodes nodes, std::size_t at) {
    std::string place;
    std::size_t depth = nodes[at].depth + 1;
    for (std::size_t above = at + 1; above-- > 0;) {
        if (nodes[above].depth >= depth) continue;
        depth = nodes[above].depth;
        if (!nodes[above].position) continue;
        place = std::to_string(*nodes[above].position) + (place.empty() ? "" : ".") + place;
    }
    if (!place.empty() && nodes[at].adaptor.empty() && nodes[at].name.empty()) return place;
    return place + (place.empty() ? "" : " ") + called(nodes[at]);
}

inline std::string reason_in_words(Nodes nodes, std::optional<std::size_t> decisive) {
    if (decisive) return ": " + place_in_words(nodes, *decisive) + " grants it\n";
    if (ExplanationNode const* const denier = find_denier(nodes))
        return ": " + called(*denier) + " denies it\n";
    return ": no router grants it\n";
}

inline std::string said_in_words(ExplanationNode const& node) {
    bool const is_filter = node.adaptor.starts_with("only_") || node.adaptor.starts_with("without_");
    std::string said = node.grants ? "grants" : "does not grant";
    if (is_filter) said = node.denies ? "denies" : "allows";
    else if (!node.asked) said = node.grants ? "would grant" : "would not grant";
    if (node.takes_away) said += ", takes a blank state away";
    if (!node.failure) return said;
    std::string const failure = quoted(*node.failure, 200);
    if (node.adaptor == "guarded") return said + ", swallows " + failure;
    return (node.grants ? said + ", throws " : "throws ") + failure;
}

inline std::string nodes_in_lines(Nodes nodes, std::optional<std::size_t> decisive) {
    std::string lines;
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        ExplanationNode const& node = nodes[at];
        lines.append(2 * node.depth + 2, ' ');
        if (node.position) lines += std::to_string(*node.position) + ' ';
        lines += called(node) + ": " + said_in_words(node) + (at == decisive ? " <- decides\n" : "\n");
    }
    return lines;
}

} // namespace presence_router::inline v0::detail
