// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/check_router.hpp>
#include <presence_router/detail/dot_quoted.hpp>
#include <presence_router/detail/numbering.hpp>
#include <presence_router/detail/text_of.hpp>
#include <presence_router/insight/explain.hpp>
#include <presence_router/router_vocabulary.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// An edge of a routing graph: presence flows from the subject to the viewer. Both are places in `users()`.
struct RoutingGraphEdge {
    std::size_t subject = 0;
    std::size_t viewer = 0;
    std::string router{}; // that decides, as BasicExplanation::decided_by() calls it

    friend bool operator==(RoutingGraphEdge const&, RoutingGraphEdge const&) = default;
};

/// Who sees whom among some users, as `routing_graph` found out. Owns what it holds.
template <class Id>
class BasicRoutingGraph {
public:
    /// Requires: the edges lead from and to places in `users`.
    BasicRoutingGraph(std::vector<Id> users, std::vector<RoutingGraphEdge> edges)
        : users_(std::move(users)), edges_(std::move(edges)) {}

    /// The users asked about, each once, in the order given.
    [[nodiscard]] std::span<Id const> users() const noexcept { return users_; }

    /// An edge for each user and each who sees them, which may be themselves: by subject and then by viewer,
    /// in the order of the users.
    [[nodiscard]] std::span<RoutingGraphEdge const> edges() const noexcept { return edges_; }

    /// The graph in DOT, for Graphviz: `dot -Tsvg`. The arrows go from subject to viewer, as presence flows,
    /// and each is labelled with the router that decides. Equal graphs give equal texts. Ids appear in labels
    /// alone, escaped; a user whose id has no `<<` is named by place, from 0.
    [[nodiscard]] std::string dot() const {
        std::string dot = "digraph presence {\n    rankdir=LR;\n    node [shape=box];\n";
        for (std::size_t user = 0; user < users_.size(); ++user)
            dot += "    " + node(user) + " [label=" + detail::dot_quoted(label(user)) + "];\n";
        for (RoutingGraphEdge const& edge : edges_)
            dot += "    " + node(edge.subject) + " -> " + node(edge.viewer) +
                   " [label=" + detail::dot_quoted(edge.router) + "];\n";
        return dot + "}\n";
    }

    friend bool operator==(BasicRoutingGraph const&, BasicRoutingGraph const&) = default;

    /// Writes `dot()`.
    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        BasicRoutingGraph const& graph) {
        std::string const dot = graph.dot();
        return out << std::basic_string_view<char, Traits>{dot.data(), dot.size()};
    }

private:
    static std::string node(std::size_t user) { return "u" + std::to_string(user); }
    std::string label(std::size_t user) const {
        if constexpr (detail::Printable<Id>) return detail::printed(users_[user]);
        else return "user #" + std::to_string(user);
    }

    std::vector<Id> users_;
    std::vector<RoutingGraphEdge> edges_;
};

/// The routing graph of the Matrix vocabulary.
using RoutingGraph = BasicRoutingGraph<UserId>;

namespace detail {

struct routing_graph_fn {
    template <class R>
    [[nodiscard]] BasicRoutingGraph<user_id_t<R>> operator()(R const& router,
                                                             Batch<user_id_t<R>> users) const {
        static_assert(check_router<unwrapped_t<R>>());
        Numbering<user_id_t<R>> distinct;
        for (user_id_t<R> const& user : users.states()) distinct.assign(user);
        std::vector<user_id_t<R>> nodes = std::move(distinct).take();
        std::vector<RoutingGraphEdge> edges;
        for (std::size_t subject = 0; subject < nodes.size(); ++subject)
            for (std::size_t viewer = 0; viewer < nodes.size(); ++viewer)
                if (presence_router::sees(router, nodes[viewer], nodes[subject]))
                    edges.push_back(
                        {subject, viewer,
                         presence_router::explain(router, nodes[viewer], nodes[subject]).decided_by()});
        return {std::move(nodes), std::move(edges)};
    }
};

} // namespace detail

/// Who sees whom among `users`, and by which router's word: a picture of a policy.
///   std::ofstream("policy.dot") << routing_graph(policy, users);
/// Requires: `users` is any input range of ids, or a list in braces; what comes twice counts once.
/// Throws: what the router throws.
/// Complexity: `sees` for each ordered pair of the users, each with themselves included: users.size()²
/// questions; and `explain` for each pair that it is true of.
inline constexpr detail::routing_graph_fn routing_graph{};

} // namespace presence_router::inline v0
