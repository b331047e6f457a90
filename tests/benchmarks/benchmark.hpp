// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

// The little that the benchmarks share. Only ratios within one run mean anything: the machine is shared, and
// drifts.
namespace benchmark {

/// One of several ways to do the same work. `run` includes the destruction of what it made.
struct Contender {
    std::string name;
    std::function<std::uint64_t()> run;
};

inline std::uint64_t volatile swallowed; // what is computed must seem to be used

/// Seconds of processor time since construction: what other programs take of the machine does not count.
class Stopwatch {
public:
    double seconds() const { return static_cast<double>(std::clock() - begin_) / CLOCKS_PER_SEC; }

private:
    std::clock_t begin_ = std::clock();
};

inline double seconds(Contender const& contender, std::size_t times) {
    Stopwatch const watch;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < times; ++i) sum += contender.run();
    swallowed = sum;
    return watch.seconds();
}

/// The median seconds of one run of each contender, who take turns, so that a slow moment of the machine hits
/// all.
inline std::vector<double> median_seconds(std::vector<Contender> const& contenders, std::size_t repetitions) {
    constexpr double sample = 0.005; // long against the clock's grain
    std::vector<std::size_t> times;
    for (Contender const& contender : contenders) {
        std::size_t enough = 1;
        seconds(contender, 1); // the first run pays for cold memory
        while (seconds(contender, enough) < sample) enough *= 2;
        times.push_back(enough);
    }
    std::vector<std::vector<double>> samples(contenders.size());
    for (std::size_t repetition = 0; repetition < repetitions; ++repetition)
        for (std::size_t turn = 0; turn < contenders.size(); ++turn) {
            std::size_t const i = (turn + repetition) % contenders.size();
            samples[i].push_back(seconds(contenders[i], times[i]) / static_cast<double>(times[i]));
        }
    std::vector<double> medians;
    for (std::vector<double>& sorted : samples) {
        std::sort(sorted.begin(), sorted.end());
        medians.push_back(sorted[sorted.size() / 2]);
    }
    return medians;
}

/// Prints one line for each contender: benchmark, size, contender, nanoseconds per item, and how many times
/// as fast as the first. The columns are separated by tabs, for run.py.
inline void compare(std::string_view benchmark, std::string_view size,
                    std::vector<Contender> const& contenders, std::size_t items, std::size_t repetitions) {
    std::vector<double> const medians = median_seconds(contenders, repetitions);
    for (std::size_t i = 0; i < contenders.size(); ++i)
        std::printf("%.*s\t%.*s\t%s\t%.2f\t%.2f\n", static_cast<int>(benchmark.size()), benchmark.data(),
                    static_cast<int>(size.size()), size.data(), contenders[i].name.c_str(),
                    medians[i] * 1e9 / static_cast<double>(items), medians[0] / medians[i]);
    std::fflush(stdout);
}

/// Ends the program if contenders who should do the same work do not: their times would be compared for
/// nothing.
inline void require(bool same, std::string_view what) {
    if (same) return;
    std::cerr << "not the same work: " << what << '\n';
    std::exit(1);
}

/// The number after `name` among the arguments, else `otherwise`.
inline std::size_t option(int argc, char** argv, std::string_view name, std::size_t otherwise) {
    for (int i = 1; i + 1 < argc; ++i)
        if (argv[i] == name) return std::strtoull(argv[i + 1], nullptr, 10);
    return otherwise;
}

inline bool flag(int argc, char** argv, std::string_view name) {
    return std::any_of(argv + 1, argv + argc, [&](char const* given) { return given == name; });
}

} // namespace benchmark
