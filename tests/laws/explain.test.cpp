// SPDX-License-Identifier: BSL-1.0
#include "laws/drawn.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

// What explain says of policies of any routers, under every adaptor; and what compare and the routing graph say.
namespace laws {

constexpr std::size_t router_count = 5;
using Plans = std::array<Plan, router_count>;

/// Who is chosen by the predicates of a policy.
struct Choices {
    std::vector<Viewer> a, b, c;
};

inline void showValue(Choices const& choices, std::ostream& out) {
    for (auto const* chosen : {&choices.a, &choices.b, &choices.c}) {
        out << "chosen ";
        rc::show(numbers(*chosen), out);
        out << ' ';
    }
}

/// A policy of five routers in chains, under all adaptors.
template <class V>
auto policy(std::array<Drawn<V>, router_count> const& r, Choices const& choices) {
    using Id = typename V::Id;
    using State = typename V::State;
    auto const is = [](std::vector<Viewer> const& chosen) {
        return [users = numbers(chosen)](Id const& user) { return users.contains(V::number(user)); };
    };
    auto const both = [](auto p, auto q) {
        return [=](Id const& viewer, Id const& subject) { return p(viewer) && q(subject); };
    };
    auto const keep_or_not = [p = is(choices.a)](Id const& viewer, State const& state) {
        return p(viewer) ? std::nullopt : std::optional<State>{state};
    };
    return PresenceRouterChain{
               r[0] | without_viewers(is(choices.a)), PresenceRouterChain<>{},
               PresenceRouterChain{r[1] | guarded(Ignore{}),
                                   r[2] | only_routes(both(is(choices.b), is(choices.c)))} |
                   observed([](Observation const&) {}) | without_routes(both(is(choices.c), is(choices.a))),
               r[3] | transformed(keep_or_not) | without_subjects(is(choices.b)),
               PresenceRouterChain{PresenceRouterChain<>{}, r[4]} | only_subjects(is(choices.a))} |
           guarded(Ignore{}) | without_routes(both(is(choices.b), is(choices.b)));
}
/// Where explain finds them.
constexpr std::array<char const*, router_count> places{"0 ", "2.0 ", "2.1 ", "3 ", "4.1 "};

/// The routers, of which only those at `left` route anything.
template <class V>
std::array<Drawn<V>, router_count> routers(Plans const& plans, std::set<std::size_t> const& left) {
    auto const at = [&](std::size_t place) { return Drawn<V>(left.contains(place) ? plans[place] : Plan{}); };
    return {at(0), at(1), at(2), at(3), at(4)};
}

/// Which router decides, if one does.
template <class Explained>
std::optional<std::size_t> decisive(Explained const& explanation) {
    if (!explanation.decisive()) return std::nullopt;
    std::string const place = explanation.decided_by() + ' ';
    for (std::size_t at = 0; at < router_count; ++at)
        if (place.starts_with(places[at])) return at;
    RC_FAIL("no router stands at " + place);
    return std::nullopt;
}

/// A step in the making of a policy of any shape: it pushes a router, adapts the last, or makes a chain of the last two.
struct Step {
    int what = 0;
    Plan plan{};
    std::vector<Viewer> chosen{};
};
constexpr int step_kinds = 13;

inline void showValue(Step const& step, std::ostream& out) {
    out << "step " << step.what << ' ';
    showValue(step.plan, out);
    out << " on ";
    rc::show(numbers(step.chosen), out);
}

template <class V>
auto policy_of(std::vector<Step> const& steps) {
    using Any = BasicAnyPresenceRouter<typename V::Id, typename V::State>;
    std::vector<Any> made;
    auto const pop = [&] {
        if (made.empty()) return Any(Drawn<V>(Plan{}));
        Any last = std::move(made.back());
        made.pop_back();
        return last;
    };
    auto const chain_two = [&] {
        Any second = pop();
        made.emplace_back(PresenceRouterChain{pop(), std::move(second)});
    };
    for (Step const& step : steps) {
        auto const p = [users = numbers(step.chosen)](typename V::Id const& user) {
            return users.contains(V::number(user));
        };
        auto const q = [p](typename V::Id const& viewer, typename V::Id const& subject) {
            return p(viewer) != p(subject);
        };
        auto const adapt = [&](auto adaptor) { made.emplace_back(pop() | adaptor); };
        switch (step.what) {
        case 0:
            adapt(only_viewers(p));
            break;
        case 1:
            adapt(without_viewers(p));
            break;
        case 2:
            adapt(only_subjects(p));
            break;
        case 3:
            adapt(without_subjects(p));
            break;
        case 4:
            adapt(only_routes(q));
            break;
        case 5:
            adapt(without_routes(q));
            break;
        case 6:
            adapt(guarded(Ignore{}));
            break;
        case 7:
            adapt(observed([](Observation const&) {}));
            break;
        case 8:
            adapt(transformed([](typename V::Id const&, typename V::State const& state) { return state; }));
            break;
        case 9:
            made.emplace_back(FailingRouter<V>(step.plan));
            break;
        case 10:
            chain_two();
            break;
        default:
            made.emplace_back(Drawn<V>(step.plan));
            break;
        }
    }
    while (made.size() > 1) chain_two();
    return pop();
}

/// What `ask` answers, or nullopt if a router fails.
template <class Ask>
std::optional<bool> outcome(Ask const& ask) {
    try {
        return ask();
    } catch (Failure const&) {
        return std::nullopt;
    }
}

template <class V>
void explaining(std::string const& of) {
    auto const for_all_pairs = [](auto const& hold) {
        for (int viewer = 0; viewer < user_count; ++viewer)
            for (int subject = 0; subject < user_count; ++subject) hold(V::user(viewer), V::user(subject));
    };
    std::set<std::size_t> const all{0, 1, 2, 3, 4};

    law(of, "explain agrees with sees", [=](Plans const& plans, Choices const& choices) {
        auto const whole = policy<V>(routers<V>(plans, all), choices);
        for_all_pairs([&](auto const& viewer, auto const& subject) {
            auto const explanation = explain(whole, viewer, subject);
            RC_ASSERT(explanation.sees() == presence_router::sees(whole, viewer, subject));
            RC_ASSERT((explanation.decisive() != nullptr) == explanation.sees());
            RC_ASSERT(explanation.nodes().front().grants == explanation.sees());
            RC_ASSERT(!(explanation.sees() && explanation.denier()));
        });
    });

    // The routers that grant, taken away one by one, decide in their order, and the last one's removal is what
    // changes the answer. To take away another than the decisive one changes nothing.
    law(of, "the removal of the decisive router changes the answer, or leaves it to the next that grants",
        [=](Plans const& plans, Choices const& choices) {
            for_all_pairs([&](auto const& viewer, auto const& subject) {
                auto const asked = [&](std::set<std::size_t> const& left) {
                    return explain(policy<V>(routers<V>(plans, left), choices), viewer, subject);
                };
                std::vector<std::size_t> granting; // each on its own
                for (std::size_t const at : all)
                    if (asked({at}).sees()) granting.push_back(at);

                std::set<std::size_t> left = all;
                for (std::size_t const next : granting) {
                    RC_ASSERT(decisive(asked(left)) == std::optional{next});
                    for (std::size_t const other : left)
                        if (other != next) {
                            auto without = left;
                            without.erase(other);
                            RC_ASSERT(decisive(asked(without)) == std::optional{next});
                        }
                    left.erase(next);
                }
                RC_ASSERT(!asked(left).sees());
            });
        });

    law(of, "explain agrees with sees on policies of any shape, failing ones included",
        [=](std::vector<Step> const& steps) {
            auto const any = policy_of<V>(steps);
            for_all_pairs([&](auto const& viewer, auto const& subject) {
                RC_ASSERT(outcome([&] { return explain(any, viewer, subject).sees(); }) ==
                          outcome([&] { return presence_router::sees(any, viewer, subject); }));
            });
        });

    law(of, "explain throws what sees throws, and nothing else",
        [=](Plan const& pa, Plan const& pb, Plan const& pc, std::vector<Viewer> const& drawn) {
            std::set<int> const chosen = numbers(drawn);
            auto const is_chosen = [&](typename V::Id const& user) {
                return chosen.contains(V::number(user));
            };
            PresenceRouterChain const chain{
                Drawn<V>(pa), FailingRouter<V>(pb) | only_viewers(is_chosen),
                PresenceRouterChain{FailingRouter<V>(pb) | only_subjects(is_chosen), Drawn<V>(pc)} |
                    guarded(Ignore{})};
            for_all_pairs([&](auto const& viewer, auto const& subject) {
                RC_ASSERT(outcome([&] { return explain(chain, viewer, subject).sees(); }) ==
                          outcome([&] { return presence_router::sees(chain, viewer, subject); }));
            });
        });
}

template <class V>
void comparing(std::string const& of) {
    // The states that each viewer is routed by the one and not by the other.
    auto const difference = [](Push<V> const& one, Push<V> const& other) {
        Push<V> result;
        for (auto const& [viewer, states] : one)
            for (auto const& state : states)
                if (auto const found = other.find(viewer);
                    found == other.end() || !found->second.contains(state))
                    result[viewer].insert(state);
        return result;
    };

    law(of, "compare is the difference of what two routers route",
        [=](Plan const& pa, Plan const& pb, Plan const& pc, Updates const& updates) {
            auto const batch = states<V>(updates);
            PresenceRouterChain const live{Drawn<V>(pa), Drawn<V>(pb)};
            PresenceRouterChain const tried{Drawn<V>(pb), Drawn<V>(pc)};
            auto const by_live = presence_router::get_users_for_states(live, batch);
            auto const by_tried = presence_router::get_users_for_states(tried, batch);
            auto const compared = compare(live, tried, batch);
            RC_ASSERT((compared.lost == difference(by_live, by_tried)));
            RC_ASSERT((compared.gained == difference(by_tried, by_live)));
            RC_ASSERT(compare(live, live, batch).empty());
        });

    law(of, "a routing graph has the edges of sees", [](Plan const& pa, Plan const& pb) {
        PresenceRouterChain const router{Drawn<V>(pa), Drawn<V>(pb)};
        auto const graph = routing_graph(router, users<V>());
        std::set<std::pair<std::size_t, std::size_t>> edges;
        for (RoutingGraphEdge const& edge : graph.edges()) edges.emplace(edge.viewer, edge.subject);
        RC_ASSERT(edges.size() == graph.edges().size());
        for (int viewer = 0; viewer < user_count; ++viewer)
            for (int subject = 0; subject < user_count; ++subject)
                RC_ASSERT(
                    presence_router::sees(router, V::user(viewer), V::user(subject)) ==
                    edges.contains({static_cast<std::size_t>(viewer), static_cast<std::size_t>(subject)}));
    });
}

} // namespace laws

namespace rc {

template <>
struct Arbitrary<laws::Step> {
    static Gen<laws::Step> arbitrary() {
        return gen::build<laws::Step>(gen::set(&laws::Step::what, gen::inRange(0, laws::step_kinds)),
                                      gen::set(&laws::Step::plan), gen::set(&laws::Step::chosen));
    }
};
template <>
struct Arbitrary<laws::Choices> {
    static Gen<laws::Choices> arbitrary() {
        return gen::build<laws::Choices>(gen::set(&laws::Choices::a), gen::set(&laws::Choices::b),
                                         gen::set(&laws::Choices::c));
    }
};

} // namespace rc

int main() {
    laws::explaining<laws::Game>("integer ids");
    laws::explaining<laws::Matrix>("Matrix ids");
    laws::comparing<laws::Game>("integer ids");
    laws::comparing<laws::Matrix>("Matrix ids");
    return laws::all_hold ? 0 : 1;
}
