// SPDX-License-Identifier: BSL-1.0
#include "laws/sample.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

// Route tables through any sequence of changes.
namespace laws {

constexpr int hubs = 9; // the users who may have many routes; 64 are what a user has an index from

/// What is done to a route table.
struct Step {
    enum class Do { add, remove, erase, fan_out, fan_in, thin_out, thin_in };
    Do what = Do::add;
    int viewer = 0;
    int subject = 0;
};

inline void showValue(Step const& step, std::ostream& out) {
    static constexpr std::array<char const*, 7> names{"add",    "remove",   "erase",  "fan_out",
                                                      "fan_in", "thin_out", "thin_in"};
    out << names[static_cast<std::size_t>(step.what)] << '(' << step.viewer << ", " << step.subject << ')';
}

} // namespace laws

namespace rc {

template <>
struct Arbitrary<laws::Step> {
    static Gen<laws::Step> arbitrary() {
        using Do = laws::Step::Do;
        return gen::build<laws::Step>(
            gen::set(&laws::Step::what, gen::weightedElement<Do>({{12, Do::add},
                                                                  {6, Do::remove},
                                                                  {2, Do::erase},
                                                                  {1, Do::fan_out},
                                                                  {1, Do::fan_in},
                                                                  {1, Do::thin_out},
                                                                  {1, Do::thin_in}})),
            gen::set(&laws::Step::viewer, gen::inRange(0, laws::hubs)),
            gen::set(&laws::Step::subject, gen::inRange(0, laws::hubs)));
    }
};

} // namespace rc

namespace laws {

template <class V>
void route_table(std::string const& of) {
    using Table = BasicRouteTable<typename V::Id, typename V::State>;
    using Edges = std::set<std::pair<int, int>>;

    law(of, "a route table is a set of pairs, seen from both sides", [](std::vector<Step> const& steps) {
        static std::vector<typename V::Id> const ids = [] {
            std::vector<typename V::Id> result;
            for (int user = 0; user < many; ++user) result.push_back(V::user(user));
            return result;
        }();
        auto const id = [](int user) -> auto const& { return ids[static_cast<std::size_t>(user)]; };

        auto const check = [&](Table const& table, Edges const& edges) {
            RC_ASSERT(table.size() == edges.size());
            RC_ASSERT(table.empty() == edges.empty());
            std::set<std::pair<typename V::Id, typename V::Id>> expected;
            for (auto const& [viewer, subject] : edges) expected.emplace(id(viewer), id(subject));
            std::set<std::pair<typename V::Id, typename V::Id>> pulled;
            std::set<std::pair<typename V::Id, typename V::Id>> pushed;
            std::size_t shown = 0;
            std::vector<typename V::State> batch;
            for (int user = 0; user < many; ++user) {
                auto const all = table.for_each_subject(id(user), [&](auto const& subject) {
                    pulled.emplace(id(user), subject);
                    return ++shown > 0;
                });
                RC_ASSERT(!all);
                batch.push_back(V::state(user, 0));
            }
            table.for_each_route(batch, [&](auto const& viewer, auto const& update) {
                pushed.emplace(viewer, update.user_id);
                return ++shown > 0;
            });
            RC_ASSERT((pulled == expected));
            RC_ASSERT((pushed == expected));
            RC_ASSERT(shown == 2 * edges.size()); // none is shown twice
            // Each route has a hub at one end; pairs of others would only cost time.
            for (int hub = 0; hub < hubs; ++hub) {
                std::size_t seen = 0;
                for (int user = 0; user < many; ++user) {
                    bool const sees = table.sees(id(hub), id(user));
                    seen += sees;
                    RC_ASSERT(sees == edges.contains({hub, user}));
                    RC_ASSERT(table.sees(id(user), id(hub)) == edges.contains({user, hub}));
                }
                RC_ASSERT(table.states_for_user(id(hub), batch).size() == seen);
            }
        };

        Table table;
        Edges edges;
        Table copy;
        Edges copied;
        auto const add = [&](int viewer, int subject) {
            RC_ASSERT(table.add(id(viewer), id(subject)) == edges.emplace(viewer, subject).second);
        };
        auto const remove = [&](int viewer, int subject) {
            RC_ASSERT(table.remove(id(viewer), id(subject)) == (edges.erase({viewer, subject}) == 1));
        };
        for (std::size_t at = 0; at < steps.size(); ++at) {
            auto const [what, viewer, subject] = steps[at];
            switch (what) {
            case Step::Do::add:
                add(viewer, subject);
                break;
            case Step::Do::remove:
                remove(viewer, subject);
                break;
            case Step::Do::erase: {
                std::size_t const erased = std::erase_if(edges, [user = viewer](auto const& edge) {
                    return edge.first == user || edge.second == user;
                });
                RC_ASSERT(table.erase(id(viewer)) == erased);
                break;
            }
            case Step::Do::fan_out:
                for (int user = subject; user < many; ++user) add(viewer, user);
                break;
            case Step::Do::fan_in:
                for (int user = many; user-- > viewer;) add(user, subject);
                break;
            case Step::Do::thin_out:
                for (int user = subject; user < many; user += 2) remove(viewer, user);
                break;
            case Step::Do::thin_in:
                for (int user = viewer; user < many; user += 1 + subject % 2) remove(user, subject);
                break;
            }
            RC_ASSERT(table.size() == edges.size());
            if (at == steps.size() / 2) {
                copy = table;
                copied = edges;
                check(table, edges);
            }
        }
        check(table, edges);
        check(copy, copied);
    });
}

/// Ids of which many have one hash, or none.
template <bool has_hash>
struct Tag {
    int number = 0;
    friend auto operator<=>(Tag, Tag) = default;
};

} // namespace laws

template <>
struct std::hash<laws::Tag<true>> {
    std::size_t operator()(laws::Tag<true> tag) const noexcept {
        return static_cast<std::size_t>(tag.number % 3);
    }
};

namespace laws {

template <bool has_hash>
struct Tags {
    using Id = Tag<has_hash>;
    struct State {
        Id user_id;
        friend auto operator<=>(State const&, State const&) = default;
    };
    static Id user(int number) { return {number}; }
    static State state(int user, int) { return {{user}}; }
};

static_assert(presence_router::detail::Hashable<Tag<true>> && !presence_router::detail::Hashable<Tag<false>>);

} // namespace laws

int main() {
    laws::route_table<laws::Game>("integer ids");
    laws::route_table<laws::Matrix>("Matrix ids");
    laws::route_table<laws::Tags<true>>("ids with few hashes");
    laws::route_table<laws::Tags<false>>("ids without a hash");
    return laws::all_hold ? 0 : 1;
}
