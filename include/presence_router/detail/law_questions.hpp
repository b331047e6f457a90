// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <presence_router/adaptors/observation.hpp>
#include <presence_router/all_users.hpp>
#include <presence_router/detail/law_sample.hpp>
#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/states_for_user.hpp>

#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>

namespace presence_router::inline v0::detail {

using LawRoutes = std::set<std::pair<UserNumber, StateNumber>>;

/// Whose presence a viewer receives; where it is everybody's, `users` says nothing.
struct LawInterest {
    UserNumber viewer;
    bool everybody = false;
    std::set<UserNumber> users;
};

inline constexpr Lane push_lanes[] = {Lane::canonical_push, Lane::streaming_push, Lane::pointwise_push};
inline constexpr Lane pull_lanes[] = {Lane::canonical_pull, Lane::streaming_pull};

/// The member that is asked.
inline std::string name_of(Lane lane) { return std::string{to_string_view(lane)}; }

// Not lambdas: one type of sink for all routers is less to compile.
template <class Id, class State>
struct LawRouteSink {
    LawSample<Id, State>& sample;
    LawRoutes& routes;
    void operator()(Id const& viewer, State const& state) const {
        routes.emplace(sample.number_of(viewer), sample.number_of(state));
    }
};

template <class Id, class State>
struct LawSubjectSink {
    LawSample<Id, State>& sample;
    std::set<UserNumber>& users;
    void operator()(Id const& subject) const { users.insert(sample.number_of(subject)); }
};

/// Puts questions to `R` about a sample, and takes the answers down in its numbers.
/// Lifetime: borrows both.
template <class R, class Id, class State>
class LawQuestions {
    // What routes nobody may speak of other types.
    static constexpr bool asks_somebody = !routes_nobody<unwrapped_t<R>>;

public:
    LawQuestions(R const& router, LawSample<Id, State>& sample) : router_{router}, sample_{sample} {}

    /// Who is routed what, of the users known by now where one is asked about each.
    LawRoutes routes(Lane lane, std::span<State const> batch) const {
        LawRoutes result;
        if constexpr (asks_somebody) {
            LawRouteSink<Id, State> const add{sample_, result};
            if (lane == Lane::streaming_push) {
                presence_router::for_each_route(router_, batch, add);
            } else if (lane == Lane::canonical_push) {
                for (auto const& [viewer, states] : presence_router::get_users_for_states(router_, batch))
                    for (State const& state : states) add(viewer, state);
            } else {
                for (UserNumber const user : sample_.users()) {
                    Id const viewer = sample_[user];
                    for (State const& state : presence_router::states_for_user(router_, viewer, batch))
                        add(viewer, state);
                }
            }
        }
        return result;
    }

    /// Who has an entry in the canonical answer, were it without a state.
    std::set<UserNumber> entries(std::span<State const> batch) const {
        std::set<UserNumber> result;
        if constexpr (asks_somebody)
            for (auto const& [viewer, states] : presence_router::get_users_for_states(router_, batch))
                result.insert(sample_.number_of(viewer));
        return result;
    }

    LawInterest interest(Lane lane, UserNumber user) const {
        LawInterest result{.viewer = user, .users = {}};
        if constexpr (asks_somebody) {
            Id const viewer = sample_[user];
            LawSubjectSink<Id, State> const add{sample_, result.users};
            if (lane == Lane::streaming_pull) {
                result.everybody = presence_router::for_each_subject(router_, viewer, add).has_value();
            } else {
                auto const answer = presence_router::get_interested_users(router_, viewer);
                result.everybody = answer.index() != 0;
                if (!result.everybody)
                    for (Id const& subject : std::get<0>(answer)) add(subject);
            }
        }
        return result;
    }

    bool sees(UserNumber viewer, UserNumber subject) const {
        if constexpr (asks_somebody) return presence_router::sees(router_, sample_[viewer], sample_[subject]);
        else return false;
    }

private:
    R const& router_;
    LawSample<Id, State>& sample_;
};

} // namespace presence_router::inline v0::detail
