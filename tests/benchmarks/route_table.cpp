// SPDX-License-Identifier: BSL-1.0
// RouteTable beside the obvious pair of maps: time of each operation and bytes of an edge, at 100,000 and
// 1,000,000 edges (10 subjects for a viewer, on average), and with one subject whom 100,000 receive.
//   route_table [--edges N]      (10000000 takes some minutes and 3 GB)
#include "benchmark.hpp"
#include "counted_bytes.hpp"
#include "people.hpp"

#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using namespace presence_router;

/// The obvious table.
class MapsOfSets {
public:
    bool add(UserId const& viewer, UserId const& subject) {
        viewers_[subject].insert(viewer);
        return subjects_[viewer].insert(subject).second;
    }
    bool remove(UserId const& viewer, UserId const& subject) {
        return take(viewers_, subject, viewer) && take(subjects_, viewer, subject);
    }
    bool sees(UserId const& viewer, UserId const& subject) const {
        auto const found = subjects_.find(viewer);
        return found != subjects_.end() && found->second.contains(subject);
    }
    template <class Sink>
    void for_each_route(std::vector<UserPresenceState> const& batch, Sink&& sink) const {
        for (UserPresenceState const& update : batch)
            if (auto const found = viewers_.find(update.user_id); found != viewers_.end())
                for (UserId const& viewer : found->second)
                    if (!sink(viewer, update)) return;
    }

private:
    using Side = std::unordered_map<UserId, std::set<UserId>>;

    static bool take(Side& side, UserId const& of, UserId const& what) {
        auto const found = side.find(of);
        if (found == side.end() || found->second.erase(what) == 0) return false;
        if (found->second.empty()) side.erase(found);
        return true;
    }

    Side subjects_, viewers_;
};

using Edge = std::pair<std::uint32_t, std::uint32_t>;

struct Work {
    std::vector<UserId> users;
    std::vector<Edge> edges;                // viewer, subject: distinct
    std::vector<UserPresenceState> updates; // one for each user
};

void finish(Work& work, people::Dice& dice) {
    std::sort(work.edges.begin(), work.edges.end());
    work.edges.erase(std::unique(work.edges.begin(), work.edges.end()), work.edges.end());
    for (std::size_t i = work.edges.size(); i > 1; --i) std::swap(work.edges[i - 1], work.edges[dice(i)]);
    for (std::size_t i = 0; i < work.users.size(); ++i)
        work.updates.push_back(people::update_of(work.users[i], i));
}

Work everyday(std::size_t edges) {
    Work work{people::crowd(edges / 10), {}, {}};
    people::Dice dice{edges};
    for (std::size_t i = 0; i < edges; ++i)
        work.edges.emplace_back(static_cast<std::uint32_t>(dice(edges / 10)),
                                static_cast<std::uint32_t>(dice(edges / 10)));
    finish(work, dice);
    return work;
}

Work hub(std::size_t viewers) {
    Work work{people::crowd(viewers + 1), {}, {}};
    people::Dice dice{viewers};
    for (std::size_t viewer = 1; viewer <= viewers; ++viewer)
        work.edges.emplace_back(static_cast<std::uint32_t>(viewer), 0U);
    finish(work, dice);
    return work;
}

struct Figures {
    double add, sees, stream, remove, bytes;
};

template <class Table>
Figures measure(Work const& work) {
    auto const count = static_cast<double>(work.edges.size());
    auto const nanoseconds = [&](auto const& each_edge) {
        benchmark::Stopwatch const watch;
        std::uint64_t sum = 0;
        for (Edge const& edge : work.edges)
            sum += std::uint64_t{each_edge(work.users[edge.first], work.users[edge.second])};
        benchmark::require(sum == work.edges.size(), "an edge was lost");
        return watch.seconds() * 1e9 / count;
    };

    Figures figures{};
    std::size_t const before = benchmark::allocated;
    Table table;
    figures.add =
        nanoseconds([&](UserId const& viewer, UserId const& subject) { return table.add(viewer, subject); });
    figures.bytes = static_cast<double>(benchmark::allocated - before) / count;
    figures.sees =
        nanoseconds([&](UserId const& viewer, UserId const& subject) { return table.sees(viewer, subject); });
    {
        std::uint64_t routes = 0, total = 0;
        benchmark::Stopwatch const watch;
        table.for_each_route(work.updates, [&](UserId const& viewer, UserPresenceState const&) {
            total += viewer.str().size();
            ++routes;
            return true;
        });
        figures.stream = watch.seconds() * 1e9 / count;
        benchmark::swallowed = total;
        benchmark::require(routes == work.edges.size(), "a route was lost");
    }
    figures.remove = nanoseconds(
        [&](UserId const& viewer, UserId const& subject) { return table.remove(viewer, subject); });
    return figures;
}

Figures median(std::vector<Figures> all) {
    Figures result{};
    for (auto const member :
         {&Figures::add, &Figures::sees, &Figures::stream, &Figures::remove, &Figures::bytes}) {
        std::sort(all.begin(), all.end(),
                  [&](Figures const& a, Figures const& b) { return a.*member < b.*member; });
        result.*member = all[all.size() / 2].*member;
    }
    return result;
}

void run(std::string const& size, Work const& work, std::size_t repetitions) {
    std::vector<Figures> obvious, table;
    for (std::size_t i = 0; i < repetitions; ++i) {
        obvious.push_back(measure<MapsOfSets>(work));
        table.push_back(measure<RouteTable>(work));
    }
    auto const print = [&](char const* what, double Figures::* member) {
        double const peer = median(obvious).*member, ours = median(table).*member;
        std::printf("%s\t%s\tobvious C++\t%.2f\t1.00\n%s\t%s\tRouteTable\t%.2f\t%.2f\n", what, size.c_str(),
                    peer, what, size.c_str(), ours, peer / ours);
    };
    print("table add", &Figures::add);
    print("table sees", &Figures::sees);
    print("table stream", &Figures::stream);
    print("table remove", &Figures::remove);
    print("table bytes", &Figures::bytes);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    if (std::size_t const edges = benchmark::option(argc, argv, "--edges", 0)) {
        run(std::to_string(edges), everyday(edges), 1);
        return 0;
    }
    run("100000", everyday(100'000), 5);
    run("1000000", everyday(1'000'000), 3);
    run("hub of 100000", hub(100'000), 3);
}
