// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/explanation_text.hpp>
#include <presence_router/detail/text_of.hpp>
#include <presence_router/insight/explanation_node.hpp>
#include <presence_router/user_id.hpp>

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace presence_router::inline v0 {

/// Why a viewer sees a subject, or does not, as `explain` found out. Owns what it holds.
template <class Id>
class BasicExplanation {
public:
    /// Requires: `nodes` are in the order of `nodes()`, and `decisive` is the place of one of them.
    BasicExplanation(Id viewer, Id subject, std::vector<ExplanationNode> nodes,
                     std::optional<std::size_t> decisive)
        : viewer_(std::move(viewer)), subject_(std::move(subject)), nodes_(std::move(nodes)),
          decisive_{decisive} {}

    [[nodiscard]] Id const& viewer() const noexcept { return viewer_; }
    [[nodiscard]] Id const& subject() const noexcept { return subject_; }

    /// Whether the viewer sees the subject.
    [[nodiscard]] bool sees() const noexcept { return decisive_.has_value(); }

    /// What routers, chains and adaptors said: each before those below it, which are deeper by one, and those
    /// of a chain in its order.
    [[nodiscard]] std::span<ExplanationNode const> nodes() const noexcept { return nodes_; }

    // What the next two point to is one of `nodes()`, and lives as long as they.

    /// The router that decides: the first that grants it and is not denied around; nullptr if none is.
    [[nodiscard]] ExplanationNode const* decisive() const noexcept {
        return decisive_ ? &nodes_[*decisive_] : nullptr;
    }

    /// The filter that denies what some router grants: the outermost, and of several the first; nullptr if
    /// the viewer sees the subject, or no router grants it.
    [[nodiscard]] ExplanationNode const* denier() const noexcept {
        return sees() ? nullptr : detail::find_denier(nodes_);
    }

    /// The decisive router in a word or two: its position, those of the chains around it first, and its name,
    /// as in "1.0 Broadcast"; empty if there is none.
    [[nodiscard]] std::string decided_by() const {
        return decisive_ ? detail::place_in_words(nodes_, *decisive_) : std::string{};
    }

    /// What a person reads: a line that tells who sees whom and by whose word, and one for each node.
    [[nodiscard]] std::string text() const {
        std::string text = detail::text_of(viewer_, "the viewer");
        text += sees() ? " sees " : " does not see ";
        text += detail::text_of(subject_, "the subject");
        return text + detail::reason_in_words(nodes_, decisive_) + detail::nodes_in_lines(nodes_, decisive_);
    }

    friend bool operator==(BasicExplanation const&, BasicExplanation const&) = default;

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                                        BasicExplanation const& explanation) {
        std::string const text = explanation.text();
        return out << std::basic_string_view<char, Traits>{text.data(), text.size()};
    }

private:
    Id viewer_;
    Id subject_;
    std::vector<ExplanationNode> nodes_;
    std::optional<std::size_t> decisive_; // a place in nodes_
};

/// The explanation of the Matrix vocabulary.
using Explanation = BasicExplanation<UserId>;

} // namespace presence_router::inline v0
