// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/batch.hpp>
#include <presence_router/detail/law_questions.hpp>
#include <presence_router/detail/law_report.hpp>
#include <presence_router/detail/law_sample.hpp>
#include <presence_router/laws/breach.hpp>
#include <presence_router/router_vocabulary.hpp>

#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>

namespace presence_router::inline v0 {

namespace detail {

template <class Composed, class... Parts>
class UnionBreachFinder {
    using Id = user_id_t<Composed>;
    using State = state_t<Composed>;

public:
    UnionBreachFinder(std::span<Id const> users, std::span<State const> states, Composed const& composed,
                      Parts const&... parts)
        : sample_{users, states}, composed_{composed, sample_},
          parts_{LawQuestions<Parts, Id, State>{parts, sample_}...}, report_{sample_} {}

    std::optional<Breach> find(std::span<State const> batch) {
        for (Lane const lane : push_lanes) {
            LawRoutes all;
            each_part([&](auto const& part) { all.merge(part.routes(lane, batch)); });
            report_.expect_same(composed_.routes(lane, batch), whole(lane), all, united);
        }
        std::set<UserNumber> entries;
        each_part([&](auto const& part) { entries.merge(part.entries(batch)); });
        report_.expect_same(composed_.entries(batch), whole(Lane::canonical_push), entries, united);
        for (UserNumber const viewer : sample_.users()) {
            for (Lane const lane : pull_lanes) pull_is_union(lane, viewer);
            for (UserNumber const subject : sample_.users()) sees_is_union(viewer, subject);
        }
        return report_.breach();
    }

private:
    static constexpr char const* united = "the union of its parts";
    static std::string whole(Lane lane) { return name_of(lane) + " of the composed router"; }

    template <class Ask>
    void each_part(Ask const& ask) const {
        std::apply([&](auto const&... part) { (ask(part), ...); }, parts_);
    }

    void pull_is_union(Lane lane, UserNumber viewer) {
        LawInterest all{.viewer = viewer, .users = {}};
        each_part([&](auto const& part) {
            LawInterest interest = part.interest(lane, viewer);
            all.everybody = all.everybody || interest.everybody;
            all.users.merge(interest.users);
        });
        report_.expect_same(composed_.interest(lane, viewer), whole(lane), all, united);
    }

    void sees_is_union(UserNumber viewer, UserNumber subject) {
        bool any = false;
        each_part([&](auto const& part) { any = any || part.sees(viewer, subject); });
        bool const sees = composed_.sees(viewer, subject);
        report_.expect(any || !sees, "sees(", viewer, ", ", subject,
                       ") of the composed router is true, of each of its parts false");
        report_.expect(sees || !any, "sees(", viewer, ", ", subject,
                       ") of the composed router is false, of one of its parts true");
    }

    LawSample<Id, State> sample_;
    LawQuestions<Composed, Id, State> composed_;
    std::tuple<LawQuestions<Parts, Id, State>...> parts_;
    LawReport<Id, State> report_;
};

} // namespace detail

/// Looks for a difference between the router `composed` and the union of `parts`, on all lanes. That is the
/// law of a chain, and with one part what it is to be equal; so
///   find_union_breach(PresenceRouterChain{a, PresenceRouterChain{b, c}}, users, states, a, b, c)
///   find_union_breach(a | adaptor_that_changes_nothing, users, states, a)
/// The order in which routes are streamed, and how often, is no difference.
/// Requires: as find_breach, of all.
/// Throws: what the routers throw.
/// Complexity: as find_widening, of all.
template <class Composed, class... Parts>
[[nodiscard]] std::optional<Breach>
find_union_breach(Composed const& composed, Batch<user_id_t<Composed>> users, Batch<state_t<Composed>> states,
                  Parts const&... parts) {
    return detail::UnionBreachFinder<Composed, Parts...>{users.states(), states.states(), composed, parts...}
        .find(states.states());
}

} // namespace presence_router::inline v0
