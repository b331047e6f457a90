// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/law_questions.hpp>
#include <presence_router/detail/law_report.hpp>
#include <presence_router/detail/law_sample.hpp>
#include <presence_router/laws/breach.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <optional>
#include <span>
#include <string>

namespace presence_router::inline v0 {

namespace detail {

template <class Inner, class Outer>
class WideningFinder {
    using Id = user_id_t<Inner>;
    using State = state_t<Inner>;

public:
    WideningFinder(Inner const& inner, Outer const& outer, std::span<Id const> users,
                   std::span<State const> states)
        : sample_{users, states}, below_{inner, sample_}, above_{outer, sample_}, report_{sample_} {}

    std::optional<Breach> find(std::span<State const> batch) {
        for (Lane const lane : push_lanes) {
            LawRoutes const below = below_.routes(lane, batch);
            report_.expect_within(above_.routes(lane, batch), adapted(lane), below, under);
        }
        report_.expect_within(above_.entries(batch), adapted(Lane::canonical_push), below_.entries(batch),
                              under);
        for (UserNumber const viewer : sample_.users()) {
            for (Lane const lane : pull_lanes) pull_is_within(lane, viewer);
            for (UserNumber const subject : sample_.users())
                report_.expect(!above_.sees(viewer, subject) || below_.sees(viewer, subject), "sees(", viewer,
                               ", ", subject, ") of the adapted router is true, ", under, " is false");
        }
        return report_.breach();
    }

private:
    static constexpr char const* under = "that of the router below";
    static std::string adapted(Lane lane) { return name_of(lane) + " of the adapted router"; }

    void pull_is_within(Lane lane, UserNumber viewer) {
        LawInterest below = below_.interest(lane, viewer);
        LawInterest const above = above_.interest(lane, viewer);
        if (below.everybody && !above.everybody) { // below says "ask push"; of one subject, sees can tell
            below.everybody = false;
            for (UserNumber const subject : above.users)
                if (below_.sees(viewer, subject)) below.users.insert(subject);
        }
        report_.expect_within(above, adapted(lane), below, under);
    }

    LawSample<Id, State> sample_;
    LawQuestions<Inner, Id, State> below_;
    LawQuestions<Outer, Id, State> above_;
    LawReport<Id, State> report_;
};

} // namespace detail

/// Looks for something that the adaptor `outer` routes, has an entry for, answers or sees, and the router
/// `inner` below it does not: a filter only takes away. An adaptor that makes states of its own is no filter.
///   CHECK(find_widening(routes, routes | only_viewers(p), users, states) == std::nullopt);
/// Requires: as find_breach, of both.
/// Throws: what the routers throw.
/// Complexity: one question to push of the whole batch, and one to each of the other lanes for each user, or
/// pair of users.
template <class Inner, class Outer>
[[nodiscard]] std::optional<Breach> find_widening(Inner const& inner, Outer const& outer,
                                                  Batch<user_id_t<Inner>> users,
                                                  Batch<state_t<Inner>> states) {
    return detail::WideningFinder<Inner, Outer>{inner, outer, users.states(), states.states()}.find(
        states.states());
}

} // namespace presence_router::inline v0
