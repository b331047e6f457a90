// SPDX-License-Identifier: BSL-1.0
// RecipientTracker beside the obvious map of sets: time of an update for each viewer that saw the subject
// before or sees it now, and bytes of a pair of a subject and a viewer. An update replaces a tenth of the
// viewers.
//   recipient_tracker [--pairs N]
#include "benchmark.hpp"
#include "counted_bytes.hpp"
#include "people.hpp"

#include <presence_router/presence_router.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using namespace presence_router;

/// The obvious tracker.
class MapOfSets {
public:
    RecipientChange<UserId> update(UserId const& subject, std::vector<UserId> const& viewers) {
        std::set<UserId> now(viewers.begin(), viewers.end());
        auto const [place, fresh] = told_.try_emplace(subject);
        std::set<UserId>& before = place->second;
        RecipientChange<UserId> change{.was_unknown = fresh};
        std::set_difference(now.begin(), now.end(), before.begin(), before.end(),
                            std::back_inserter(change.gained));
        std::set_difference(before.begin(), before.end(), now.begin(), now.end(),
                            std::back_inserter(change.lost));
        before = std::move(now);
        return change;
    }

private:
    std::unordered_map<UserId, std::set<UserId>> told_;
};

struct Work {
    std::vector<UserId> users;
    std::size_t subjects = 0;
    std::vector<std::vector<UserId>> before, after; // by subject
    std::size_t pairs = 0;
};

/// `subjects` of the users, each seen by `viewers` others at most.
Work work_of(std::size_t users, std::size_t subjects, std::size_t viewers) {
    Work work{people::crowd(users), subjects, {}, {}, 0};
    people::Dice dice{users};
    for (std::size_t subject = 0; subject < subjects; ++subject) {
        std::set<std::size_t> drawn;
        for (std::size_t i = 0; i < viewers; ++i) drawn.insert(dice(users));
        auto& before = work.before.emplace_back();
        for (std::size_t const viewer : drawn) before.push_back(work.users[viewer]);
        auto& after = work.after.emplace_back(before);
        for (UserId& viewer : after)
            if (dice(10) == 0) viewer = work.users[dice(users)];
        work.pairs += before.size();
    }
    return work;
}

struct Figures {
    double first, change, bytes;
};

template <class Tracker>
Figures measure(Work const& work) {
    auto const each = static_cast<double>(work.pairs);
    Figures figures{};
    std::uint64_t sum = 0;
    std::size_t const allocated = benchmark::allocated;
    Tracker tracker;
    {
        benchmark::Stopwatch const watch;
        for (std::size_t subject = 0; subject < work.subjects; ++subject)
            sum += tracker.update(work.users[subject], work.before[subject]).gained.size();
        figures.first = watch.seconds() * 1e9 / each;
    }
    benchmark::require(sum == work.pairs, "a viewer was not gained");
    figures.bytes = static_cast<double>(benchmark::allocated - allocated) / each;
    {
        benchmark::Stopwatch const watch;
        for (std::size_t subject = 0; subject < work.subjects; ++subject) {
            auto const change = tracker.update(work.users[subject], work.after[subject]);
            sum += change.gained.size() + change.lost.size();
        }
        figures.change = watch.seconds() * 1e9 / (2 * each);
    }
    benchmark::swallowed = sum;
    return figures;
}

Figures median(std::vector<Figures> all) {
    Figures result{};
    for (auto const member : {&Figures::first, &Figures::change, &Figures::bytes}) {
        std::sort(all.begin(), all.end(),
                  [&](Figures const& a, Figures const& b) { return a.*member < b.*member; });
        result.*member = all[all.size() / 2].*member;
    }
    return result;
}

void run(std::string const& size, Work const& work, std::size_t repetitions) {
    std::vector<Figures> obvious, tracker;
    for (std::size_t i = 0; i < repetitions; ++i) {
        obvious.push_back(measure<MapOfSets>(work));
        tracker.push_back(measure<RecipientTracker>(work));
    }
    auto const print = [&](char const* what, double Figures::* member) {
        double const peer = median(obvious).*member, ours = median(tracker).*member;
        std::printf("%s\t%s\tobvious C++\t%.2f\t1.00\n%s\t%s\tRecipientTracker\t%.2f\t%.2f\n", what,
                    size.c_str(), peer, what, size.c_str(), ours, peer / ours);
    };
    print("tracker first", &Figures::first);
    print("tracker change", &Figures::change);
    print("tracker bytes", &Figures::bytes);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    if (std::size_t const pairs = benchmark::option(argc, argv, "--pairs", 0)) {
        run(std::to_string(pairs), work_of(pairs / 10 + 1, pairs / 10 + 1, 10), 1);
        return 0;
    }
    run("10000 of 10", work_of(10'000, 10'000, 10), 5);
    run("100000 of 10", work_of(100'000, 100'000, 10), 3);
    run("10000 of 100", work_of(10'000, 10'000, 100), 3);
    run("10 of 100000", work_of(100'000, 10, 100'000), 3);
}
