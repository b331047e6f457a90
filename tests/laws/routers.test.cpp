// SPDX-License-Identifier: BSL-1.0
#include "laws/sample.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// Every router of the library keeps the laws, and lets those see each other whom it should.
namespace laws {

using Edges =
    std::vector<std::pair<Viewer, Viewer>>; // viewer, subject; or who lists whom, or is in which room

inline std::set<std::pair<int, int>> numbers(Edges const& edges) {
    std::set<std::pair<int, int>> result;
    for (auto const& [one, other] : edges) result.emplace(one.number, other.number);
    return result;
}

/// A clock that stands still.
struct Noon {
    using time_point = std::chrono::system_clock::time_point;
    static time_point now() noexcept { return time_point{std::chrono::hours{12}}; }
};

template <class V>
void routers(std::string const& of) {
    using Id = typename V::Id;
    using State = typename V::State;

    law(of, "RouteTable", [](Edges const& edges, Updates const& updates) {
        BasicRouteTable<Id, State> table;
        for (auto const& [viewer, subject] : edges)
            table.add(V::user(viewer.number), V::user(subject.number));
        auto const routed = numbers(edges);
        assert_lawful<V>(table, updates,
                         [&](int viewer, int subject) { return routed.contains({viewer, subject}); });
    });

    law(of, "Broadcast", [](std::vector<Viewer> const& viewers, Updates const& updates) {
        std::set<int> const chosen = numbers(viewers);
        std::vector<Id> ids;
        for (Viewer const viewer : viewers) ids.push_back(V::user(viewer.number));
        BasicBroadcast<Id, State> const router(ids);
        assert_lawful<V>(router, updates, [&](int viewer, int) { return chosen.contains(viewer); });
        Streamed<V> const shown = streamed<V>(router, states<V>(updates));
        RC_ASSERT(shown.routes.size() == chosen.size() * updates.size());
        for (int viewer = 0; viewer < user_count; ++viewer)
            RC_ASSERT(shown.subjects[static_cast<std::size_t>(viewer)] ==
                      std::pair(std::vector<Id>{}, chosen.contains(viewer)));
    });

    law(of, "OwnPresence", [](Updates const& updates) {
        assert_lawful<V>(BasicOwnPresence<Id, State>{}, updates,
                         [](int viewer, int subject) { return viewer == subject; });
    });

    law(of, "Contacts", [](Edges const& edges, Updates const& updates) {
        Relation<Id, Id> rosters;
        for (auto const& [user, contact] : edges) rosters.add(V::user(user.number), V::user(contact.number));
        auto const listed = numbers(edges);
        for (ListedBy const listed_by : {ListedBy::subject, ListedBy::viewer, ListedBy::both})
            assert_lawful<V>(
                BasicContacts<Id, State>{rosters, listed_by}, updates, [&](int viewer, int subject) {
                    return viewer != subject &&
                           (listed_by == ListedBy::viewer || listed.contains({subject, viewer})) &&
                           (listed_by == ListedBy::subject || listed.contains({viewer, subject}));
                });
    });

    law(of, "TimedGrants", [](Edges const& over, Edges const& lasting, Updates const& updates) {
        BasicTimedGrants<Id, State, Noon> grants;
        for (auto const& [viewer, subject] : over)
            grants.grant(V::user(viewer.number), V::user(subject.number), Noon::now());
        for (auto const& [viewer, subject] : lasting)
            grants.grant(V::user(viewer.number), V::user(subject.number),
                         Noon::now() + std::chrono::hours{1});
        auto const granted = numbers(lasting);
        assert_lawful<V>(grants, updates,
                         [&](int viewer, int subject) { return granted.contains({viewer, subject}); });
    });

    law(of, "SharedRooms", [](Edges const& joined, Updates const& updates) {
        BasicRoomDirectory<Id, int> directory;
        for (auto const& [user, room] : joined) directory.join(V::user(user.number), room.number);
        auto const allowed = [](int room) { return room != 0; };
        SharedRooms<BasicRoomDirectory<Id, int>, decltype(allowed), State> const router(directory, allowed);
        auto const members = numbers(joined);
        assert_lawful<V>(router, updates, [&](int viewer, int subject) {
            bool share = false;
            for (int room = 1; room < user_count; ++room)
                share = share || (members.contains({viewer, room}) && members.contains({subject, room}));
            return share && viewer != subject;
        });
    });

    law(of, "from_relation", [](Edges const& edges, Updates const& updates) {
        auto const related = numbers(edges);
        auto const viewers_of = [&](Id const& subject) {
            std::vector<Id> viewers;
            for (auto const& [viewer, seen] : related)
                if (V::user(seen) == subject) viewers.push_back(V::user(viewer));
            return viewers;
        };
        auto const subjects_of = [&](Id const& viewer) {
            std::vector<Id> subjects;
            for (auto const& [seeing, subject] : related)
                if (V::user(seeing) == viewer) subjects.push_back(V::user(subject));
            return subjects;
        };
        assert_lawful<V>(from_relation<State>(viewers_of, subjects_of), updates,
                         [&](int viewer, int subject) { return related.contains({viewer, subject}); });
    });
}

} // namespace laws

int main() {
    laws::routers<laws::Game>("integer ids");
    laws::routers<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
