// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/detail/law_questions.hpp>
#include <presence_router/detail/law_report.hpp>
#include <presence_router/detail/law_sample.hpp>
#include <presence_router/laws/breach.hpp>
#include <presence_router/laws/claim.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace presence_router::inline v0::detail {

/// Holds a router against the laws that it claims to keep; see find_breach.
template <class R>
class BreachFinder {
    using Id = user_id_t<R>;
    using State = state_t<R>;
    using States = std::span<State const>;

public:
    BreachFinder(R const& router, std::span<Id const> users, States states)
        : sample_{users, states}, ask_{router, sample_}, report_{sample_},
          batch_(sample_.states().begin(), sample_.states().end()) {}

    std::optional<Breach> find(Claim claim) {
        push_lanes_agree();
        for (State const& state : batch_) alone_.push_back(pushed({std::addressof(state), 1}));
        if (claim >= Claim::any_order) order_is_nothing();
        if (claim >= Claim::relation) routes_only_the_batch();
        if (claim >= Claim::one_by_one) batches_are_unions();
        for (UserNumber const viewer : sample_.users()) {
            LawInterest const interest = pull_lanes_agree(viewer);
            if (claim >= Claim::relation) push_agrees_with_pull(viewer, interest);
            sees_agrees(viewer, claim >= Claim::relation && !interest.everybody ? &interest : nullptr);
        }
        routed_is_seen(routed_);
        for (LawRoutes const& routes : alone_) routed_is_seen(routes);
        return report_.breach();
    }

private:
    LawRoutes pushed(States batch) const { return ask_.routes(Lane::canonical_push, batch); }

    void push_lanes_agree() {
        for (Lane const lane : push_lanes) {
            LawRoutes const routes = ask_.routes(lane, batch_);
            report_.expect_repeated(routes, ask_.routes(lane, batch_), name_of(lane));
            if (lane == push_lanes[0]) routed_ = routes;
            report_.expect_same(routed_, name_of(push_lanes[0]), routes, name_of(lane));
        }
    }

    void order_is_nothing() {
        report_.expect_same(routed_, "get_users_for_states of the batch",
                            pushed(std::vector<State>(batch_.rbegin(), batch_.rend())),
                            "get_users_for_states of the batch backwards");
    }

    void routes_only_the_batch() {
        for (std::size_t at = 0; at < batch_.size(); ++at) {
            StateNumber const only = sample_.number_of(batch_[at]);
            for (auto const& [viewer, state] : alone_[at])
                report_.expect(state == only, "get_users_for_states of {", only, "} routes ", state, " to ",
                               viewer, ", which is no state of that batch");
        }
    }

    void batches_are_unions() {
        is_union({}, {});
        LawRoutes all;
        for (std::size_t at = 0; at < batch_.size(); ++at) {
            all.insert(alone_[at].begin(), alone_[at].end());
            for (std::size_t before = 0; before < at; ++before) {
                LawRoutes both = alone_[before];
                both.insert(alone_[at].begin(), alone_[at].end());
                is_union({batch_[before], batch_[at]}, both);
            }
        }
        is_union(batch_, all);
    }

    void is_union(std::vector<State> const& batch, LawRoutes const& expected) {
        LawRoutes const routes = pushed(batch);
        if (routes == expected) return;
        std::string name = "get_users_for_states of {";
        for (State const& state : batch)
            name += (&state == &batch.front() ? "" : ", ") + sample_.text(sample_.number_of(state));
        report_.expect_same(expected, "get_users_for_states of each state alone", routes, name + '}');
    }

    LawInterest pull_lanes_agree(UserNumber viewer) {
        std::optional<LawInterest> first;
        for (Lane const lane : pull_lanes) {
            LawInterest const interest = ask_.interest(lane, viewer);
            report_.expect_repeated(interest, ask_.interest(lane, viewer), name_of(lane));
            if (!first) first = interest;
            report_.expect_same(*first, name_of(pull_lanes[0]), interest, name_of(lane));
        }
        return *first;
    }

    void push_agrees_with_pull(UserNumber viewer, LawInterest const& interest) {
        for (State const& state : batch_) {
            StateNumber const number = sample_.number_of(state);
            UserNumber const subject = sample_.subject_of(number);
            bool const routed = routed_.contains({viewer, number});
            bool const pulled = interest.users.contains(subject);
            if (interest.everybody) {
                report_.expect(routed || !ask_.sees(viewer, subject),
                               "sees without push: get_interested_users(", viewer, ") is all users and sees(",
                               viewer, ", ", subject, ") is true, but ", viewer, " is not routed ", number);
            } else {
                report_.expect(pulled || !routed, "push without pull: ", viewer, " is routed ", number,
                               ", but get_interested_users(", viewer, ") lacks ", subject);
                report_.expect(routed || !pulled, "pull without push: get_interested_users(", viewer,
                               ") has ", subject, ", but ", viewer, " is not routed ", number);
            }
        }
    }

    /// With itself, and with the pull set if there is one to agree with.
    void sees_agrees(UserNumber viewer, LawInterest const* set) {
        for (UserNumber const subject : sample_.users()) {
            bool const sees = ask_.sees(viewer, subject);
            report_.expect(sees == ask_.sees(viewer, subject), "two equal calls of sees(", viewer, ", ",
                           subject, ") differ");
            if (!set) continue;
            bool const pulled = set->users.contains(subject);
            report_.expect(sees || !pulled, "sees(", viewer, ", ", subject,
                           ") is false, but get_interested_users(", viewer, ") has ", subject);
            report_.expect(pulled || !sees, "sees(", viewer, ", ", subject,
                           ") is true, but get_interested_users(", viewer, ") lacks ", subject);
        }
    }

    void routed_is_seen(LawRoutes const& routes) {
        for (auto const& [viewer, state] : routes) {
            UserNumber const subject = sample_.subject_of(state);
            report_.expect(ask_.sees(viewer, subject), viewer, " is routed ", state, ", but sees(", viewer,
                           ", ", subject, ") is false");
        }
    }

    LawSample<Id, State> sample_;
    LawQuestions<R, Id, State> ask_;
    LawReport<Id, State> report_;
    std::vector<State> batch_;     // the sample's states, each once
    LawRoutes routed_;             // of the whole batch
    std::vector<LawRoutes> alone_; // of each state by itself
};

} // namespace presence_router::inline v0::detail
