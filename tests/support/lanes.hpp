// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"
#include "support/notes.hpp"
#include "support/raw_sink.hpp"

#include <presence_router/for_each_route.hpp>
#include <presence_router/for_each_subject.hpp>
#include <presence_router/get_interested_users.hpp>
#include <presence_router/get_users_for_states.hpp>
#include <presence_router/sees.hpp>
#include <presence_router/states_for_user.hpp>

#include <cstddef>
#include <set>
#include <utility>
#include <variant>
#include <vector>

namespace support {

using Edges = std::set<std::pair<int, int>>; // viewer, subject

/// Holds the six lanes of a router that speaks notes, and answers no viewer with all users, against the routes
/// that it has among the users 0, 1, … below `users`. No route may be shown twice, and sinks are heeded.
template <class R>
void check_lanes(R const& router, Edges const& expected, int users) {
    std::vector<Note> batch;
    for (int subject = 0; subject < users; ++subject) batch.push_back({subject, subject});
    std::size_t mistakes = 0;
    Edges streamed_push, streamed_pull, push, pull, points, states;
    presence_router::for_each_route(router, batch, [&](int viewer, Note const& note) {
        mistakes += !streamed_push.emplace(viewer, note.user_id).second;
    });
    for (auto const& [viewer, notes] : presence_router::get_users_for_states(router, batch))
        for (Note const& note : notes) push.emplace(viewer, note.user_id);
    for (int viewer = 0; viewer < users; ++viewer) {
        auto const everybody = presence_router::for_each_subject(
            router, viewer, [&](int subject) { mistakes += !streamed_pull.emplace(viewer, subject).second; });
        mistakes += everybody.has_value();
        auto const interest = presence_router::get_interested_users(router, viewer);
        if (auto const* const subjects = std::get_if<0>(&interest))
            for (int const subject : *subjects) pull.emplace(viewer, subject);
        for (Note const& note : presence_router::states_for_user(router, viewer, batch))
            states.emplace(viewer, note.user_id);
        for (int subject = 0; subject < users; ++subject)
            if (presence_router::sees(router, viewer, subject)) points.emplace(viewer, subject);
    }
    CHECK(mistakes == 0);
    CHECK(streamed_push == expected);
    CHECK(streamed_pull == expected);
    CHECK(push == expected);
    CHECK(pull == expected);
    CHECK(points == expected);
    CHECK(states == expected);

    // Members take the sinks that the functions take.
    std::size_t push_shown = 0;
    router.for_each_route(batch, [&](int, Note const&) { ++push_shown; });
    CHECK(push_shown == expected.size());
    std::size_t pull_shown = 0;
    for (int viewer = 0; viewer < users; ++viewer)
        router.for_each_subject(viewer, [&](int) { ++pull_shown; });
    CHECK(pull_shown == expected.size());

    for (std::size_t last = 1; last <= expected.size(); ++last) {
        std::size_t shown = 0;
        router.for_each_route(batch, RawSink([&](int, Note const&) { return ++shown < last; }));
        mistakes += shown != last;
    }
    for (int viewer = 0; viewer < users; ++viewer) {
        std::size_t shown = 0;
        router.for_each_subject(viewer, RawSink([&](int) { return ++shown < 1; }));
        mistakes += shown > 1;
    }
    CHECK(mistakes == 0);
}

} // namespace support
