// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/law_questions.hpp>
#include <presence_router/detail/law_sample.hpp>
#include <presence_router/laws/breach.hpp>

#include <optional>
#include <set>
#include <string>

namespace presence_router::inline v0::detail {

/// Keeps the first breach. What is compared goes by the names `one` and `other` in the sentence.
template <class Id, class State>
class LawReport {
public:
    explicit LawReport(LawSample<Id, State> const& sample) : sample_{sample} {}

    /// The sentence is made of `words`: text, users and states, by number.
    template <class... Words>
    void expect(bool holds, Words const&... words) {
        if (!holds && !breach_) breach_ = Breach{(text(words) + ...)};
    }

    void expect_within(LawRoutes const& part, std::string const& one, LawRoutes const& all,
                       std::string const& other) {
        for (auto const& [viewer, state] : part)
            expect(all.contains({viewer, state}), one, " routes ", state, " to ", viewer, ", ", other,
                   " does not");
    }
    void expect_within(std::set<UserNumber> const& entries, std::string const& one,
                       std::set<UserNumber> const& all, std::string const& other) {
        for (UserNumber const viewer : entries)
            expect(all.contains(viewer), one, " has an entry for ", viewer, ", ", other, " does not");
    }
    void expect_within(LawInterest const& part, std::string const& one, LawInterest const& all,
                       std::string const& other) {
        if (all.everybody) return;
        expect(!part.everybody, "asked by ", part.viewer, ", ", one, " answers all users, ", other,
               " does not");
        for (UserNumber const subject : part.users)
            expect(all.users.contains(subject), "asked by ", part.viewer, ", ", one, " has ", subject, ", ",
                   other, " does not");
    }

    template <class Answer>
    void expect_same(Answer const& a, std::string const& one, Answer const& b, std::string const& other) {
        expect_within(a, one, b, other);
        expect_within(b, other, a, one);
    }
    template <class Answer>
    void expect_repeated(Answer const& a, Answer const& b, std::string const& call) {
        expect_within(a, "one of two equal calls of " + call, b, "the other");
        expect_within(b, "one of two equal calls of " + call, a, "the other");
    }

    std::optional<Breach> const& breach() const { return breach_; }

private:
    static std::string text(std::string words) { return words; }
    std::string text(UserNumber user) const { return sample_.text(user); }
    std::string text(StateNumber state) const { return sample_.text(state); }

    LawSample<Id, State> const& sample_;
    std::optional<Breach> breach_;
};

} // namespace presence_router::inline v0::detail
